package runner

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// guardUnary makes a panic of a plain unary call INTERNAL with its text, where grpc-go would end
// the process. The handler has a goroutine of its own, because a runtime.Goexit in grpc-go's would
// leave the call without an answer for ever.
func guardUnary(
	ctx context.Context, request any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler,
) (any, error) {
	type result struct {
		reply any
		err   error
	}
	done := make(chan result, 1)
	go func() {
		outcome := result{err: status.Error(codes.Internal, "panic: runtime.Goexit called by the handler")}
		defer func() {
			if value := recover(); value != nil {
				outcome.err = status.Errorf(codes.Internal, "panic: %v", value)
			}
			done <- outcome
		}()
		reply, err := handler(ctx, request)
		outcome = result{reply, err}
	}()
	outcome := <-done
	return outcome.reply, outcome.err
}

package runner

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// guardUnary answers a unary call whose handler panics with INTERNAL and the text of the panic;
// grpc-go would end the process. The handler runs on a goroutine of its own, because a
// runtime.Goexit on the one of grpc-go would leave the call without an answer.
func guardUnary(
	ctx context.Context, request any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler,
) (any, error) {
	type result struct {
		reply any
		err   error
	}
	done := make(chan result, 1)
	go func() {
		outcome := result{err: status.Error(codes.Internal, "panic: the handler called runtime.Goexit")}
		defer func() {
			if v := recover(); v != nil {
				outcome.err = status.Errorf(codes.Internal, "panic: %v", v)
			}
			done <- outcome
		}()
		reply, err := handler(ctx, request)
		outcome = result{reply, err}
	}()
	outcome := <-done
	return outcome.reply, outcome.err
}

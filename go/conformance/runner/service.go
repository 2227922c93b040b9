package runner

import (
	"context"
	"errors"
	"io"
	"maps"
	"runtime"
	"slices"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

// protocolVersion is the version of the protocol that this SDK speaks.
const protocolVersion = 1

// service is what the coordinator asks of a runner beside the subjects themselves.
type service struct {
	conformancev1.UnimplementedRunnerServiceServer
	runner *Runner
	stop   chan struct{}
	once   sync.Once
}

func newService(r *Runner) *service {
	return &service{runner: r, stop: make(chan struct{})}
}

// end begins the graceful end of the runner; further calls do nothing.
func (s *service) end() {
	s.once.Do(func() { close(s.stop) })
}

// Describe says what the runner is and serves.
func (s *service) Describe(
	context.Context, *conformancev1.DescribeRequest,
) (*conformancev1.DescribeResponse, error) {
	return &conformancev1.DescribeResponse{
		ProtocolVersions: []uint32{protocolVersion},
		Name:             s.runner.name,
		Version:          s.runner.version,
		Language:         "go",
		Runtime:          runtime.Version(),
		SdkVersion:       Version,
		Methods:          slices.Sorted(maps.Keys(s.runner.methods)),
		Limits:           &conformancev1.Limits{},
	}, nil
}

// Shutdown ends the runner; the graceful stop lets this very answer out.
func (s *service) Shutdown(
	context.Context, *conformancev1.ShutdownRequest,
) (*conformancev1.ShutdownResponse, error) {
	s.end()
	return &conformancev1.ShutdownResponse{}, nil
}

// Execute answers batches one after the other, reading one ahead, until the client half-closes.
func (s *service) Execute(
	stream grpc.BidiStreamingServer[conformancev1.ExecuteRequest, conformancev1.ExecuteResponse],
) error {
	requests := receive(stream)
	// Handlers see a call of their own, not the metadata of this stream.
	ctx := metadata.NewIncomingContext(stream.Context(), metadata.MD{})
	for {
		select {
		case <-s.stop:
			return status.Error(codes.Unavailable, "the runner is ending")
		case next := <-requests:
			if errors.Is(next.err, io.EOF) {
				return nil
			}
			if next.err != nil {
				return next.err
			}
			calls := next.request.GetCalls()
			if err := newBatch(s.runner.methods).responses(ctx, calls, stream.Send); err != nil {
				return err
			}
		}
	}
}

// received is the next request of a stream, or the end of it.
type received struct {
	request *conformancev1.ExecuteRequest
	err     error
}

// receive reads on a goroutine, because nothing else can wait for a request and for the end of the
// runner at one time. It ends with the stream's context, which ends when Execute returns.
func receive(
	stream grpc.BidiStreamingServer[conformancev1.ExecuteRequest, conformancev1.ExecuteResponse],
) <-chan received {
	requests := make(chan received)
	go func() {
		for {
			request, err := stream.Recv()
			select {
			case requests <- received{request, err}:
			case <-stream.Context().Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return requests
}

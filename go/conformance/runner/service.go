package runner

import (
	"context"
	"crypto/rand"
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

// instanceIDBytes is the length of the random id of a started runner.
const instanceIDBytes = 16

// service implements RunnerService, the service that the coordinator controls a runner with.
type service struct {
	conformancev1.UnimplementedRunnerServiceServer
	runner     *Runner
	instanceID []byte
	stop       chan struct{}
	once       sync.Once
}

func newService(r *Runner) *service {
	id := make([]byte, instanceIDBytes)
	rand.Read(id)
	return &service{runner: r, instanceID: id, stop: make(chan struct{})}
}

// end starts the graceful end of the runner. Further calls do nothing.
func (s *service) end() {
	s.once.Do(func() { close(s.stop) })
}

// Describe returns the name, the versions and the methods of the runner.
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
		InstanceId:       s.instanceID,
	}, nil
}

// Shutdown ends the runner. The graceful stop waits until this answer is sent.
func (s *service) Shutdown(
	context.Context, *conformancev1.ShutdownRequest,
) (*conformancev1.ShutdownResponse, error) {
	s.end()
	return &conformancev1.ShutdownResponse{}, nil
}

// Execute runs batches one after the other until the client half-closes the stream. It reads one
// batch ahead.
func (s *service) Execute(
	stream grpc.BidiStreamingServer[conformancev1.ExecuteRequest, conformancev1.ExecuteResponse],
) error {
	requests := receive(stream)
	// Handlers must not see the metadata of this stream.
	ctx := metadata.NewIncomingContext(stream.Context(), metadata.MD{})
	for {
		select {
		case <-s.stop:
			return status.Error(codes.Unavailable, "the runner is shutting down")
		case next := <-requests:
			if errors.Is(next.err, io.EOF) {
				return nil
			}
			if next.err != nil {
				return next.err
			}
			calls := next.request.GetCalls()
			if err := newBatch(s.runner.methods).execute(ctx, calls, stream.Send); err != nil {
				return err
			}
		}
	}
}

// received is the result of a Recv: a request or the error that ends the stream.
type received struct {
	request *conformancev1.ExecuteRequest
	err     error
}

// receive reads the requests of the stream on a goroutine, so that Execute can wait for a request
// and for the end of the runner at the same time. The goroutine ends with the context of the
// stream, which ends when Execute returns.
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

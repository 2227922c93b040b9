package main

import (
	"context"
	"time"

	"google.golang.org/protobuf/proto"

	pb "bench.acme.dev/go/generated/acme/bench/v1"
)

// server serves the work of the benchmark.
type server struct {
	pb.UnimplementedBenchServiceServer
}

// Work does the work of one request.
func (server) Work(_ context.Context, request *pb.WorkRequest) (*pb.WorkResponse, error) {
	return work(request), nil
}

// answer does the work on a serialized request. All baselines share this minimal work.
func answer(data []byte) ([]byte, error) {
	request := &pb.WorkRequest{}
	if err := proto.Unmarshal(data, request); err != nil {
		return nil, err
	}
	return proto.Marshal(work(request))
}

// work spins as long as requested and sums the bytes of the payload.
func work(request *pb.WorkRequest) *pb.WorkResponse {
	if request.SpinNanos > 0 {
		spin(time.Duration(request.SpinNanos))
	}
	var sum uint64
	for _, b := range request.Payload {
		sum += uint64(b)
	}
	return &pb.WorkResponse{Name: request.Name + "!", Number: request.Number + 1, Sum: sum}
}

func spin(duration time.Duration) {
	for started := time.Now(); time.Since(started) < duration; {
	}
}

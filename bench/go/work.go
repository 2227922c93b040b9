package main

import (
	"context"
	"time"

	"google.golang.org/protobuf/proto"

	pb "bench.acme.dev/go/generated/acme/bench/v1"
)

// server is the subject as a service.
type server struct {
	pb.UnimplementedBenchServiceServer
}

func (server) Work(_ context.Context, request *pb.WorkRequest) (*pb.WorkResponse, error) {
	return work(request), nil
}

// answer is the subject as a function of bytes: what every arrangement has to do at least.
func answer(data []byte) ([]byte, error) {
	request := &pb.WorkRequest{}
	if err := proto.Unmarshal(data, request); err != nil {
		return nil, err
	}
	return proto.Marshal(work(request))
}

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

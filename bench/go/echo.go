package main

import (
	"errors"
	"io"
	"net"

	"google.golang.org/grpc"

	pb "bench.acme.dev/go/generated/acme/bench/v1"
)

// messageBytes is the largest message, as in the runner SDK.
const messageBytes = 64 << 20

// echo sends batches back unchanged. It measures the transport alone.
type echo struct {
	pb.UnimplementedEchoServiceServer
}

// Echo sends each batch back until the client half-closes the stream.
func (echo) Echo(stream grpc.BidiStreamingServer[pb.EchoRequest, pb.EchoResponse]) error {
	for {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&pb.EchoResponse{Batch: request.Batch}); err != nil {
			return err
		}
	}
}

// serveEcho serves on a Unix socket until the process is killed.
func serveEcho(socket string) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(messageBytes), grpc.MaxSendMsgSize(messageBytes))
	pb.RegisterEchoServiceServer(server, echo{})
	return server.Serve(listener)
}

package runner_test

import (
	"context"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/conformance/runner"
)

// diffServer is an ordinary server of grpc-go.
type diffServer struct {
	kitv1.UnimplementedDiffServiceServer
}

func (diffServer) DiffLines(context.Context, *kitv1.DiffLinesRequest) (*kitv1.DiffLinesResponse, error) {
	return &kitv1.DiffLinesResponse{}, nil
}

// The main function of a runner registers its services and calls Main.
func Example() {
	r := runner.New("go", "1.4.0")
	kitv1.RegisterDiffServiceServer(r, diffServer{})
	r.Main()
}

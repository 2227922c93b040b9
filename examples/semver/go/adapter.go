// Command go serves the Go module github.com/Masterminds/semver.
package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/Masterminds/semver/v3"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	pb "semver.acme.dev/go/generated/acme/semver/v1"
	"testingkit.dev/go/conformance/runner"
)

func read(text string) (*semver.Version, error) {
	version, err := semver.StrictNewVersion(text)
	if err != nil {
		err = status.Error(codes.InvalidArgument, err.Error())
	}
	return version, err
}

type server struct {
	pb.UnimplementedSemverServiceServer
}

func (server) Parse(_ context.Context, request *pb.ParseRequest) (*pb.ParseResponse, error) {
	v, err := read(request.Version)
	if err != nil {
		return nil, err
	}
	return &pb.ParseResponse{Major: fmt.Sprint(v.Major()), Minor: fmt.Sprint(v.Minor()),
		Patch: fmt.Sprint(v.Patch()), Prerelease: v.Prerelease(), Build: v.Metadata()}, nil
}

func (server) Compare(_ context.Context, request *pb.CompareRequest) (*pb.CompareResponse, error) {
	left, leftErr := read(request.Left)
	right, rightErr := read(request.Right)
	if err := cmp.Or(leftErr, rightErr); err != nil {
		return nil, err
	}
	return &pb.CompareResponse{Ordering: pb.Ordering(left.Compare(right) + 2)}, nil
}

var library = "v3.5.0" // The linker sets it: -X main.library=VERSION.
func main() {
	r := runner.New("go", library)
	pb.RegisterSemverServiceServer(r, server{})
	r.Main()
}

// Command go is a runner of the subject of the end-to-end tests: greeter.py and the most common faults
// of faulty.py, by the same names. It starts in a tenth of their time, and the tests start thousands of
// runners. Tests of the Python SDK use the scripts.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"testingkit.dev/go/conformance/runner"

	pb "greet.acme.dev/go/generated"
)

const (
	statusOfUsage = 2
	statusOfDeath = 3
	statusOfStart = 9
)

// greeter gives the answers that the cases expect, unless a fault answers the call.
type greeter struct {
	pb.UnimplementedGreetServiceServer
	fault func() (*pb.GreetResponse, error)
}

func (g greeter) Greet(_ context.Context, request *pb.GreetRequest) (*pb.GreetResponse, error) {
	if request.GetName() == "trigger" && g.fault != nil {
		return g.fault()
	}
	if request.GetName() == "" {
		return nil, status.Error(codes.InvalidArgument, "the name is empty")
	}
	return greeting("Hello, " + request.GetName()), nil
}

func (greeter) Divide(_ context.Context, request *pb.DivideRequest) (*pb.DivideResponse, error) {
	if request.GetDivisor() == 0 {
		return nil, status.Error(codes.InvalidArgument, "division by zero")
	}
	return &pb.DivideResponse{
		Quotient:  request.GetDividend() / request.GetDivisor(),
		Remainder: request.GetDividend() % request.GetDivisor(),
	}, nil
}

func greeting(text string) *pb.GreetResponse {
	return &pb.GreetResponse{Text: text, Length: uint32(len([]rune(text)))}
}

func answerWrong() (*pb.GreetResponse, error) {
	return greeting("Hello, Trigger"), nil
}

func die() (*pb.GreetResponse, error) {
	fmt.Fprintln(os.Stderr, "no way out")
	os.Exit(statusOfDeath)
	return nil, nil
}

func hang() (*pb.GreetResponse, error) {
	select {}
}

// faults are what a runner does when it is asked to greet `trigger`; nil to greet correctly.
var faults = map[string]func() (*pb.GreetResponse, error){
	"":               nil,
	"claims_nothing": nil,
	"answers_wrong":  answerWrong,
	"dies_midway":    die,
	"never_answers":  hang,
}

func main() {
	fault := strings.Join(os.Args[1:], " ")
	if fault == "dies_at_start" {
		fmt.Fprintln(os.Stderr, "the library is not installed")
		os.Exit(statusOfStart)
	}
	answer, ok := faults[fault]
	if !ok {
		fmt.Fprintln(os.Stderr, "no such fault:", fault)
		os.Exit(statusOfUsage)
	}
	r := runner.New("greeter", "1.0.0")
	if fault != "claims_nothing" {
		pb.RegisterGreetServiceServer(r, greeter{fault: answer})
	}
	r.Main()
}

// Command go is the Go runner of the benchmark. With arguments it is a baseline: it does the same
// work without the SDK.
package main

import (
	"errors"
	"fmt"
	"os"

	pb "bench.acme.dev/go/generated/acme/bench/v1"
	"testingkit.dev/go/conformance/runner"
)

var errUsage = errors.New("usage: testingkit-bench-go [loop FILE | pipe | echo SOCKET]")

func main() {
	if len(os.Args) == 1 {
		r := runner.New("go", "0.1.0")
		pb.RegisterBenchServiceServer(r, server{})
		r.Main()
	}
	if err := runBaseline(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// runBaseline runs the baseline with the name.
func runBaseline(name string, arguments []string) error {
	switch {
	case name == "loop" && len(arguments) == 1:
		return answerFile(arguments[0])
	case name == "pipe" && len(arguments) == 0:
		return answerPipe(os.Stdin, os.Stdout)
	case name == "echo" && len(arguments) == 1:
		return serveEcho(arguments[0])
	}
	return errUsage
}

// Package runner is the Go runner SDK: it serves implementations of subjects to the coordinator.
//
// An implementation is the server that everybody already writes for grpc-go, and a [Runner] is the
// [grpc.ServiceRegistrar] that it is registered with:
//
//	r := runner.New("go", version)
//	slugv1.RegisterSlugServiceServer(r, slugServer{})
//	r.Main()
//
// The rules of the protocol are in proto/testingkit/conformance/v1/runner.proto.
package runner

import (
	"errors"
	"fmt"
	"os"
	"reflect"

	"google.golang.org/grpc"
)

// Runner collects services and serves them. Only unary methods are declared to the coordinator;
// streaming ones are served as by any gRPC server.
type Runner struct {
	name     string
	version  string
	services []registered
	methods  map[string]*method
	problems []error
}

// registered is one service as generated code hands it over.
type registered struct {
	desc *grpc.ServiceDesc
	impl any
}

var _ grpc.ServiceRegistrar = (*Runner)(nil)

// New returns a runner without services. The name is the implementation's, such as "go".
func New(name, version string) *Runner {
	return &Runner{name: name, version: version, methods: map[string]*method{}}
}

// RegisterService is called by generated code. What is wrong with a registration is said by Serve.
func (r *Runner) RegisterService(desc *grpc.ServiceDesc, impl any) {
	if err := r.check(desc, impl); err != nil {
		r.problems = append(r.problems, err)
		return
	}
	r.services = append(r.services, registered{desc, impl})
	for i := range desc.Methods {
		name := desc.ServiceName + "/" + desc.Methods[i].MethodName
		r.methods[name] = &method{path: "/" + name, impl: impl, handler: desc.Methods[i].Handler}
	}
}

// Main serves and ends the process: with status 0 after a graceful end, with 2 where the
// environment names no usable address, with 1 after any other error, which it prints in one line.
func (r *Runner) Main() {
	err := r.Serve()
	if err == nil {
		os.Exit(0)
	}
	fmt.Fprintf(os.Stderr, "testingkit runner %s: %v\n", r.name, err)
	if errors.Is(err, ErrAddress) {
		os.Exit(2)
	}
	os.Exit(1)
}

// check refuses what grpc-go would end the process for.
func (r *Runner) check(desc *grpc.ServiceDesc, impl any) error {
	for _, known := range r.services {
		if known.desc.ServiceName == desc.ServiceName {
			return fmt.Errorf("service %s is registered twice", desc.ServiceName)
		}
	}
	if impl == nil || desc.HandlerType == nil {
		return nil
	}
	wanted := reflect.TypeOf(desc.HandlerType).Elem()
	if given := reflect.TypeOf(impl); !given.Implements(wanted) {
		return fmt.Errorf("service %s: %v does not implement %v", desc.ServiceName, given, wanted)
	}
	return nil
}

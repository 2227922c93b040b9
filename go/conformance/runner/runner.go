// Package runner is the Go runner SDK. It serves implementations of the tested services to the
// coordinator.
//
// An implementation is an ordinary server of grpc-go. A [Runner] is the [grpc.ServiceRegistrar]
// that it is registered with:
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

// Runner collects services and serves them. It declares only unary methods to the coordinator, and
// serves streaming ones as any gRPC server does. [New] returns one.
type Runner struct {
	name     string
	version  string
	services []registered
	methods  map[string]*method
	problems []error
}

// registered is one service with its implementation.
type registered struct {
	desc *grpc.ServiceDesc
	impl any
}

var _ grpc.ServiceRegistrar = (*Runner)(nil)

// New returns a runner without services. The name and the version are those of the implementation,
// such as "go" and "1.4.0".
func New(name, version string) *Runner {
	return &Runner{name: name, version: version, methods: map[string]*method{}}
}

// RegisterService registers a service; generated code calls it. An invalid registration is an error
// of [Runner.Serve].
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

// Main calls [Runner.Serve] and exits: with status 0 after a graceful end, 2 for an [ErrAddress]
// and 1 for any other error. It prints the error on one line.
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

// check refuses a registration for which grpc-go would end the process.
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

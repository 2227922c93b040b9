package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

const (
	// stopAfter is the longest time that a graceful end waits for running calls.
	stopAfter = 2 * time.Second

	// stackBytes is the largest stack of a goroutine. It ends an endless recursion within a second;
	// the default of Go is 1 GB.
	stackBytes = 64 << 20
)

// Serve serves on the address in the environment variable TESTINGKIT_RUNNER_ADDRESS or, without
// one, on a free port of the loopback device, which it prints. A Shutdown, the end of the lease,
// SIGTERM and SIGINT end it gracefully, and it returns nil. Its error wraps [ErrAddress] if the
// runner cannot use the address.
func (r *Runner) Serve() error {
	return r.ServeContext(context.Background())
}

// ServeContext serves like [Runner.Serve]. The end of the context ends it gracefully too.
func (r *Runner) ServeContext(ctx context.Context) error {
	if err := errors.Join(r.problems...); err != nil {
		return err
	}
	addr, err := addressFromEnvironment()
	if err != nil {
		return err
	}
	listener, err := addr.listen()
	if err != nil {
		return err
	}
	if addr.byHand {
		fmt.Printf("testingkit runner %s listens on %s\n", r.name, listener.Addr())
	}
	ctx, cancel := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer cancel()
	if !addr.byHand && leaseIsStdin() {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin) // An error ends the lease too.
			cancel()
		}()
	}
	debug.SetMaxStack(stackBytes)
	return r.serve(ctx, listener)
}

// serve serves on the listener until the end of the context or a Shutdown.
func (r *Runner) serve(ctx context.Context, listener net.Listener) error {
	runnerService := newService(r)
	server := r.server(runnerService)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed: // The server ended without a stop.
		runnerService.end()
		return fmt.Errorf("the server on %s stopped: %w", listener.Addr(), err)
	case <-ctx.Done():
		runnerService.end()
	case <-runnerService.stop:
	}
	stop(server)
	return nil
}

// stop stops a server gracefully, and forcibly after stopAfter. It does not wait for the forced
// stop, because grpc-go waits for the handlers, and one that never returns would keep the process
// running.
func stop(server *grpc.Server) {
	graceful := make(chan struct{})
	go func() {
		server.GracefulStop()
		close(graceful)
	}()
	select {
	case <-graceful:
	case <-time.After(stopAfter):
		go server.Stop()
	}
}

// server returns the gRPC server with the registered services, the runner service, health and
// reflection.
func (r *Runner) server(runnerService *service) *grpc.Server {
	server := grpc.NewServer(
		grpc.MaxRecvMsgSize(messageBytes),
		grpc.MaxSendMsgSize(messageBytes),
		grpc.UnaryInterceptor(guardUnary),
	)
	for _, s := range r.services {
		server.RegisterService(s.desc, s.impl)
	}
	conformancev1.RegisterRunnerServiceServer(server, runnerService)
	healthServer := health.NewServer()
	healthv1.RegisterHealthServer(server, healthServer)
	for name := range server.GetServiceInfo() {
		healthServer.SetServingStatus(name, healthv1.HealthCheckResponse_SERVING)
	}
	reflection.Register(server)
	return server
}

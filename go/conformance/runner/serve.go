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
	// stopAfter is how long a graceful end waits for what is still running.
	stopAfter = 2 * time.Second

	// stackBytes ends an endless recursion within a second; Go's own limit is 1 GB.
	stackBytes = 64 << 20
)

// Serve serves where the environment says until a Shutdown, the end of the lease, SIGTERM or
// SIGINT, and returns nil after a graceful end.
func (r *Runner) Serve() error {
	return r.ServeContext(context.Background())
}

// ServeContext is Serve, which the end of the context ends gracefully as well.
func (r *Runner) ServeContext(ctx context.Context) error {
	if err := errors.Join(r.problems...); err != nil {
		return err
	}
	where, err := addressFromEnvironment()
	if err != nil {
		return err
	}
	listener, err := where.listen()
	if err != nil {
		return err
	}
	if where.byHand {
		fmt.Printf("testingkit runner %s listens on %s\n", r.name, listener.Addr())
	}
	ctx, cancel := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer cancel()
	if !where.byHand && leaseIsStdin() {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin) // Whatever ends it, the lease is over.
			cancel()
		}()
	}
	debug.SetMaxStack(stackBytes)
	return r.serve(ctx, listener)
}

// serve serves on the listener until the context ends or a Shutdown comes.
func (r *Runner) serve(ctx context.Context, listener net.Listener) error {
	runnerService := newService(r)
	server := r.server(runnerService)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed: // Nobody has stopped it yet.
		runnerService.end()
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
		runnerService.end()
	case <-runnerService.stop:
	}
	stop(server)
	return nil
}

// stop ends a server gracefully, and after stopAfter at once. It does not wait for the latter:
// grpc-go waits for handlers, with its lock held, and one that never returns would keep the process.
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

// server is the gRPC server with the subjects, the runner service, health and reflection.
func (r *Runner) server(runnerService *service) *grpc.Server {
	server := grpc.NewServer(
		grpc.MaxRecvMsgSize(messageBytes),
		grpc.MaxSendMsgSize(messageBytes),
		grpc.UnaryInterceptor(guardUnary),
	)
	for _, subject := range r.services {
		server.RegisterService(subject.desc, subject.impl)
	}
	conformancev1.RegisterRunnerServiceServer(server, runnerService)
	healthy := health.NewServer()
	healthv1.RegisterHealthServer(server, healthy)
	for name := range server.GetServiceInfo() {
		healthy.SetServingStatus(name, healthv1.HealthCheckResponse_SERVING)
	}
	reflection.Register(server)
	return server
}

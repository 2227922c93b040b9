package runner

import (
	"context"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

const (
	// messageBytes is the largest message either side takes; gRPC's own 4 MiB is one large batch.
	messageBytes = 64 << 20

	// responseBytes is the largest answer to one call: it leaves room for the envelope.
	responseBytes = messageBytes - 64<<10

	// batchBytes is where an ExecuteResponse is closed and the next one begun.
	batchBytes = 4 << 20

	// flushEvery is how long a finished call may wait for the rest of its batch: a call that hangs
	// or kills the process must not take the answers before it along.
	flushEvery = 20 * time.Millisecond
)

// batch is one ExecuteRequest while it runs.
type batch struct {
	methods map[string]*method
	done    chan struct{}

	mu    sync.Mutex
	ready []*conformancev1.Observation
}

func newBatch(methods map[string]*method) *batch {
	return &batch{methods: methods, done: make(chan struct{})}
}

// run runs the calls one after the other and closes done. When the context ends, the calls not yet
// begun are given up.
func (b *batch) run(ctx context.Context, calls []*conformancev1.Call) {
	next := 0
	defer func() {
		if next < len(calls) { // A runtime.Goexit ends this goroutine: the rest runs on another.
			go b.run(ctx, calls[next:])
			return
		}
		close(b.done)
	}()
	for next < len(calls) {
		if ctx.Err() != nil {
			next = len(calls)
			return
		}
		call := calls[next]
		next++
		b.runOne(ctx, call)
	}
}

func (b *batch) runOne(ctx context.Context, call *conformancev1.Call) {
	seen := &conformancev1.Observation{CallId: call.GetId()}
	started := time.Now()
	defer func() { // Deferred, because a runtime.Goexit passes here as well.
		seen.ElapsedNanos = uint64(max(time.Since(started), 0))
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ready = append(b.ready, seen)
	}()
	observe(ctx, b.methods[call.GetMethod()], call, started, seen)
}

// responses runs the calls and hands over answers as they come.
func (b *batch) responses(
	ctx context.Context,
	calls []*conformancev1.Call,
	send func(*conformancev1.ExecuteResponse) error,
) error {
	go b.run(ctx, calls)
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for running := true; running; {
		select {
		case <-b.done:
			running = false
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		for _, response := range split(b.take()) {
			if err := send(response); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batch) take() []*conformancev1.Observation {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.ready
	b.ready = nil
	return taken
}

// split makes messages of bounded size.
func split(observed []*conformancev1.Observation) []*conformancev1.ExecuteResponse {
	var responses []*conformancev1.ExecuteResponse
	start, size := 0, 0
	for i, seen := range observed {
		bytes := proto.Size(seen)
		if i > start && size+bytes > batchBytes {
			responses = append(responses, &conformancev1.ExecuteResponse{Observations: observed[start:i]})
			start, size = i, 0
		}
		size += bytes
	}
	if start < len(observed) {
		responses = append(responses, &conformancev1.ExecuteResponse{Observations: observed[start:]})
	}
	return responses
}

package runner

import (
	"context"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

const (
	// messageBytes is the largest message that either side accepts. A large batch reaches the 4 MiB
	// that gRPC allows by default.
	messageBytes = 64 << 20

	// responseBytes is the largest response of one call. It leaves room for the message around it.
	responseBytes = messageBytes - 64<<10

	// batchBytes is the size above which the next observation goes into another ExecuteResponse.
	batchBytes = 4 << 20

	// flushEvery is the longest time that a finished call waits for the rest of its batch. The
	// answers before a call that hangs or kills the process must not be lost with it.
	flushEvery = 20 * time.Millisecond
)

// batch runs the calls of one ExecuteRequest.
type batch struct {
	methods map[string]*method
	done    chan struct{}

	mu    sync.Mutex
	ready []*conformancev1.Observation
}

func newBatch(methods map[string]*method) *batch {
	return &batch{methods: methods, done: make(chan struct{})}
}

// run runs the calls one after the other and closes done. After the end of the context it starts no
// further call.
func (b *batch) run(ctx context.Context, calls []*conformancev1.Call) {
	next := 0
	defer func() {
		if next < len(calls) {
			// A handler called runtime.Goexit, which ends this goroutine. The rest runs on another
			// one.
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

// runOne runs one call and adds its observation to those that are ready.
func (b *batch) runOne(ctx context.Context, call *conformancev1.Call) {
	observation := &conformancev1.Observation{CallId: call.GetId()}
	started := time.Now()
	defer func() { // Deferred, so that it runs after a runtime.Goexit too.
		observation.ElapsedNanos = uint64(max(time.Since(started), 0))
		withinLimits(observation)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ready = append(b.ready, observation)
	}()
	observe(ctx, b.methods[call.GetMethod()], call, started, observation)
}

// execute runs the calls and sends their observations while it does.
func (b *batch) execute(
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

// take returns the observations that are ready and were not taken before.
func (b *batch) take() []*conformancev1.Observation {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.ready
	b.ready = nil
	return taken
}

// split distributes observations over responses of at most batchBytes. A larger observation has a
// response of its own.
func split(observations []*conformancev1.Observation) []*conformancev1.ExecuteResponse {
	var responses []*conformancev1.ExecuteResponse
	start, total := 0, 0
	for i, observation := range observations {
		size := proto.Size(observation)
		if i > start && total+size > batchBytes {
			responses = append(responses, &conformancev1.ExecuteResponse{Observations: observations[start:i]})
			start, total = i, 0
		}
		total += size
	}
	if start < len(observations) {
		responses = append(responses, &conformancev1.ExecuteResponse{Observations: observations[start:]})
	}
	return responses
}

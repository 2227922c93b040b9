package runner

import (
	"context"
	"sync"
	"time"
)

// deadlineContext is what context.WithDeadline makes, with a timer only for those who wait for it.
// Every call has a deadline, few handlers ask for Done, and a timer costs more than the rest of a call.
type deadlineContext struct {
	context.Context
	deadline time.Time

	mu      sync.Mutex
	ended   bool
	waiting context.Context // what context.WithDeadline made, once somebody waits
	cancel  context.CancelFunc
}

func withDeadline(parent context.Context, deadline time.Time) *deadlineContext {
	return &deadlineContext{Context: parent, deadline: deadline}
}

// end is the context.CancelFunc.
func (c *deadlineContext) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	if c.cancel != nil {
		c.cancel()
	}
}

func (c *deadlineContext) Deadline() (time.Time, bool) {
	if earlier, ok := c.Context.Deadline(); ok && earlier.Before(c.deadline) {
		return earlier, true
	}
	return c.deadline, true
}

func (c *deadlineContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting == nil {
		c.waiting, c.cancel = context.WithDeadline(c.Context, c.deadline)
		if c.ended {
			c.cancel()
		}
	}
	return c.waiting.Done()
}

func (c *deadlineContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.waiting != nil:
		return c.waiting.Err()
	case c.Context.Err() != nil:
		return c.Context.Err()
	case !time.Now().Before(c.deadline):
		return context.DeadlineExceeded
	case c.ended:
		return context.Canceled
	}
	return nil
}

// Value has to be that of the context with the timer: by it package context finds out which to tell
// of children.
func (c *deadlineContext) Value(key any) any {
	c.mu.Lock()
	inner := c.waiting
	c.mu.Unlock()
	if inner == nil {
		inner = c.Context
	}
	return inner.Value(key)
}

package runner

import (
	"context"
	"sync"
	"time"
)

// deadlineContext is a context with a deadline that starts a timer only when Done is called. Every
// call has a deadline, few handlers call Done, and a timer costs more than the rest of a call.
type deadlineContext struct {
	context.Context
	deadline time.Time

	mu      sync.Mutex
	ended   bool
	waiting context.Context    // The context with the timer; nil until Done is called.
	cancel  context.CancelFunc // Cancels waiting.
}

func withDeadline(parent context.Context, deadline time.Time) *deadlineContext {
	return &deadlineContext{Context: parent, deadline: deadline}
}

// end cancels the context. It has the role of a context.CancelFunc.
func (c *deadlineContext) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	if c.cancel != nil {
		c.cancel()
	}
}

// Deadline returns the earlier one of its own deadline and that of the parent.
func (c *deadlineContext) Deadline() (time.Time, bool) {
	if earlier, ok := c.Context.Deadline(); ok && earlier.Before(c.deadline) {
		return earlier, true
	}
	return c.deadline, true
}

// Done starts the timer when it is called first.
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

// Err works with and without the timer.
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

// Value asks the context with the timer, if there is one: package context uses Value to find the
// context that has to cancel the children.
func (c *deadlineContext) Value(key any) any {
	c.mu.Lock()
	inner := c.waiting
	c.mu.Unlock()
	if inner == nil {
		inner = c.Context
	}
	return inner.Value(key)
}

package runner

import (
	"context"
	"errors"
	"testing"
	"time"
)

// key is the key of a context value.
type key struct{}

func TestDeadlineContextReportsTheSameWithAndWithoutATimer(t *testing.T) {
	past, future := time.Now().Add(-time.Second), time.Now().Add(time.Hour)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := map[string]struct {
		parent   context.Context
		deadline time.Time
		ended    bool
		want     error
	}{
		"is running":              {context.Background(), future, false, nil},
		"has passed its deadline": {context.Background(), past, false, context.DeadlineExceeded},
		"was ended":               {context.Background(), future, true, context.Canceled},
		"has a parent that ended": {canceled, future, false, context.Canceled},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ctx := withDeadline(context.WithValue(test.parent, key{}, "value"), test.deadline)
			defer ctx.end()
			if test.ended {
				ctx.end()
			}
			for _, when := range []string{"before", "after"} {
				if err := ctx.Err(); !errors.Is(err, test.want) {
					t.Errorf("%s Done: Err() = %v, want %v", when, err, test.want)
				}
				if got := ctx.Value(key{}); got != "value" {
					t.Errorf("%s Done: Value() = %v", when, got)
				}
				select {
				case <-ctx.Done():
					if test.want == nil {
						t.Errorf("%s: Done is closed", when)
					}
				default:
					if test.want != nil {
						t.Errorf("%s: Done is open", when)
					}
				}
			}
		})
	}
}

func TestDeadlineContextHasTheEarlierDeadline(t *testing.T) {
	soon, late := time.Now().Add(time.Hour), time.Now().Add(2*time.Hour)
	parent, cancel := context.WithDeadline(context.Background(), soon)
	defer cancel()
	for _, deadline := range []time.Time{soon, late} {
		ctx := withDeadline(parent, deadline)
		if got, ok := ctx.Deadline(); !ok || !got.Equal(soon) {
			t.Errorf("Deadline() = %v, %v, want %v", got, ok, soon)
		}
	}
}

func TestDeadlineContextEndsItsChildren(t *testing.T) {
	ends := map[string]func(*deadlineContext, context.CancelFunc) error{
		"at the deadline": func(*deadlineContext, context.CancelFunc) error { return context.DeadlineExceeded },
		"by end": func(ctx *deadlineContext, _ context.CancelFunc) error {
			ctx.end()
			return context.Canceled
		},
		"with the parent": func(_ *deadlineContext, cancel context.CancelFunc) error {
			cancel()
			return context.Canceled
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			deadline := time.Now().Add(time.Hour)
			if name == "at the deadline" {
				deadline = time.Now().Add(time.Millisecond)
			}
			parent, cancelParent := context.WithCancel(context.Background())
			defer cancelParent()
			ctx := withDeadline(parent, deadline)
			defer ctx.end()
			child, cancel := context.WithCancel(ctx)
			defer cancel()
			want := end(ctx, cancelParent)
			<-child.Done()
			if err := child.Err(); !errors.Is(err, want) {
				t.Errorf("Err() = %v, want %v", err, want)
			}
			if cause := context.Cause(child); !errors.Is(cause, want) {
				t.Errorf("Cause() = %v, want %v", cause, want)
			}
		})
	}
}

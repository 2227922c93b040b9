package require_test

import (
	"fmt"
	"testing"

	"testingkit.dev/go/match"
	"testingkit.dev/go/require"
)

var (
	_ require.T = (*testing.T)(nil)
	_ require.T = (*testing.B)(nil)
	_ require.T = (*testing.F)(nil)
)

// recorder is a test that writes down the methods that are called.
type recorder struct {
	calls []string
}

func (r *recorder) Helper() { r.calls = append(r.calls, "Helper") }

func (r *recorder) Errorf(format string, arguments ...any) {
	r.calls = append(r.calls, fmt.Sprintf(format, arguments...))
}

func (r *recorder) FailNow() { r.calls = append(r.calls, "FailNow") }

func TestFailureIsReportedAndStopsTheTest(t *testing.T) {
	for name, fail := range map[string]func(require.T){
		"of a function": func(r require.T) {
			require.IsBetween(r, 12, 1, 10, require.Notef("100 %% of %s", "the budget"))
		},
		"of a matcher": func(r require.T) {
			require.Matches(r, 12, match.IsBetween(1, 10), require.Notef("100 %% of %s", "the budget"))
		},
	} {
		r := &recorder{}
		fail(r)
		want := []string{
			"Helper", "Helper",
			"is_between(low: 1, high: 10) failed\n  actual: 12\n  note: 100 % of the budget",
			"FailNow",
		}
		if !match.Equal(want).Matches(r.calls) {
			t.Errorf("%s: %q", name, r.calls)
		}
	}
}

func TestNothingIsCalledIfTheAssertionPasses(t *testing.T) {
	r := &recorder{}
	require.IsBetween(r, 5, 1, 10, require.Notef("%s", unprintable{}))
	require.Matches(r, 5, match.IsBetween(1, 10))
	if len(r.calls) > 0 {
		t.Errorf("%q", r.calls)
	}
}

// unprintable must not be formatted.
type unprintable struct{}

func (unprintable) String() string { panic("formatted") }

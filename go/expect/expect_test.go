package expect_test

import (
	"fmt"
	"strings"
	"testing"

	"testingkit.dev/go/expect"
	"testingkit.dev/go/match"
)

// call evaluates an assertion on a value that passes and one that fails.
type call struct {
	name     string
	evaluate func(t expect.T) (passes, fails bool)
}

// recorder is a test that keeps its failures.
type recorder struct {
	failures []string
	helpers  int
}

func (r *recorder) Helper() { r.helpers++ }

func (r *recorder) Errorf(format string, arguments ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, arguments...))
}

func TestExamplesPassAndFail(t *testing.T) {
	for _, call := range calls {
		r := &recorder{}
		passes, fails := call.evaluate(r)
		if !passes || fails || len(r.failures) != 1 || r.helpers != 1 {
			t.Errorf("%s: %t, %t; %d failures, %d calls of Helper",
				call.name, passes, fails, len(r.failures), r.helpers)
			continue
		}
		if !strings.HasPrefix(r.failures[0], call.name+"(") {
			t.Errorf("%s fails with\n%s", call.name, r.failures[0])
		}
	}
}

func TestEveryFailureIsReported(t *testing.T) {
	r := &recorder{}
	first := expect.Equal(r, 1, 2)
	second := expect.Matches(r, 3, match.Equal(4), expect.Notef("line %d", 7))
	want := []string{
		"equal(expected: 2) failed\n  actual: 1",
		"equal(expected: 4) failed\n  actual: 3\n  note: line 7",
	}
	if first || second || !match.Equal(want).Matches(r.failures) {
		t.Errorf("%t, %t: %q", first, second, r.failures)
	}
}

package assertions

import (
	"strings"
	"testing"

	"testingkit.dev/go/value"
)

var positive = Assertion{Name: "is_positive"}

// nestedIn returns an assertion with that many levels of assertions.
func nestedIn(levels int, innermost Assertion) Assertion {
	for range levels - 1 {
		innermost = NewAssertion("satisfies_all", Argument{Name: "checks", Checks: []Assertion{innermost}})
	}
	return innermost
}

func TestLevelsOfAssertionsAreLimited(t *testing.T) {
	tests := map[string]struct {
		assertion Assertion
		want      value.ErrorCode
	}{
		"as many as allowed":     {nestedIn(MaxLevels, positive), ""},
		"one too many":           {nestedIn(MaxLevels+1, positive), value.TooLarge},
		"very many":              {nestedIn(100_000, positive), value.TooLarge},
		"before every other one": {nestedIn(MaxLevels+1, Assertion{Name: "is_splendid"}), value.TooLarge},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Evaluate(test.assertion, value.NewInt(1)).Code; got != test.want {
				t.Errorf("Code = %q, want %q", got, test.want)
			}
		})
	}
}

func TestAnAssertionThatContainsItselfIsTooLarge(t *testing.T) {
	endless := NewAssertion("does_not_satisfy", Argument{Name: "check", Check: &Assertion{}})
	*endless.Arguments[0].Check = endless
	verdict := Evaluate(endless, value.NewInt(1))
	if verdict.Code != value.TooLarge || !strings.HasPrefix(verdict.Text(), "does_not_satisfy(check: ") {
		t.Errorf("Code = %q, Text = %q", verdict.Code, verdict.Text())
	}
}

func TestAnAssertionOnALevelTooDeepIsNotShown(t *testing.T) {
	short := NewAssertion("not_contains", Argument{Name: "item", Check: &positive})
	for range 63 {
		inner := short
		short = NewAssertion("a", Argument{Name: "b", Check: &inner})
	}
	text := Evaluate(short, value.NewInt(1)).Text()
	if !strings.Contains(text, "a(b: not_contains(item: …)))") {
		t.Errorf("Text = %s", text)
	}
}

func TestAnArgumentWithoutAnythingIsAnError(t *testing.T) {
	for _, name := range []string{"equal", "does_not_satisfy"} {
		verdict := Evaluate(NewAssertion(name, Argument{Name: "check"}), value.NewInt(1))
		if verdict.Status != Error {
			t.Errorf("Status of %s = %v", name, verdict.Status)
		}
	}
}

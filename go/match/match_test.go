package match_test

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/match"
	"testingkit.dev/go/value"
)

// gomock's Matcher.
var _ interface {
	Matches(x any) bool
	String() string
} = match.Matcher{}

type handler struct {
	Name string `testingkit:"name"`
	Run  func() `testingkit:"run"`
}

func TestFailureText(t *testing.T) {
	for name, test := range map[string]struct {
		matcher match.Matcher
		actual  any
		status  assertions.Status
		failure string
	}{
		"pass": {match.IsBetween(1, 10), 5, assertions.Pass, ""},
		"fail": {
			match.IsBetween(1, 2.5), 3, assertions.Fail,
			"is_between(low: 1, high: 2.5) failed\n  actual: 3\n  note: a\n    b\n    c",
		},
		"error": {
			match.IsBetween(2, 1), 3, assertions.Error,
			"is_between(low: 2, high: 1) error: bad_argument\n  actual: 3\n  note: a\n    b\n    c",
		},
		"actual does not convert": {
			match.HasLength(1), []handler{{Run: func() {}}}, assertions.Error,
			"has_length(count: 1) error: not_convertible\n" +
				"  actual: func() at $[0].run does not convert\n  note: a\n    b\n    c",
		},
		"actual is a value of the kit that does not convert": {
			match.IsNull(), value.List{nil}, assertions.Error,
			"is_null() error: not_convertible\n" +
				"  actual: value.List at $[0] does not convert\n  note: a\n    b\n    c",
		},
		"an argument does not convert": {
			match.HasEntry("a", make(chan int)), map[string]int{}, assertions.Error,
			"has_entry(key: \"a\") error: not_convertible\n" +
				"  value: chan int at $ does not convert\n  note: a\n    b\n    c",
		},
		"neither converts": {
			match.Equal("\xff"), big.NewFloat(1).SetInt(new(big.Int).Lsh(big.NewInt(1), 2000)),
			assertions.Error,
			"equal() error: not_convertible\n" +
				"  actual: *big.Float at $ does not convert\n" +
				"  expected: string at $ does not convert\n  note: a\n    b\n    c",
		},
	} {
		t.Run(name, func(t *testing.T) {
			status, failure := test.matcher.Check(test.actual, match.Notef("a\n%s", "b"), match.Notef("c"))
			if status != test.status || failure != test.failure {
				t.Errorf("%v:\n%s\nwant %v:\n%s", status, failure, test.status, test.failure)
			}
			if got := test.matcher.Matches(test.actual); got != (test.status == assertions.Pass) {
				t.Errorf("Matches = %t", got)
			}
		})
	}
}

func TestStringOfAMatcher(t *testing.T) {
	for want, matcher := range map[string]match.Matcher{
		"is_between(low: 1, high: 10)":          match.IsBetween(1, 10),
		"is_null()":                             match.IsNull(),
		"is_at_most(limit: duration(90s))":      match.IsAtMost(90 * time.Second),
		"contains_all(items: [\"a\", null, 1])": match.ContainsAll([]any{"a", nil, 1}),
		"equal()":                               match.Equal(func() {}),
	} {
		if got := matcher.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAssertionOfAMatcher(t *testing.T) {
	got, err := match.HasLength(3).Assertion()
	want := assertions.NewAssertion("has_length", assertions.Argument{Name: "count", Value: value.NewInt(3)})
	if err != nil || !match.Equal(want).Matches(got) {
		t.Errorf("%v, %v", got, err)
	}
	_, err = match.Equal([]any{1, func() {}}).Assertion()
	var failed *value.ConversionError
	if !errors.As(err, &failed) || failed.Path != "$[1]" {
		t.Errorf("%v", err)
	}
}

// The types that an argument may have, by what they are for.
func TestTypesOfArguments(t *testing.T) {
	type tags []string
	type level uint8
	type name string
	instant := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, passes := range map[string]bool{
		"a named slice":       match.ContainsAll(tags{"a"}).Matches([]string{"a"}),
		"values of the kit":   match.ContainsAll([]value.Value{value.Text("a")}).Matches(tags{"a"}),
		"a named integer":     match.IsAtLeast(level(3)).Matches(3),
		"a big integer":       match.IsAtMost(new(big.Int).Lsh(big.NewInt(1), 100)).Matches(1 << 60),
		"an integer of a kit": match.SumsTo(value.NewInt(3)).Matches([]int{1, 2}),
		"a named text":        match.IsLessThan(name("b")).Matches("a"),
		"octets":              match.IsLessThan([]byte("b")).Matches([]byte("a")),
		"an instant":          match.IsGreaterThan(instant).Matches(instant.Add(1)),
		"a span of time":      match.IsBetween(time.Second, time.Minute).Matches(2 * time.Second),
		"numbers":             match.AllCloseTo([]float32{1}, 0).Matches([]int{1}),
		"a named map":         match.HasEntries(map[name]level{"a": 1}).Matches(map[string]int{"a": 1}),
	} {
		if !passes {
			t.Errorf("%s does not pass", text)
		}
	}
}

func TestNestedMatchers(t *testing.T) {
	even := match.SatisfiesAll([]match.Matcher{match.IsPositive(), match.IsEven()})
	all := match.AllSatisfy(even)
	if got := all.String(); got != "all_satisfy(check: satisfies_all(checks: [is_positive(), is_even()]))" {
		t.Error(got)
	}
	if !all.Matches([]int{2, 4}) || all.Matches([]int{2, 3}) || !match.SatisfiesAll(nil).Matches(1) {
		t.Error("the nested assertions are not evaluated")
	}
	_, failure := match.AllSatisfy(match.SatisfiesAny([]match.Matcher{
		match.IsNull(), match.Equal(func() {}), match.IsOneOf([]any{1, make(chan int)}),
	})).Check([]int{1})
	want := "all_satisfy() error: not_convertible\n" +
		"  check.checks[1].expected: func() at $ does not convert\n" +
		"  check.checks[2].options: chan int at $[1] does not convert"
	if failure != want {
		t.Errorf("%s\nwant\n%s", failure, want)
	}
}

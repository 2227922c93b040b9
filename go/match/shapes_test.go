package match_test

import (
	"testing"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/match"
)

type user struct {
	ID   int
	Name string
}

// shaped has matchers in a part of its own.
type shaped struct {
	match.Matcher
}

func TestValuesThatHaveAShape(t *testing.T) {
	type anyUser struct{ ID, Name any }
	ada := user{7, "Ada"}
	odd := match.IsOdd()
	for name, test := range map[string]struct{ actual, shape any }{
		"value":               {7, 7},
		"nil":                 {nil, nil},
		"matcher":             {7, odd},
		"anything":            {nil, match.Anything()},
		"list":                {[]any{1, "x"}, []any{odd, "x"}},
		"array of matchers":   {[]int{1}, [1]match.Matcher{odd}},
		"map":                 {map[string]any{"a": []int{1}}, map[string]any{"a": []any{match.Anything()}}},
		"map of matchers":     {map[int]int{1: 3}, map[int]match.Matcher{1: odd}},
		"open map":            {map[string]int{"a": 1, "b": 2}, match.OpenMap(map[string]any{"a": odd})},
		"open map in a map":   {map[string]any{"a": map[string]int{"b": 1, "c": 2}}, map[string]any{"a": match.OpenMap(map[string]int{"b": 1})}},
		"fields":              {ada, match.Fields{"Name": "Ada", "ID": odd}},
		"no fields":           {struct{}{}, match.Fields{}},
		"struct without name": {ada, struct{ ID, Name any }{odd, match.Anything()}},
		"pointer":             {&ada, &match.Fields{"Name": "Ada", "ID": &odd}},
		"shape in a shape":    {[]any{[]int{1}}, []any{match.MatchesShape([]any{odd})}},
		"struct of a matcher": {[]int{7}, []any{shaped{odd}}},
	} {
		matcher := match.MatchesShape(test.shape)
		if _, failure := matcher.Check(test.actual); failure != "" {
			t.Errorf("%s: %s", name, failure)
		}
		if !match.DoesNotSatisfy(match.DoesNotSatisfy(matcher)).Matches(test.actual) {
			t.Errorf("%s: it does not satisfy the matcher", name)
		}
	}
	if match.MatchesShape(anyUser{7, odd}).Matches(ada) {
		t.Error("a struct of another name has the shape")
	}
}

func TestShapesThatFail(t *testing.T) {
	loop := map[string]any{}
	loop["a"] = []any{match.OpenMap(loop)}
	odd := match.IsOdd()
	for _, test := range []struct {
		actual, shape any
		status        assertions.Status
		failure       string
	}{
		{
			map[string]any{"users": []user{{7, "Ada"}, {-1, "Bob"}}},
			map[string]any{"users": []any{match.Anything(), match.Fields{"ID": match.IsPositive(), "Name": "Bob"}}},
			assertions.Fail,
			"matches_shape(shape: {\"users\": [any, record{ID: is_positive(), Name: \"Bob\"}]}) failed\n" +
				"  actual: {\"users\": [user{ID: 7, Name: \"Ada\"}, user{ID: -1, Name: \"Bob\"}]}\n" +
				"  path: $.users[1].ID\n" +
				"  failure:\n" +
				"    is_positive() failed\n" +
				"      actual: -1",
		},
		{ // A part without matchers is a value.
			[]any{1, nil}, []any{odd, []int{2}}, assertions.Fail,
			"matches_shape(shape: [is_odd(), [2]]) failed\n" +
				"  actual: [1, null]\n  path: $[1]\n  left: null\n  right: [2]",
		},
		{
			1, map[string]any{"a": []any{1, func() {}}}, assertions.Error,
			"matches_shape() error: not_convertible\n  shape: func() at $.a[1] does not convert",
		},
		{
			1, match.OpenMap(map[string]any{"a": match.Fields{"b": func() {}}}), assertions.Error,
			"matches_shape() error: not_convertible\n  shape: func() at $.a.b does not convert",
		},
		{
			1, match.Fields{"a": map[bool]any{true: match.Equal([]any{func() {}})}}, assertions.Error,
			"matches_shape() error: not_convertible\n" +
				"  shape.a{true}.expected: func() at $[0] does not convert",
		},
		{
			1, []any{map[*match.Matcher]int{&odd: 1}}, assertions.Error,
			"matches_shape() error: not_convertible\n  shape: match.Matcher at $ does not convert",
		},
		{
			1, match.OpenMap(loop), assertions.Error,
			"matches_shape() error: cycle\n  shape: map[string]interface {} at $.a[0] does not convert",
		},
	} {
		status, failure := match.MatchesShape(test.shape).Check(test.actual)
		if status != test.status || failure != test.failure {
			t.Errorf("%v:\n%s\nwant %v:\n%s", status, failure, test.status, test.failure)
		}
	}
}

func TestAMatcherOutsideOfAShapeIsNotAValue(t *testing.T) {
	_, failure := match.Equal([]any{match.IsOdd()}).Check(1)
	if failure != "equal() error: not_convertible\n  expected: match.Matcher at $[0] does not convert" {
		t.Error(failure)
	}
}

package checks

import (
	"testingkit.dev/go/diff"
	"testingkit.dev/go/value"
)

var (
	expectedAny = []Parameter{{Name: "expected", kinds: anyKind}}
	place       = []string{
		"path", "left", "right", "index", "left_code_point", "right_code_point",
	}
	placeAndDiff = append(place[:len(place):len(place)], "diff")
)

var equalityEntries = []Entry{
	{Name: "equal", Parameters: expectedAny, Details: placeAndDiff, body: equal},
	{Name: "not_equal", Parameters: expectedAny, body: opposite(first(value.Equal))},
	{Name: "identical", Parameters: expectedAny, Details: place, body: by(value.Identical)},
	{Name: "not_identical", Parameters: expectedAny, body: opposite(first(value.Identical))},
	{Name: "equivalent", Parameters: expectedAny, Details: place, body: by(value.Equivalent)},
	{Name: "not_equivalent", Parameters: expectedAny, body: opposite(first(value.Equivalent))},
	{Name: "is_null", body: plain(isNull)},
	{Name: "is_not_null", body: opposite(isNull)},
	{Name: "is_true", body: plain(isBool(true))},
	{Name: "is_false", body: plain(isBool(false))},
}

// first is the test that actual relates to the first argument.
func first(related relation) test {
	return func(actual value.Value, arguments []value.Value) bool {
		return related(actual, arguments[0])
	}
}

func by(related relation) body {
	return func(actual value.Value, arguments []value.Value) finding {
		if related(actual, arguments[0]) {
			return finding{passed: true}
		}
		return finding{details: firstDifference(actual, arguments[0], related).details()}
	}
}

func equal(actual value.Value, arguments []value.Value) finding {
	found := by(value.Equal)(actual, arguments)
	// One line against another says no more than line 1 and `actual` of the failure text do.
	if !found.passed && (hasLines(actual) || hasLines(arguments[0])) {
		found.diff = diff.Values(arguments[0], actual)
	}
	return found
}

func hasLines(v value.Value) bool {
	return len(diff.ExpandedLines(v)) > 1
}

func isNull(actual value.Value, _ []value.Value) bool {
	return actual.Kind() == value.KindNull
}

func isBool(want value.Bool) test {
	return func(actual value.Value, _ []value.Value) bool {
		got, isBool := actual.(value.Bool)
		return isBool && got == want
	}
}

package checks

import (
	"slices"

	"testingkit.dev/go/diff"
	"testingkit.dev/go/value"
)

var (
	expectedParameter = []Parameter{{Name: "expected", kinds: anyKind}}

	differenceDetails = []string{
		"path", "left", "right", "index", "left_code_point", "right_code_point",
	}
	equalDetails = slices.Concat(differenceDetails, []string{"diff"})
)

var equalityEntries = []Entry{
	{Name: "equal", Parameters: expectedParameter, Details: equalDetails, body: equal},
	{Name: "not_equal", Parameters: expectedParameter, body: failsIf(relates(value.Equal))},
	{
		Name: "identical", Parameters: expectedParameter, Details: differenceDetails,
		body: passesIfRelated(value.Identical),
	},
	{Name: "not_identical", Parameters: expectedParameter, body: failsIf(relates(value.Identical))},
	{
		Name: "equivalent", Parameters: expectedParameter, Details: differenceDetails,
		body: passesIfRelated(value.Equivalent),
	},
	{Name: "not_equivalent", Parameters: expectedParameter, body: failsIf(relates(value.Equivalent))},
	{Name: "is_null", body: passesIf(isNull)},
	{Name: "is_not_null", body: failsIf(isNull)},
	{Name: "is_true", body: passesIf(isBool(true))},
	{Name: "is_false", body: passesIf(isBool(false))},
}

// relates returns the predicate that the actual value relates to the first argument.
func relates(related relation) predicate {
	return func(actual value.Value, arguments []value.Value) bool {
		return related(actual, arguments[0])
	}
}

// passesIfRelated returns the body of a check that passes if the actual value relates to the first
// argument, and else has the details of the first difference.
func passesIfRelated(related relation) body {
	return func(actual value.Value, arguments []value.Value) finding {
		if related(actual, arguments[0]) {
			return finding{passed: true}
		}
		return finding{details: firstDifference(actual, arguments[0], related).details()}
	}
}

func equal(actual value.Value, arguments []value.Value) finding {
	found := passesIfRelated(value.Equal)(actual, arguments)
	// The difference of two single lines would repeat line 1 and `actual` of the failure text.
	if !found.passed && (hasLines(actual) || hasLines(arguments[0])) {
		found.diff = diff.Values(arguments[0], actual)
	}
	return found
}

// hasLines reports whether the expanded text of the value has more than one line.
func hasLines(v value.Value) bool {
	return len(diff.ExpandedLines(v)) > 1
}

func isNull(actual value.Value, _ []value.Value) bool {
	return actual.Kind() == value.KindNull
}

func isBool(want value.Bool) predicate {
	return func(actual value.Value, _ []value.Value) bool {
		got, ok := actual.(value.Bool)
		return ok && got == want
	}
}

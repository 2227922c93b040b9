package assertions

import (
	"slices"

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
	{Name: "not_equal", Parameters: expectedParameter, body: failsIf(relates(value.Equality))},
	{
		Name: "identical", Parameters: expectedParameter, Details: differenceDetails,
		body: passesIfRelated(value.Identity),
	},
	{Name: "not_identical", Parameters: expectedParameter, body: failsIf(relates(value.Identity))},
	{
		Name: "equivalent", Parameters: expectedParameter, Details: differenceDetails,
		body: passesIfRelated(value.Equivalence),
	},
	{Name: "not_equivalent", Parameters: expectedParameter, body: failsIf(relates(value.Equivalence))},
	{Name: "is_null", body: passesIf(isNull)},
	{Name: "is_not_null", body: failsIf(isNull)},
	{Name: "is_true", body: passesIf(isBool(true))},
	{Name: "is_false", body: passesIf(isBool(false))},
}

// relates returns the predicate that the actual value relates to the first argument.
func relates(relation value.Relation) predicate {
	return func(actual value.Value, arguments []value.Value) bool {
		return relation.Holds(actual, arguments[0])
	}
}

// passesIfRelated returns the body of an assertion that passes if the actual value relates to the first
// argument, and else has the details of the first difference.
func passesIfRelated(relation value.Relation) body {
	return func(actual value.Value, arguments []value.Value) finding {
		if relation.HoldsByPlace(actual, arguments[0]) {
			return finding{passed: true}
		}
		difference, ok := firstDifference(actual, arguments[0], relation)
		if !ok {
			return finding{passed: true}
		}
		return finding{details: difference.details()}
	}
}

func equal(actual value.Value, arguments []value.Value) finding {
	found := passesIfRelated(value.Equality)(actual, arguments)
	if found.passed {
		return found
	}
	found.diff = expandedDifference(actual, arguments[0])
	return found
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

package assertions

import (
	"testingkit.dev/go/value"
)

var equalityRules = rules{
	"equal":             {body: equal},
	"not_equal":         {body: failsIf(relates(value.Equality))},
	"identical":         {body: passesIfRelated(value.Identity)},
	"not_identical":     {body: failsIf(relates(value.Identity))},
	"equivalent":        {body: passesIfRelated(value.Equivalence)},
	"not_equivalent":    {body: failsIf(relates(value.Equivalence))},
	"is_null":           {body: passesIf(isNull)},
	"is_not_null":       {body: failsIf(isNull)},
	"is_true":           {body: passesIf(isBool(true))},
	"is_false":          {body: passesIf(isBool(false))},
	"is_one_of":         {body: passesIf(isOneOf)},
	"is_not_one_of":     {body: isNotOneOf},
	"is_zero_value":     {body: passesIf(isZeroValue)},
	"is_not_zero_value": {body: failsIf(isZeroValue)},
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

func isOneOf(actual value.Value, arguments []value.Value) bool {
	return value.IndexOf(itemsOf(arguments[0]), actual) >= 0
}

func isNotOneOf(actual value.Value, arguments []value.Value) finding {
	options := itemsOf(arguments[0])
	index := value.IndexOf(options, actual)
	if index < 0 {
		return finding{passed: true}
	}
	return finding{details: []Detail{{Name: "found", Value: options[index]}}}
}

func isZeroValue(actual value.Value, _ []value.Value) bool {
	switch actual := actual.(type) {
	case value.Null:
		return true
	case value.Bool:
		return !bool(actual)
	case value.Int:
		return actual.Big().Sign() == 0
	case value.Float:
		return actual == 0
	case value.Duration:
		return actual == 0
	case value.Text, value.Bytes, value.List, value.Set, value.Map:
		return sizeOf(actual) == 0
	default:
		return false
	}
}

package assertions

import (
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var sizeRules = rules{
	"has_length":          {demand: demandCount, body: hasLength},
	"has_length_at_least": {demand: demandCount, body: hasLengthAtLeast},
	"has_length_at_most":  {demand: demandCount, body: hasLengthAtMost},
	"has_length_between":  {demand: demandLengths, body: hasLengthBetween},
	"has_same_length_as":  {body: hasSameLengthAs},
	"is_empty":            {body: isEmpty},
	"is_not_empty":        {body: passesIf(isNotEmpty)},
}

// sizeOf returns the number of code points, octets, items or entries.
func sizeOf(actual value.Value) int {
	switch actual := actual.(type) {
	case value.Text:
		return utf8.RuneCountInString(string(actual))
	case value.Bytes:
		return len(actual)
	default:
		return len(itemsOf(actual))
	}
}

// demandCount requires that the count, which is the last argument, is not negative.
func demandCount(arguments []value.Value) value.ErrorCode {
	if value.CompareNumbers(arguments[len(arguments)-1], value.Int{}) < 0 {
		return value.BadArgument
	}
	return ""
}

// demandLengths requires that low is neither negative nor greater than high.
func demandLengths(arguments []value.Value) value.ErrorCode {
	if value.CompareNumbers(arguments[0], arguments[1]) > 0 {
		return value.BadArgument
	}
	return demandCount(arguments[:1])
}

// passesIfLength returns the finding that passes if the condition holds for the orders of the size to
// the arguments.
func passesIfLength(actual value.Value, arguments []value.Value, holds func(orders []int) bool) finding {
	size := sizeOf(actual)
	orders := make([]int, 0, len(arguments))
	for _, argument := range arguments {
		orders = append(orders, value.CompareNumbers(value.NewInt(int64(size)), argument))
	}
	return finding{passed: holds(orders), details: intDetail("length", size)}
}

func hasLength(actual value.Value, arguments []value.Value) finding {
	return passesIfLength(actual, arguments, func(orders []int) bool { return orders[0] == 0 })
}

func hasLengthAtLeast(actual value.Value, arguments []value.Value) finding {
	return passesIfLength(actual, arguments, func(orders []int) bool { return orders[0] >= 0 })
}

func hasLengthAtMost(actual value.Value, arguments []value.Value) finding {
	return passesIfLength(actual, arguments, func(orders []int) bool { return orders[0] <= 0 })
}

func hasLengthBetween(actual value.Value, arguments []value.Value) finding {
	return passesIfLength(actual, arguments, isWithin)
}

func hasSameLengthAs(actual value.Value, arguments []value.Value) finding {
	return hasLength(actual, []value.Value{value.NewInt(int64(sizeOf(arguments[0])))})
}

func isEmpty(actual value.Value, _ []value.Value) finding {
	size := sizeOf(actual)
	return finding{passed: size == 0, details: intDetail("size", size)}
}

func isNotEmpty(actual value.Value, _ []value.Value) bool {
	return sizeOf(actual) > 0
}

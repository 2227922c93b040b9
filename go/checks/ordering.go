package checks

import (
	"bytes"
	"cmp"

	"testingkit.dev/go/value"
)

var (
	limit      = []Parameter{{Name: "limit", kinds: ordered}}
	lowAndHigh = []Parameter{{Name: "low", kinds: ordered}, {Name: "high", kinds: ordered}}
)

var orderingEntries = []Entry{
	{Name: "is_less_than", Parameters: limit, actual: ordered, body: compared(isLess, true)},
	{Name: "is_at_least", Parameters: limit, actual: ordered, body: compared(isLess, false)},
	{
		Name: "is_between", Parameters: lowAndHigh, actual: ordered,
		demand: demandRange, body: compared(isWithin, true),
	},
	{
		Name: "is_not_between", Parameters: lowAndHigh, actual: ordered,
		demand: demandRange, body: compared(isWithin, false),
	},
}

// compared is the check that the orders of actual to each of its arguments are, or are not, as the
// test says.
func compared(holds func(orders []int) bool, want bool) body {
	return func(actual value.Value, arguments []value.Value) finding {
		var orders []int
		for _, argument := range arguments {
			order, comparable := compare(actual, argument)
			if !comparable {
				return finding{code: value.NotComparable}
			}
			orders = append(orders, order)
		}
		return finding{passed: holds(orders) == want}
	}
}

func isLess(orders []int) bool {
	return orders[0] < 0
}

func isWithin(orders []int) bool {
	return orders[0] >= 0 && orders[1] <= 0
}

func demandRange(arguments []value.Value) value.ErrorCode {
	order, comparable := compare(arguments[0], arguments[1])
	switch {
	case !comparable:
		return value.NotComparable
	case order > 0:
		return value.BadArgument
	default:
		return ""
	}
}

// compare says -1, 0 or 1, and whether the two values have an order at all.
func compare(left, right value.Value) (int, bool) {
	if value.IsNumber(left) && value.IsNumber(right) {
		if value.IsNaN(left) || value.IsNaN(right) {
			return 0, false
		}
		return value.CompareNumbers(left, right), true
	}
	switch one := left.(type) {
	case value.Text:
		other, ok := right.(value.Text)
		return cmp.Compare(one, other), ok
	case value.Bytes:
		other, ok := right.(value.Bytes)
		return bytes.Compare(one, other), ok
	case value.Time:
		other, ok := right.(value.Time)
		return cmp.Or(cmp.Compare(one.Seconds, other.Seconds), cmp.Compare(one.Nanos, other.Nanos)), ok
	case value.Duration:
		other, ok := right.(value.Duration)
		return cmp.Compare(one, other), ok
	default:
		return 0, false
	}
}

package assertions

import (
	"bytes"
	"cmp"

	"testingkit.dev/go/value"
)

var (
	limitParameter  = []Parameter{{Name: "limit", kinds: orderedKinds}}
	rangeParameters = []Parameter{{Name: "low", kinds: orderedKinds}, {Name: "high", kinds: orderedKinds}}
)

var orderingEntries = []Entry{
	{Name: "is_less_than", Parameters: limitParameter, actual: orderedKinds, body: compared(isLess, true)},
	{Name: "is_at_least", Parameters: limitParameter, actual: orderedKinds, body: compared(isLess, false)},
	{
		Name: "is_between", Parameters: rangeParameters, actual: orderedKinds,
		demand: demandRange, body: compared(isWithin, true),
	},
	{
		Name: "is_not_between", Parameters: rangeParameters, actual: orderedKinds,
		demand: demandRange, body: compared(isWithin, false),
	},
}

// compared returns the body of an assertion that compares the actual value with each argument. It passes
// if holds returns want for the results.
func compared(holds func(orders []int) bool, want bool) body {
	return func(actual value.Value, arguments []value.Value) finding {
		var orders []int
		for _, argument := range arguments {
			order, ok := compare(actual, argument)
			if !ok {
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

// demandRange requires that low and high are comparable and that low is not greater.
func demandRange(arguments []value.Value) value.ErrorCode {
	order, ok := compare(arguments[0], arguments[1])
	switch {
	case !ok:
		return value.NotComparable
	case order > 0:
		return value.BadArgument
	default:
		return ""
	}
}

// compare returns -1, 0 or 1; ok reports whether the two values have an order at all.
func compare(left, right value.Value) (order int, ok bool) {
	if value.IsNumber(left) && value.IsNumber(right) {
		if value.IsNaN(left) || value.IsNaN(right) {
			return 0, false
		}
		return value.CompareNumbers(left, right), true
	}
	switch left := left.(type) {
	case value.Text:
		right, ok := right.(value.Text)
		return cmp.Compare(left, right), ok
	case value.Bytes:
		right, ok := right.(value.Bytes)
		return bytes.Compare(left, right), ok
	case value.Time:
		right, ok := right.(value.Time)
		return cmp.Or(cmp.Compare(left.Seconds, right.Seconds), cmp.Compare(left.Nanos, right.Nanos)), ok
	case value.Duration:
		right, ok := right.(value.Duration)
		return cmp.Compare(left, right), ok
	default:
		return 0, false
	}
}

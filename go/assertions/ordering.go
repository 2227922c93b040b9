package assertions

import (
	"bytes"
	"cmp"
	"slices"

	"testingkit.dev/go/value"
)

var orderingRules = rules{
	"is_less_than":           {body: compared(isLess, true)},
	"is_at_most":             {body: compared(isGreater, false)},
	"is_greater_than":        {body: compared(isGreater, true)},
	"is_at_least":            {body: compared(isLess, false)},
	"is_between":             {demand: demandRange, body: compared(isWithin, true)},
	"is_strictly_between":    {demand: demandRange, body: compared(isStrictlyWithin, true)},
	"is_not_between":         {demand: demandRange, body: compared(isWithin, false)},
	"is_sorted":              {body: inSequence(-1, 0)},
	"is_sorted_descending":   {body: inSequence(0, 1)},
	"is_strictly_increasing": {body: inSequence(-1)},
	"is_strictly_decreasing": {body: inSequence(1)},
	"has_minimum":            {body: hasExtreme("minimum", -1)},
	"has_maximum":            {body: hasExtreme("maximum", 1)},
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

func isGreater(orders []int) bool {
	return orders[0] > 0
}

func isWithin(orders []int) bool {
	return orders[0] >= 0 && orders[1] <= 0
}

func isStrictlyWithin(orders []int) bool {
	return orders[0] > 0 && orders[1] < 0
}

// inSequence returns the body that requires one of the orders of each item to the next one.
func inSequence(orders ...int) body {
	return func(actual value.Value, _ []value.Value) finding {
		items := itemsOf(actual)
		// All items first: a list that mixes kinds is an error wherever it is out of order.
		for _, item := range items {
			if _, ok := compare(items[0], item); !ok {
				return finding{code: value.NotComparable}
			}
		}
		for i := 1; i < len(items); i++ {
			if order, _ := compare(items[i-1], items[i]); !slices.Contains(orders, order) {
				pair := value.List{items[i-1], items[i]}
				return finding{details: append(intDetail("index", i-1), Detail{Name: "pair", Value: pair})}
			}
		}
		return finding{passed: true}
	}
}

// hasExtreme returns the body that requires that the first item to which no other one has the order
// sign compares as the same as the argument.
func hasExtreme(detail string, sign int) body {
	return func(actual value.Value, arguments []value.Value) finding {
		items := itemsOf(actual)
		if len(items) == 0 {
			return finding{code: value.NotComparable}
		}
		extreme := items[0]
		for _, item := range items {
			if _, ok := compare(item, arguments[0]); !ok {
				return finding{code: value.NotComparable}
			}
			if order, _ := compare(item, extreme); order == sign {
				extreme = item
			}
		}
		order, _ := compare(extreme, arguments[0])
		return finding{passed: order == 0, details: []Detail{{Name: detail, Value: extreme}}}
	}
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

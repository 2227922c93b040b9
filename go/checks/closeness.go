package checks

import (
	"math"
	"math/big"

	"testingkit.dev/go/value"
)

var expectedAndTolerance = []Parameter{
	{Name: "expected", kinds: number},
	{Name: "tolerance", kinds: number},
}

var closenessEntries = []Entry{
	{
		Name: "is_close_to", Parameters: expectedAndTolerance, Details: []string{"delta"},
		actual: number, demand: demandTolerance, body: isCloseTo,
	},
	{
		Name: "is_not_close_to", Parameters: expectedAndTolerance, Details: []string{"delta"},
		actual: number, demand: demandTolerance, body: isNotCloseTo,
	},
}

func demandTolerance(arguments []value.Value) value.ErrorCode {
	tolerance := arguments[1]
	if value.IsNaN(tolerance) || value.CompareNumbers(tolerance, value.Int{}) < 0 {
		return value.BadArgument
	}
	return ""
}

func isCloseTo(actual value.Value, arguments []value.Value) finding {
	delta, within, err := measure(actual, arguments[0], arguments[1])
	if err != nil {
		return finding{code: value.TooLarge}
	}
	return finding{passed: within, details: []Detail{{Name: "delta", Value: delta}}}
}

func isNotCloseTo(actual value.Value, arguments []value.Value) finding {
	if value.IsNaN(actual) || value.IsNaN(arguments[0]) {
		return finding{code: value.NotComparable}
	}
	found := isCloseTo(actual, arguments)
	found.passed = !found.passed
	return found
}

// measure is the delta, and whether it is within the tolerance; NaN is within none. The error says
// that the delta has more digits than an integer may have.
func measure(actual, expected, tolerance value.Value) (delta value.Value, within bool, err error) {
	a, aIsInt := actual.(value.Int)
	e, eIsInt := expected.(value.Int)
	t, tIsInt := tolerance.(value.Int)
	if aIsInt && eIsInt && tIsInt {
		distance := new(big.Int).Sub(a.Big(), e.Big())
		exact, err := value.IntOf(distance.Abs(distance))
		return exact, err == nil && exact.Big().Cmp(t.Big()) <= 0, err
	}
	one, other := value.NearestFloat(actual), value.NearestFloat(expected)
	rounded := math.Abs(one - other)
	if one == other {
		// The difference of two infinities is NaN, but they are as close as can be.
		rounded = 0
	}
	return value.Float(rounded), rounded <= value.NearestFloat(tolerance), nil
}

package assertions

import (
	"math"
	"math/big"

	"testingkit.dev/go/value"
)

var closenessParameters = []Parameter{
	{Name: "expected", kinds: numberKinds},
	{Name: "tolerance", kinds: numberKinds},
}

var closenessEntries = []Entry{
	{
		Name: "is_close_to", Parameters: closenessParameters, Details: []string{"delta"},
		actual: numberKinds, demand: demandTolerance, body: isCloseTo,
	},
	{
		Name: "is_not_close_to", Parameters: closenessParameters, Details: []string{"delta"},
		actual: numberKinds, demand: demandTolerance, body: isNotCloseTo,
	},
}

// demandTolerance requires that the tolerance is neither NaN nor negative.
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

// measure returns the delta; within reports whether it is within the tolerance, which NaN never is.
// The error means that the delta has more digits than an integer may have.
func measure(actual, expected, tolerance value.Value) (delta value.Value, within bool, err error) {
	actualInt, actualOK := actual.(value.Int)
	expectedInt, expectedOK := expected.(value.Int)
	toleranceInt, toleranceOK := tolerance.(value.Int)
	if actualOK && expectedOK && toleranceOK {
		distance := new(big.Int).Sub(actualInt.Big(), expectedInt.Big())
		exact, err := value.IntOf(distance.Abs(distance))
		if err != nil {
			return nil, false, err
		}
		return exact, exact.Big().Cmp(toleranceInt.Big()) <= 0, nil
	}
	left, right := value.NearestFloat(actual), value.NearestFloat(expected)
	rounded := math.Abs(left - right)
	if left == right {
		// The difference of two equal infinities is NaN, but their delta is 0.
		rounded = 0
	}
	return value.Float(rounded), rounded <= value.NearestFloat(tolerance), nil
}

package assertions

import (
	"math"
	"math/big"

	"testingkit.dev/go/value"
)

// measureDelta returns the delta; within reports whether it is within the tolerance, which NaN
// never is. The error means that the delta has more digits than an integer may have.
func measureDelta(
	actual, expected, tolerance value.Value,
) (delta value.Value, within bool, err error) {
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

// floatInRange returns the nearest binary64 number; ok is false for an integer beyond its range.
func floatInRange(number value.Value) (nearest float64, ok bool) {
	nearest = value.NearestFloat(number)
	return nearest, number.Kind() != value.KindInt || !math.IsInf(nearest, 0)
}

// measureRatio returns the difference as a part of the larger absolute value.
func measureRatio(actual, expected float64) float64 {
	return quotient(actual, expected, 1, max(math.Abs(actual), math.Abs(expected)))
}

// measurePercent returns the difference in percent of the expected number.
func measurePercent(actual, expected float64) float64 {
	return quotient(actual, expected, 100, math.Abs(expected))
}

func quotient(actual, expected, factor, divisor float64) float64 {
	switch {
	case math.IsNaN(actual) || math.IsNaN(expected):
		return math.NaN()
	case actual == expected:
		return 0
	case divisor == 0 || math.IsInf(divisor, 0):
		return math.Inf(1)
	default:
		return float64(math.Abs(actual-expected)*factor) / divisor
	}
}

// measureUlps returns how many steps from float to float it takes. Neither may be NaN.
func measureUlps(actual, expected float64) *big.Int {
	distance := new(big.Int).Sub(place(actual), place(expected))
	return distance.Abs(distance)
}

// place returns the place among all floats in order; 0 and the negative zero share theirs.
func place(number float64) *big.Int {
	bits := int64(math.Float64bits(math.Abs(number)))
	if math.Signbit(number) {
		bits = -bits
	}
	return big.NewInt(bits)
}

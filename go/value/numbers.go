package value

import (
	"math"
	"math/big"
)

// NewInt returns the integer of this number.
func NewInt(number int64) Int {
	return Int{big: big.NewInt(number)}
}

var intBound = new(big.Int).Exp(big.NewInt(10), big.NewInt(MaxIntDigits), nil)

// IntOf returns the integer of this number, or too_large over the limit of digits.
func IntOf(number *big.Int) (Int, error) {
	if number.CmpAbs(intBound) >= 0 {
		return Int{}, NewError(TooLarge)
	}
	return Int{big: new(big.Int).Set(number)}, nil
}

// Big is the number. The caller does not change it.
func (i Int) Big() *big.Int {
	if i.big == nil {
		return new(big.Int)
	}
	return i.big
}

// String is the decimal text.
func (i Int) String() string {
	return i.Big().String()
}

// IsNaN says whether a value is the float NaN.
func IsNaN(v Value) bool {
	float, ok := v.(Float)
	return ok && math.IsNaN(float64(float))
}

// IsNumber says whether a value is an Int or a Float.
func IsNumber(v Value) bool {
	return v.Kind() == KindInt || v.Kind() == KindFloat
}

// CompareNumbers is -1, 0 or 1 by exact mathematical value; 1 and 1.0 are the same. Both are numbers,
// and neither is NaN.
func CompareNumbers(left, right Value) int {
	leftFloat, leftIsFloat := left.(Float)
	rightFloat, rightIsFloat := right.(Float)
	switch {
	case leftIsFloat && rightIsFloat:
		return compareFloats(float64(leftFloat), float64(rightFloat))
	case leftIsFloat:
		return -compareIntFloat(right.(Int).Big(), float64(leftFloat))
	case rightIsFloat:
		return compareIntFloat(left.(Int).Big(), float64(rightFloat))
	default:
		return left.(Int).Big().Cmp(right.(Int).Big())
	}
}

// NearestFloat is the nearest binary64 number, ties to even; an integer beyond its range is infinite.
// The value is a number.
func NearestFloat(v Value) float64 {
	if number, ok := v.(Int); ok {
		nearest, _ := number.Big().Float64()
		return nearest
	}
	return float64(v.(Float))
}

// IntsWithin says whether two integers differ by at most the tolerance, exactly.
func IntsWithin(left, right, tolerance Int) bool {
	distance := new(big.Int).Sub(left.Big(), right.Big())
	return distance.Abs(distance).Cmp(tolerance.Big()) <= 0
}

func compareFloats(left, right float64) int {
	switch {
	case left < right:
		return -1
	case left > right:
		return 1
	default:
		return 0
	}
}

// compareIntFloat compares with the whole part of the float first, then with what the float has
// beyond it, so that no bit is lost.
func compareIntFloat(number *big.Int, float float64) int {
	if math.IsInf(float, 0) {
		return compareFloats(0, float)
	}
	whole := math.Trunc(float)
	exact, _ := big.NewFloat(whole).Int(nil)
	if byWhole := number.Cmp(exact); byWhole != 0 {
		return byWhole
	}
	return compareFloats(whole, float)
}

package value

import (
	"math"
	"math/big"
	"strconv"
)

// intBound is the smallest positive integer that is too large.
var intBound = new(big.Int).Exp(big.NewInt(10), big.NewInt(MaxIntDigits), nil)

// NewInt returns the Int of an int64.
func NewInt(number int64) Int {
	return Int{number: big.NewInt(number)}
}

// IntOf returns the Int of a big integer. The error is a [ConversionError] with the code [TooLarge]
// if the number has more than MaxIntDigits digits.
func IntOf(number *big.Int) (Int, error) {
	if number.CmpAbs(intBound) >= 0 {
		return Int{}, NewConversionError(TooLarge)
	}
	return Int{number: new(big.Int).Set(number)}, nil
}

// Big returns the number. The caller must not modify it.
func (i Int) Big() *big.Int {
	if i.number == nil {
		return new(big.Int)
	}
	return i.number
}

// String returns the number in decimal.
func (i Int) String() string {
	if number := i.Big(); number.IsInt64() {
		return strconv.FormatInt(number.Int64(), 10)
	}
	return i.Big().String()
}

// IsNaN reports whether v is the Float NaN.
func IsNaN(v Value) bool {
	number, ok := v.(Float)
	return ok && math.IsNaN(float64(number))
}

// IsNumber reports whether v is an Int or a Float.
func IsNumber(v Value) bool {
	return v.Kind() == KindInt || v.Kind() == KindFloat
}

// CompareNumbers returns -1, 0 or 1 by exact mathematical value; 1 and 1.0 are the same. Both
// values must be numbers, and neither may be NaN.
func CompareNumbers(left, right Value) int {
	leftFloat, leftOK := left.(Float)
	rightFloat, rightOK := right.(Float)
	switch {
	case leftOK && rightOK:
		return compareFloats(float64(leftFloat), float64(rightFloat))
	case leftOK:
		return -compareIntFloat(right.(Int).Big(), float64(leftFloat))
	case rightOK:
		return compareIntFloat(left.(Int).Big(), float64(rightFloat))
	default:
		return left.(Int).Big().Cmp(right.(Int).Big())
	}
}

// NearestFloat returns the binary64 number nearest to v, ties to even; an integer beyond its range
// gives an infinity. The value must be a number.
func NearestFloat(v Value) float64 {
	if number, ok := v.(Int); ok {
		nearest, _ := number.Big().Float64()
		return nearest
	}
	return float64(v.(Float))
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

// compareIntFloat compares with the whole part of the float first and then with its fraction, so
// that no bit is lost.
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

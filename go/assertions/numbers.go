package assertions

import (
	"math"
	"math/big"
	"slices"

	"testingkit.dev/go/value"
)

// maxIntBits is a power of two that no integer of the kit reaches.
const maxIntBits = 13_288

var numberRules = rules{
	"is_positive":      {body: passesIf(hasSign(1))},
	"is_negative":      {body: passesIf(hasSign(-1))},
	"is_not_positive":  {body: passesIf(hasSign(-1, 0))},
	"is_not_negative":  {body: passesIf(hasSign(0, 1))},
	"is_zero":          {body: passesIf(hasSign(0))},
	"is_not_zero":      {body: failsIf(hasSign(0))},
	"is_even":          {body: passesIf(isEven)},
	"is_odd":           {body: failsIf(isEven)},
	"is_multiple_of":   {demand: demandDivisor, body: isMultipleOf},
	"is_nan":           {body: passesIf(isNaN)},
	"is_not_nan":       {body: failsIf(isNaN)},
	"is_finite":        {body: passesIf(isFinite)},
	"is_infinite":      {body: passesIf(isInfinite)},
	"is_negative_zero": {body: passesIf(isNegativeZero)},
	"is_integral":      {body: passesIf(isIntegral)},
	"fits_in_bits":     {demand: demandBits, body: passesIf(fitsInBits)},
}

// hasSign returns the predicate that the actual value compares with 0 as one of the orders. NaN has
// no order.
func hasSign(orders ...int) predicate {
	return func(actual value.Value, _ []value.Value) bool {
		order, ok := compare(actual, value.Int{})
		return ok && slices.Contains(orders, order)
	}
}

func isEven(actual value.Value, _ []value.Value) bool {
	return actual.(value.Int).Big().Bit(0) == 0
}

// demandDivisor requires that the divisor is not 0.
func demandDivisor(arguments []value.Value) value.ErrorCode {
	if value.CompareNumbers(arguments[0], value.Int{}) == 0 {
		return value.BadArgument
	}
	return ""
}

func isMultipleOf(actual value.Value, arguments []value.Value) finding {
	number, divisor := actual.(value.Int).Big(), arguments[0].(value.Int).Big()
	// Unlike the operator %, Mod never returns a negative number.
	rest := new(big.Int).Mod(number, divisor)
	remainder, err := value.IntOf(rest)
	if err != nil {
		return finding{code: value.TooLarge}
	}
	return finding{
		passed:  rest.Sign() == 0,
		details: []Detail{{Name: "remainder", Value: remainder}},
	}
}

func isNaN(actual value.Value, _ []value.Value) bool {
	return value.IsNaN(actual)
}

func isFinite(actual value.Value, _ []value.Value) bool {
	number, ok := actual.(value.Float)
	return !ok || !math.IsNaN(float64(number)) && !math.IsInf(float64(number), 0)
}

func isInfinite(actual value.Value, _ []value.Value) bool {
	number, ok := actual.(value.Float)
	return ok && math.IsInf(float64(number), 0)
}

func isNegativeZero(actual value.Value, _ []value.Value) bool {
	number, ok := actual.(value.Float)
	return ok && number == 0 && math.Signbit(float64(number))
}

func isIntegral(actual value.Value, arguments []value.Value) bool {
	number, ok := actual.(value.Float)
	return !ok || isFinite(actual, arguments) && math.Trunc(float64(number)) == float64(number)
}

// demandBits requires that there is at least one bit.
func demandBits(arguments []value.Value) value.ErrorCode {
	if value.CompareNumbers(arguments[0], value.NewInt(1)) < 0 {
		return value.BadArgument
	}
	return ""
}

func fitsInBits(actual value.Value, arguments []value.Value) bool {
	number, width := actual.(value.Int).Big(), arguments[0].(value.Int).Big()
	signed := bool(arguments[1].(value.Bool))
	if signed {
		width = new(big.Int).Sub(width, big.NewInt(1))
	}
	exponent := uint(maxIntBits)
	if width.Cmp(big.NewInt(maxIntBits)) < 0 {
		exponent = uint(width.Uint64())
	}
	bound := new(big.Int).Lsh(big.NewInt(1), exponent)
	low := new(big.Int)
	if signed {
		low.Neg(bound)
	}
	return low.Cmp(number) <= 0 && number.Cmp(bound) < 0
}

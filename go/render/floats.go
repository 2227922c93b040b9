package render

import (
	"math"
	"strconv"
	"strings"
)

// floatText returns the shortest digits that read back as the same number, in the kits' own
// notation. FormatFloat finds these digits, with exact ties to even; only its notation is
// different.
func floatText(number float64) string {
	switch {
	case math.IsNaN(number):
		return "NaN"
	case math.IsInf(number, 1):
		return "inf"
	case math.IsInf(number, -1):
		return "-inf"
	}
	mantissa, written, _ := strings.Cut(strconv.FormatFloat(number, 'e', -1, 64), "e")
	exponent, _ := strconv.Atoi(written)
	if exponent < -4 || exponent >= 16 {
		return mantissa + "e" + strconv.Itoa(exponent)
	}
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	return sign + positional(strings.ReplaceAll(mantissa, ".", ""), exponent)
}

// positional returns the digits with a decimal point and without an exponent.
func positional(digits string, exponent int) string {
	switch whole := exponent + 1; {
	case exponent < 0:
		return "0." + strings.Repeat("0", -exponent-1) + digits
	case whole >= len(digits):
		return digits + strings.Repeat("0", whole-len(digits)) + ".0"
	default:
		return digits[:whole] + "." + digits[whole:]
	}
}

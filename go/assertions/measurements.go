package assertions

import (
	"math/big"
	"slices"

	"testingkit.dev/go/value"
)

const maxPermille = 1_000_000

var measurementRules = rules{
	"has_median_at_most":     {body: hasMedianAtMost},
	"has_percentile_at_most": {demand: demandPercent, body: hasPercentileAtMost},
	"has_no_regression":      {demand: demandBaseline, body: hasNoRegression},
}

// sortedNumbers returns the measurements in order, or the code of the error if they are not
// integers or there are none.
func sortedNumbers(measurements value.Value) ([]value.Value, value.ErrorCode) {
	numbers := slices.Clone(itemsOf(measurements))
	if slices.ContainsFunc(numbers, isNotInt) {
		return nil, value.WrongKind
	}
	if len(numbers) == 0 {
		return nil, value.NotComparable
	}
	slices.SortFunc(numbers, value.CompareNumbers)
	return numbers, ""
}

func isNotInt(item value.Value) bool {
	return item.Kind() != value.KindInt
}

func medianOf(measurements value.Value) (value.Value, value.ErrorCode) {
	numbers, code := sortedNumbers(measurements)
	if code != "" {
		return nil, code
	}
	return numbers[(len(numbers)-1)/2], ""
}

func hasMedianAtMost(actual value.Value, arguments []value.Value) finding {
	median, code := medianOf(actual)
	if code != "" {
		return finding{code: code}
	}
	return finding{
		passed:  value.CompareNumbers(median, arguments[0]) <= 0,
		details: []Detail{{Name: "median", Value: median}},
	}
}

// demandPercent requires a percentile of 1 to 100.
func demandPercent(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isIntWithin(arguments[0], 1, 100))
}

func hasPercentileAtMost(actual value.Value, arguments []value.Value) finding {
	numbers, code := sortedNumbers(actual)
	if code != "" {
		return finding{code: code}
	}
	rank := (smallInt(arguments[0])*len(numbers) + 99) / 100
	percentile := numbers[rank-1]
	return finding{
		passed:  value.CompareNumbers(percentile, arguments[1]) <= 0,
		details: []Detail{{Name: "percentile", Value: percentile}},
	}
}

// demandBaseline requires measurements whose median is not negative, and a possible allowance.
func demandBaseline(arguments []value.Value) value.ErrorCode {
	median, code := medianOf(arguments[0])
	return badArgumentUnless(code == "" &&
		value.CompareNumbers(median, value.Int{}) >= 0 &&
		isIntWithin(arguments[1], 0, maxPermille))
}

func hasNoRegression(actual value.Value, arguments []value.Value) finding {
	median, code := medianOf(actual)
	if code != "" {
		return finding{code: code}
	}
	before, _ := medianOf(arguments[0])
	scaled := scaledBy(median, 1000)
	limit := scaledBy(before, int64(1000+smallInt(arguments[1])))
	return finding{
		passed:  scaled.Cmp(limit) <= 0,
		details: []Detail{{Name: "median", Value: median}, {Name: "baseline", Value: before}},
	}
}

func scaledBy(number value.Value, factor int64) *big.Int {
	return new(big.Int).Mul(number.(value.Int).Big(), big.NewInt(factor))
}

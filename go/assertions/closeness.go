package assertions

import (
	"math"

	"testingkit.dev/go/value"
)

var closenessRules = rules{
	"is_close_to":            {demand: demandTolerance, body: isCloseTo},
	"is_not_close_to":        {demand: demandTolerance, body: isNotCloseTo},
	"is_relatively_close_to": {demand: demandFloats, body: measured("ratio", measureRatio)},
	"is_within_percent":      {demand: demandFloats, body: measured("percent", measurePercent)},
	"is_within_ulps":         {demand: demandFloats, body: isWithinUlps},
	"all_close_to":           {demand: demandNumbers, body: allCloseTo},
	"map_close_to":           {demand: demandNumbers, body: mapCloseTo},
	"structure_close_to":     {demand: demandTolerance, body: structureCloseTo},
}

// demandTolerance requires that the tolerance is neither NaN nor negative.
func demandTolerance(arguments []value.Value) value.ErrorCode {
	tolerance := arguments[1]
	if value.IsNaN(tolerance) || value.CompareNumbers(tolerance, value.Int{}) < 0 {
		return value.BadArgument
	}
	return ""
}

// demandFloats requires in addition that the expected number is in the range of binary64.
func demandFloats(arguments []value.Value) value.ErrorCode {
	if code := demandTolerance(arguments); code != "" {
		return code
	}
	if _, ok := floatInRange(arguments[0]); !ok {
		return value.TooLarge
	}
	return ""
}

// demandNumbers requires in addition that the expected list or map has only numbers.
func demandNumbers(arguments []value.Value) value.ErrorCode {
	if code := demandTolerance(arguments); code != "" {
		return code
	}
	if !areNumbers(numbersOf(arguments[0])) {
		return value.BadArgument
	}
	return ""
}

func isCloseTo(actual value.Value, arguments []value.Value) finding {
	delta, within, err := measureDelta(actual, arguments[0], arguments[1])
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

// measured returns the body of an assertion that measures two floats. It passes if the result is at
// most the second argument, which NaN never is.
func measured(detail string, measure func(actual, expected float64) float64) body {
	return func(actual value.Value, arguments []value.Value) finding {
		one, ok := floatInRange(actual)
		if !ok {
			return finding{code: value.TooLarge}
		}
		result := measure(one, value.NearestFloat(arguments[0]))
		return finding{
			passed:  result <= value.NearestFloat(arguments[1]),
			details: []Detail{{Name: detail, Value: value.Float(result)}},
		}
	}
}

func isWithinUlps(actual value.Value, arguments []value.Value) finding {
	one, ok := floatInRange(actual)
	if !ok {
		return finding{code: value.TooLarge}
	}
	other := value.NearestFloat(arguments[0])
	if math.IsNaN(one) || math.IsNaN(other) {
		return finding{}
	}
	ulps, err := value.IntOf(measureUlps(one, other))
	if err != nil {
		return finding{code: value.TooLarge}
	}
	return finding{
		passed:  value.CompareNumbers(ulps, arguments[1]) <= 0,
		details: []Detail{{Name: "ulps", Value: ulps}},
	}
}

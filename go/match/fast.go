package match

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// fastPaths are shorter ways to evaluate assertions on common native types. Each reports whether the
// assertion is known to pass; everything else is left to the evaluation on values of the kit.
var fastPaths = map[string]func(actual any, arguments []any) bool{
	"equal":           func(actual any, arguments []any) bool { return plainlyEqual(actual, arguments[0]) },
	"not_equal":       func(actual any, arguments []any) bool { return plainlyUnequal(actual, arguments[0]) },
	"is_null":         func(actual any, _ []any) bool { return actual == nil },
	"is_not_null":     func(actual any, _ []any) bool { return isPlain(actual) },
	"is_true":         func(actual any, _ []any) bool { return actual == true },
	"is_false":        func(actual any, _ []any) bool { return actual == false },
	"is_less_than":    inOrder(func(order int) bool { return order < 0 }),
	"is_at_most":      inOrder(func(order int) bool { return order <= 0 }),
	"is_greater_than": inOrder(func(order int) bool { return order > 0 }),
	"is_at_least":     inOrder(func(order int) bool { return order >= 0 }),
	"is_between":      isPlainlyBetween,
	"contains":        func(actual any, arguments []any) bool { return plainlyContains(actual, arguments[0]) },
	"contains_text":   inText(strings.Contains),
	"starts_with":     inText(strings.HasPrefix),
	"ends_with":       inText(strings.HasSuffix),
	"succeeds":        returned,
	"does_not_panic":  returned,
	"has_length": func(actual any, arguments []any) bool {
		length, ok := plainLength(actual)
		return ok && arguments[0] == length
	},
	"is_empty": func(actual any, _ []any) bool {
		length, ok := plainLength(actual)
		return ok && length == 0
	},
	"is_not_empty": func(actual any, _ []any) bool {
		length, ok := plainLength(actual)
		return ok && length > 0
	},
}

// passesFast reports whether the assertion is known to pass without converting anything.
func (m Matcher) passesFast(actual any) bool {
	passes, ok := fastPaths[m.name]
	return ok && passes(actual, m.arguments)
}

func plainlyEqual(actual, expected any) bool {
	switch actual := actual.(type) {
	case nil:
		return expected == nil
	case bool, int, int64:
		return actual == expected
	case float64:
		expected, ok := expected.(float64)
		return ok && areEqual(actual, expected)
	case string:
		return actual == expected && utf8.ValidString(actual)
	case []byte:
		expected, ok := expected.([]byte)
		return ok && bytes.Equal(actual, expected)
	case []int:
		expected, ok := expected.([]int)
		return ok && slices.Equal(actual, expected)
	case []string:
		expected, ok := expected.([]string)
		return ok && slices.Equal(actual, expected) && areValid(actual)
	default:
		return plainlySame(actual, expected)
	}
}

func plainlyUnequal(actual, expected any) bool {
	switch actual := actual.(type) {
	case bool:
		expected, ok := expected.(bool)
		return ok && actual != expected
	case int:
		expected, ok := expected.(int)
		return ok && actual != expected
	case string:
		expected, ok := expected.(string)
		return ok && actual != expected && utf8.ValidString(actual) && utf8.ValidString(expected)
	default:
		return false
	}
}

// isPlain reports whether a value is of a type that converts to something other than null.
func isPlain(actual any) bool {
	switch actual := actual.(type) {
	case bool, int, int64, float64:
		return true
	case string:
		return utf8.ValidString(actual)
	default:
		return false
	}
}

// inOrder returns the fast path of a comparison with the first argument.
func inOrder(holds func(order int) bool) func(any, []any) bool {
	return func(actual any, arguments []any) bool {
		order, ok := plainOrder(actual, arguments[0])
		return ok && holds(order)
	}
}

func isPlainlyBetween(actual any, arguments []any) bool {
	low, lowOK := plainOrder(arguments[0], actual)
	high, highOK := plainOrder(actual, arguments[1])
	return lowOK && highOK && low <= 0 && high <= 0
}

// plainOrder returns -1, 0 or 1; ok is false for all but two values of the same common type.
func plainOrder(left, right any) (order int, ok bool) {
	switch left := left.(type) {
	case int:
		right, ok := right.(int)
		return cmp.Compare(left, right), ok
	case float64:
		right, ok := right.(float64)
		return cmp.Compare(left, right), ok && !math.IsNaN(left) && !math.IsNaN(right)
	case string:
		right, ok := right.(string)
		// The order of the octets of valid UTF-8 is that of its code points.
		return cmp.Compare(left, right), ok && utf8.ValidString(left) && utf8.ValidString(right)
	default:
		return 0, false
	}
}

// inText returns the fast path of a search for the first argument.
func inText(holds func(text, part string) bool) func(any, []any) bool {
	return func(actual any, arguments []any) bool {
		text, textOK := actual.(string)
		part, partOK := arguments[0].(string)
		return textOK && partOK && holds(text, part) && utf8.ValidString(text) && utf8.ValidString(part)
	}
}

func plainlyContains(actual, item any) bool {
	switch actual := actual.(type) {
	case []int:
		item, ok := item.(int)
		return ok && slices.Contains(actual, item)
	case []string:
		item, ok := item.(string)
		return ok && slices.Contains(actual, item) && areValid(actual)
	default:
		return false
	}
}

// plainLength returns the number of characters, octets or items.
func plainLength(actual any) (length int, ok bool) {
	switch actual := actual.(type) {
	case string:
		return utf8.RuneCountInString(actual), utf8.ValidString(actual)
	case []byte:
		return len(actual), true
	case []int:
		return len(actual), true
	case []string:
		return len(actual), areValid(actual)
	default:
		return 0, false
	}
}

func areValid(texts []string) bool {
	for _, text := range texts {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

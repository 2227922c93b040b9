package assertions

import (
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

// transform returns another value for values of some kinds.
type transform struct {
	kinds kinds
	// apply returns the transformed value, nil for a list without the item, or the code of an error.
	apply func(actual value.Value) (value.Value, value.ErrorCode)
}

// transforms has every transform by its name.
var transforms = map[string]transform{
	"length":      {sizedKinds, always(func(v value.Value) value.Value { return value.NewInt(int64(sizeOf(v))) })},
	"lower_ascii": {onlyText, ofChars(lowerCase)},
	"upper_ascii": {onlyText, ofChars(upperCase)},
	"trim":        {onlyText, always(trimmed)},
	"lines":       {onlyText, always(func(v value.Value) value.Value { return value.List(linesOf(textOf(v))) })},
	"keys":        {onlyMap, always(func(v value.Value) value.Value { return value.List(itemsOf(v)) })},
	"values":      {onlyMap, always(func(v value.Value) value.Value { return value.List(valuesOf(mapOf(v))) })},
	"sorted":      {itemsKinds, sorted},
	"reversed":    {onlyList, always(reversed)},
	"first":       {onlyList, itemAt(func(int) int { return 0 })},
	"last":        {onlyList, itemAt(func(size int) int { return size - 1 })},
}

// of returns the transformed value, nil for a list without the item, or the code of an error.
func (t transform) of(actual value.Value) (value.Value, value.ErrorCode) {
	if !t.kinds.allow(actual.Kind()) {
		return nil, value.WrongKind
	}
	return t.apply(actual)
}

func always(change func(actual value.Value) value.Value) func(value.Value) (value.Value, value.ErrorCode) {
	return func(actual value.Value) (value.Value, value.ErrorCode) {
		return change(actual), ""
	}
}

func ofChars(change func(char rune) rune) func(value.Value) (value.Value, value.ErrorCode) {
	return always(func(actual value.Value) value.Value {
		return value.Text(strings.Map(change, textOf(actual)))
	})
}

func lowerCase(char rune) rune {
	if isUpperCase(char) {
		return char + 'a' - 'A'
	}
	return char
}

func upperCase(char rune) rune {
	if isLowerCase(char) {
		return char - 'a' + 'A'
	}
	return char
}

func trimmed(actual value.Value) value.Value {
	return value.Text(strings.TrimFunc(textOf(actual), isWhitespace))
}

func sorted(actual value.Value) (value.Value, value.ErrorCode) {
	items := itemsOf(actual)
	// All items first: the comparisons of a sort differ from language to language.
	for _, item := range items {
		if _, ok := compare(items[0], item); !ok {
			return nil, value.NotComparable
		}
	}
	return value.List(slices.SortedStableFunc(slices.Values(items), func(left, right value.Value) int {
		order, _ := compare(left, right)
		return order
	})), ""
}

func reversed(actual value.Value) value.Value {
	items := slices.Clone(itemsOf(actual))
	slices.Reverse(items)
	return value.List(items)
}

// itemAt returns the transform of a list to the item at an index that depends on its size.
func itemAt(index func(size int) int) func(value.Value) (value.Value, value.ErrorCode) {
	return func(actual value.Value) (value.Value, value.ErrorCode) {
		items := itemsOf(actual)
		if len(items) == 0 {
			return nil, ""
		}
		return items[index(len(items))], ""
	}
}

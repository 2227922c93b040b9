package assertions

import (
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var (
	itemParameter  = []Parameter{{Name: "item", kinds: anyKind}}
	itemsParameter = []Parameter{{Name: "items", kinds: onlyList}}
	countParameter = []Parameter{{Name: "count", kinds: onlyInt}}
)

var collectionEntries = []Entry{
	{Name: "contains", Parameters: itemParameter, actual: itemKinds, body: passesIf(contains)},
	{
		Name: "not_contains", Parameters: itemParameter, Details: []string{"index"}, actual: itemKinds,
		body: notContains,
	},
	{
		Name: "contains_all", Parameters: itemsParameter, Details: []string{"missing"}, actual: itemKinds,
		body: containsAll,
	},
	{
		Name: "has_length", Parameters: countParameter, Details: []string{"length"}, actual: sizedKinds,
		demand: demandCount, body: hasLength,
	},
	{Name: "is_empty", Details: []string{"size"}, actual: sizedKinds, body: isEmpty},
	{Name: "is_not_empty", actual: sizedKinds, body: passesIf(isNotEmpty)},
}

// itemsOf returns the items of a list or set, or the keys of a map.
func itemsOf(actual value.Value) []value.Value {
	switch actual := actual.(type) {
	case value.List:
		return actual
	case value.Set:
		return actual.Items()
	case value.Map:
		return keysOf(actual)
	default:
		return nil
	}
}

// sizeOf returns the number of code points, octets, items or entries.
func sizeOf(actual value.Value) int {
	switch actual := actual.(type) {
	case value.Text:
		return utf8.RuneCountInString(string(actual))
	case value.Bytes:
		return len(actual)
	default:
		return len(itemsOf(actual))
	}
}

// contains reports whether the items, or the keys of a map, contain the first argument.
func contains(actual value.Value, arguments []value.Value) bool {
	return value.IndexOf(itemsOf(actual), arguments[0]) >= 0
}

func notContains(actual value.Value, arguments []value.Value) finding {
	index := value.IndexOf(itemsOf(actual), arguments[0])
	if index < 0 || actual.Kind() == value.KindSet {
		return finding{passed: index < 0}
	}
	return finding{details: intDetail("index", index)}
}

func containsAll(actual value.Value, arguments []value.Value) finding {
	missing := value.Missing(itemsOf(arguments[0]), itemsOf(actual))
	return finding{
		passed:  len(missing) == 0,
		details: []Detail{{Name: "missing", Value: value.List(missing)}},
	}
}

// demandCount requires that the count is not negative.
func demandCount(arguments []value.Value) value.ErrorCode {
	if value.CompareNumbers(arguments[0], value.Int{}) < 0 {
		return value.BadArgument
	}
	return ""
}

func hasLength(actual value.Value, arguments []value.Value) finding {
	size := sizeOf(actual)
	return finding{
		passed:  value.Equal(value.NewInt(int64(size)), arguments[0]),
		details: intDetail("length", size),
	}
}

func isEmpty(actual value.Value, _ []value.Value) finding {
	size := sizeOf(actual)
	return finding{passed: size == 0, details: intDetail("size", size)}
}

func isNotEmpty(actual value.Value, _ []value.Value) bool {
	return sizeOf(actual) > 0
}

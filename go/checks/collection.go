package checks

import (
	"slices"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var (
	item     = []Parameter{{Name: "item", kinds: anyKind}}
	itemList = []Parameter{{Name: "items", kinds: onlyList}}
	count    = []Parameter{{Name: "count", kinds: onlyInt}}
	key      = []Parameter{{Name: "key", kinds: anyKind}}
)

var collectionEntries = []Entry{
	{Name: "contains", Parameters: item, actual: items, body: plain(contains)},
	{
		Name: "not_contains", Parameters: item, Details: []string{"index"}, actual: items,
		body: notContains,
	},
	{
		Name: "contains_all", Parameters: itemList, Details: []string{"missing"}, actual: items,
		body: containsAll,
	},
	{
		Name: "has_length", Parameters: count, Details: []string{"length"}, actual: sized,
		demand: demandCount, body: hasLength,
	},
	{Name: "is_empty", Details: []string{"size"}, actual: sized, body: isEmpty},
	{Name: "is_not_empty", actual: sized, body: plain(isNotEmpty)},
	{Name: "has_key", Parameters: key, Details: []string{"keys"}, actual: onlyMap, body: hasKey},
	{Name: "lacks_key", Parameters: key, actual: onlyMap, body: opposite(keyIsThere)},
}

// itemsOf are the items of a list or set, or the keys of a map.
func itemsOf(actual value.Value) []value.Value {
	switch actual := actual.(type) {
	case value.List:
		return actual
	case value.Set:
		return actual.Items()
	case value.Map:
		keys := make([]value.Value, 0, len(actual.Entries()))
		for _, entry := range actual.Entries() {
			keys = append(keys, entry.Key)
		}
		return keys
	default:
		return nil
	}
}

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

// indexOf is the index of the first item that equals this one; -1 for none.
func indexOf(within []value.Value, wanted value.Value) int {
	return slices.IndexFunc(within, func(one value.Value) bool { return value.Equal(one, wanted) })
}

func contains(actual value.Value, arguments []value.Value) bool {
	return indexOf(itemsOf(actual), arguments[0]) >= 0
}

func notContains(actual value.Value, arguments []value.Value) finding {
	index := indexOf(itemsOf(actual), arguments[0])
	if index < 0 || actual.Kind() == value.KindSet {
		return finding{passed: index < 0}
	}
	return finding{details: intDetail("index", index)}
}

func containsAll(actual value.Value, arguments []value.Value) finding {
	missing := value.List{}
	for _, wanted := range itemsOf(arguments[0]) {
		if indexOf(itemsOf(actual), wanted) < 0 {
			missing = append(missing, wanted)
		}
	}
	return finding{
		passed:  len(missing) == 0,
		details: []Detail{{Name: "missing", Value: missing}},
	}
}

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

func keyIsThere(actual value.Value, arguments []value.Value) bool {
	return indexOf(itemsOf(actual), arguments[0]) >= 0
}

func hasKey(actual value.Value, arguments []value.Value) finding {
	return finding{
		passed:  keyIsThere(actual, arguments),
		details: []Detail{{Name: "keys", Value: value.List(itemsOf(actual))}},
	}
}

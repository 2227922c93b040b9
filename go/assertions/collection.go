package assertions

import (
	"math/big"
	"slices"

	"testingkit.dev/go/value"
)

var collectionRules = rules{
	"contains":                      {body: passesIf(contains)},
	"not_contains":                  {body: notContains},
	"contains_all":                  {body: containsAll},
	"contains_any":                  {body: passesIf(containsAny)},
	"contains_none":                 {body: containsNone},
	"contains_only":                 {body: containsOnly},
	"contains_exactly_in_any_order": {body: containsExactlyInAnyOrder},
	"contains_times":                {demand: demandCount, body: containsTimes},
	"contains_once":                 {body: containsOnce},
	"has_no_duplicates":             {body: hasNoDuplicates},
	"has_duplicates":                {body: passesIf(hasDuplicates)},
	"has_single_item":               {body: hasSingleItem},
	"all_items_equal":               {body: allItemsEqual},
	"has_no_nulls":                  {body: hasNoNulls},
	"sums_to":                       {body: sumsTo},
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

// itemsDetail returns a detail that lists items.
func itemsDetail(name string, items []value.Value) Detail {
	return Detail{Name: name, Value: value.List(items)}
}

// passesWithout returns a finding with the details that are not empty; it passes if all are.
func passesWithout(details ...Detail) finding {
	var rest []Detail
	for _, detail := range details {
		if sizeOf(detail.Value) > 0 {
			rest = append(rest, detail)
		}
	}
	return finding{passed: len(rest) == 0, details: rest}
}

// passesUnlessAt returns the finding that passes without an index, so if it is -1. The items of a set
// have no index to show.
func passesUnlessAt(index int, actual value.Value) finding {
	if index < 0 || actual.Kind() == value.KindSet {
		return finding{passed: index < 0}
	}
	return finding{details: intDetail("index", index)}
}

// contains reports whether the items, or the keys of a map, contain the first argument.
func contains(actual value.Value, arguments []value.Value) bool {
	return value.IndexOf(itemsOf(actual), arguments[0]) >= 0
}

func notContains(actual value.Value, arguments []value.Value) finding {
	return passesUnlessAt(value.IndexOf(itemsOf(actual), arguments[0]), actual)
}

func containsAll(actual value.Value, arguments []value.Value) finding {
	return passesWithout(itemsDetail("missing", value.Missing(itemsOf(arguments[0]), itemsOf(actual))))
}

func containsAny(actual value.Value, arguments []value.Value) bool {
	return len(value.Found(itemsOf(arguments[0]), itemsOf(actual))) > 0
}

func containsNone(actual value.Value, arguments []value.Value) finding {
	return passesWithout(itemsDetail("found", value.Found(itemsOf(arguments[0]), itemsOf(actual))))
}

func containsOnly(actual value.Value, arguments []value.Value) finding {
	items, wanted := itemsOf(actual), itemsOf(arguments[0])
	return passesWithout(
		itemsDetail("missing", value.Missing(wanted, items)),
		itemsDetail("extra", value.Missing(items, wanted)),
	)
}

func containsExactlyInAnyOrder(actual value.Value, arguments []value.Value) finding {
	items, wanted := itemsOf(actual), itemsOf(arguments[0])
	return passesWithout(
		itemsDetail("missing", value.Unpaired(wanted, items)),
		itemsDetail("extra", value.Unpaired(items, wanted)),
	)
}

func containsTimes(actual value.Value, arguments []value.Value) finding {
	count := 0
	for _, isEqual := range value.AreEqualTo(arguments[0], itemsOf(actual)) {
		if isEqual {
			count++
		}
	}
	return finding{
		passed:  value.Equal(value.NewInt(int64(count)), arguments[1]),
		details: intDetail("count", count),
	}
}

func containsOnce(actual value.Value, arguments []value.Value) finding {
	return containsTimes(actual, []value.Value{arguments[0], value.NewInt(1)})
}

func hasNoDuplicates(actual value.Value, _ []value.Value) finding {
	return passesWithout(itemsDetail("found", value.Repeated(itemsOf(actual))))
}

func hasDuplicates(actual value.Value, _ []value.Value) bool {
	return len(value.Repeated(itemsOf(actual))) > 0
}

func hasSingleItem(actual value.Value, arguments []value.Value) finding {
	size := sizeOf(actual)
	return finding{
		passed:  size == 1 && contains(actual, arguments),
		details: intDetail("length", size),
	}
}

func allItemsEqual(actual value.Value, _ []value.Value) finding {
	items := itemsOf(actual)
	if len(items) == 0 {
		return finding{passed: true}
	}
	return passesUnlessAt(slices.Index(value.AreEqualTo(items[0], items), false), actual)
}

func hasNoNulls(actual value.Value, _ []value.Value) finding {
	return notContains(actual, []value.Value{value.Null{}})
}

func sumsTo(actual value.Value, arguments []value.Value) finding {
	total := new(big.Int)
	for _, item := range itemsOf(actual) {
		number, ok := item.(value.Int)
		if !ok {
			return finding{code: value.WrongKind}
		}
		total.Add(total, number.Big())
	}
	sum, err := value.IntOf(total)
	if err != nil {
		return finding{code: value.TooLarge}
	}
	return finding{
		passed:  value.Equal(sum, arguments[0]),
		details: []Detail{{Name: "sum", Value: sum}},
	}
}

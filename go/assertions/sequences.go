package assertions

import (
	"slices"

	"testingkit.dev/go/value"
)

var sequenceRules = rules{
	"contains_exactly":     {body: containsExactly},
	"contains_sequence":    {body: passesIf(containsSequence)},
	"contains_subsequence": {body: containsSubsequence},
	"starts_with_items":    {body: startsWithItems},
	"ends_with_items":      {body: endsWithItems},
	"has_item_at":          {body: hasItemAt},
	"has_first":            {body: hasFirst},
	"has_last":             {body: hasLast},
}

// firstUnequal returns the first index at which two sequences are not equal or only one has an item,
// or -1.
func firstUnequal(one, other []value.Value) int {
	shorter := min(len(one), len(other))
	index := 0
	for index < shorter && value.Equal(one[index], other[index]) {
		index++
	}
	if index == len(one) && index == len(other) {
		return -1
	}
	return index
}

func containsExactly(actual value.Value, arguments []value.Value) finding {
	index := firstUnequal(itemsOf(actual), itemsOf(arguments[0]))
	if index < 0 {
		return finding{passed: true}
	}
	return finding{details: intDetail("index", index), diff: expandedDifference(actual, arguments[0])}
}

func containsSequence(actual value.Value, arguments []value.Value) bool {
	return value.HasRun(itemsOf(arguments[0]), itemsOf(actual))
}

func containsSubsequence(actual value.Value, arguments []value.Value) finding {
	missing := value.NotInOrder(itemsOf(arguments[0]), itemsOf(actual))
	return passesWithout(itemsDetail("missing", missing))
}

func startsWithItems(actual value.Value, arguments []value.Value) finding {
	items, wanted := itemsOf(actual), itemsOf(arguments[0])
	return passesUnlessAt(firstUnequal(items[:min(len(items), len(wanted))], wanted), actual)
}

func endsWithItems(actual value.Value, arguments []value.Value) finding {
	items, wanted := slices.Clone(itemsOf(actual)), slices.Clone(itemsOf(arguments[0]))
	slices.Reverse(items)
	slices.Reverse(wanted)
	distance := firstUnequal(items[:min(len(items), len(wanted))], wanted)
	if distance < 0 {
		return finding{passed: true}
	}
	return finding{details: intDetail("index", len(wanted)-1-distance)}
}

func hasItemAt(actual value.Value, arguments []value.Value) finding {
	items := itemsOf(actual)
	index := arguments[0].(value.Int).Big()
	if !index.IsInt64() {
		return finding{}
	}
	place := index.Int64()
	if place < 0 {
		place += int64(len(items))
	}
	if place < 0 || place >= int64(len(items)) {
		return finding{}
	}
	item := items[place]
	return finding{
		passed:  value.Equal(item, arguments[1]),
		details: []Detail{{Name: "item", Value: item}},
	}
}

func hasFirst(actual value.Value, arguments []value.Value) finding {
	return hasItemAt(actual, []value.Value{value.NewInt(0), arguments[0]})
}

func hasLast(actual value.Value, arguments []value.Value) finding {
	return hasItemAt(actual, []value.Value{value.NewInt(-1), arguments[0]})
}

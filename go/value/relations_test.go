package value

import (
	"fmt"
	"slices"
	"testing"
)

// randomPairs is the number of random pairs of each relation.
const randomPairs = 400

func TestRelationsAreThoseOfTheDefinition(t *testing.T) {
	for name, relation := range map[string]Relation{
		"equality": Equality, "identity": Identity, "equivalence": Equivalence,
	} {
		t.Run(name, func(t *testing.T) {
			values := newValues(1)
			seen := map[bool]bool{}
			for range randomPairs {
				left, right := values.pair()
				want := relatesByDefinition(relation, left, right)
				seen[want] = true
				comparison := NewComparison(relation, left, right)
				if got := relation.Holds(left, right); got != want {
					t.Fatalf("Holds = %v, want %v: %v %v", got, want, left, right)
				}
				if got := comparison.Related(comparison.Left, comparison.Right); got != want {
					t.Fatalf("Related = %v, want %v: %v %v", got, want, left, right)
				}
			}
			if !seen[true] || !seen[false] {
				t.Errorf("all pairs have the same verdict")
			}
		})
	}
}

func TestLookupsFindTheEqualValuesOfTheDefinition(t *testing.T) {
	values := newValues(2)
	for range randomPairs {
		var items, wanted []Value
		for range 4 {
			item := values.value(2)
			items, wanted = append(items, item), append(wanted, values.similar(item))
		}
		var missing, found []Value
		for _, value := range wanted {
			if hasByDefinition(items, value) {
				found = append(found, value)
			} else {
				missing = append(missing, value)
			}
			for i, got := range AreEqualTo(value, items) {
				if got != hasByDefinition(items[i:i+1], value) {
					t.Fatalf("AreEqualTo = %v at %d: %v %v", got, i, items, value)
				}
			}
			if got := IndexOf(items, value); (got >= 0) != hasByDefinition(items, value) {
				t.Fatalf("IndexOf = %v: %v %v", got, items, value)
			}
			if got := IndexOf(items, value); got > 0 && hasByDefinition(items[:got], value) {
				t.Fatalf("IndexOf = %v, which is not the first: %v %v", got, items, value)
			}
		}
		if got := Missing(wanted, items); fmt.Sprint(got) != fmt.Sprint(missing) {
			t.Fatalf("Missing = %v, want %v", got, missing)
		}
		if got := Found(wanted, items); fmt.Sprint(got) != fmt.Sprint(found) {
			t.Fatalf("Found = %v, want %v", got, found)
		}
		sorted := append(items, wanted[:2]...)
		Sort(sorted)
		isUnique := true
		for i, value := range sorted {
			isUnique = isUnique && !hasByDefinition(sorted[i+1:], value)
		}
		if got := areUnique(sorted); got != isUnique {
			t.Fatalf("areUnique = %v, want %v: %v", got, isUnique, sorted)
		}
	}
}

func TestPairsAndOrdersAreThoseOfTheDefinition(t *testing.T) {
	values := newValues(3)
	type result struct {
		unpaired int
		isRun    bool
	}
	seen := map[result]bool{}
	for range randomPairs {
		items, wanted := make([]Value, 6), make([]Value, 4)
		for i := range items {
			items[i] = values.tied()
		}
		for i := range wanted {
			wanted[i] = values.tied()
		}
		var paired, unpaired, repeated []Value
		for _, value := range wanted {
			if canBePaired(append(slices.Clone(paired), value), items) {
				paired = append(paired, value)
			} else {
				unpaired = append(unpaired, value)
			}
		}
		if got := Unpaired(wanted, items); fmt.Sprint(got) != fmt.Sprint(unpaired) {
			t.Fatalf("Unpaired = %v, want %v: %v %v", got, unpaired, wanted, items)
		}
		for i, item := range items {
			if hasByDefinition(items[:i], item) {
				repeated = append(repeated, item)
			}
		}
		if got := Repeated(items); fmt.Sprint(got) != fmt.Sprint(repeated) {
			t.Fatalf("Repeated = %v, want %v: %v", got, repeated, items)
		}
		isRun := isRunByDefinition(wanted[:2], items)
		if got := HasRun(wanted[:2], items); got != isRun {
			t.Fatalf("HasRun = %v, want %v: %v %v", got, isRun, wanted[:2], items)
		}
		fitting := len(wanted)
		for !isInOrder(wanted[:fitting], items) {
			fitting--
		}
		if got := NotInOrder(wanted, items); fmt.Sprint(got) != fmt.Sprint(wanted[fitting:]) {
			t.Fatalf("NotInOrder = %v, want %v: %v %v", got, wanted[fitting:], wanted, items)
		}
		seen[result{len(unpaired), isRun}] = true
	}
	if len(seen) <= 5 {
		t.Errorf("few different results: %v", seen)
	}
}

// A comparison looks at each part a fixed number of times, however deep it is nested.
func TestAComparisonHasOnePartForEachPartOfTheValues(t *testing.T) {
	left, right := nested(100, NewInt(1)), nested(100, NewInt(2))
	comparison := NewComparison(Equality, left, right)
	if comparison.Related(comparison.Left, comparison.Right) {
		t.Error("the values relate, but they differ at the innermost place")
	}
	if len(comparison.numbers) > 500 || len(comparison.verdicts) > 0 {
		t.Errorf("%d numbers, %d verdicts", len(comparison.numbers), len(comparison.verdicts))
	}
}

// nested returns maps with one key, which is a list.
func nested(levels int, innermost Value) Value {
	for range levels {
		innermost = Map{entries: []Entry{{Key: List{Text("key")}, Value: innermost}}}
	}
	return innermost
}

func TestUnmatchedEntriesAreThoseOfTheDefinition(t *testing.T) {
	values := newValues(3)
	seen := map[bool]bool{}
	for range randomPairs {
		keys := []Value{values.value(2), values.value(2), values.value(2), values.value(2)}
		wanted := values.mapOf(keys, func(int) Value { return values.value(1) })
		other, ok := values.similar(wanted).(Map)
		if !ok {
			continue
		}
		var want []UnmatchedEntry
		for _, entry := range wanted.(Map).entries {
			if found, isMatched := valueByDefinition(other, entry); !isMatched {
				want = append(want, UnmatchedEntry{Entry: entry, Other: found})
				seen[found == nil] = true
			}
		}
		if got := UnmatchedEntries(wanted.(Map), other); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("UnmatchedEntries = %v, want %v: %v %v", got, want, wanted, other)
		}
	}
	if !seen[true] || !seen[false] {
		t.Errorf("all unmatched entries have an equal key, or none has")
	}
}

// valueByDefinition returns the value of the first entry with an equal key, or nil; isMatched
// reports whether an entry with an equal key has an equal value.
func valueByDefinition(m Map, wanted Entry) (found Value, isMatched bool) {
	for _, entry := range m.entries {
		if !relatesByDefinition(Equality, wanted.Key, entry.Key) {
			continue
		}
		if found == nil {
			found = entry.Value
		}
		isMatched = isMatched || relatesByDefinition(Equality, wanted.Value, entry.Value)
	}
	return found, isMatched
}

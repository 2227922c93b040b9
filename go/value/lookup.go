package value

import "slices"

// IndexOf returns the index of the first item that equals wanted, or -1 without one.
func IndexOf(items []Value, wanted Value) int {
	found := -1
	var undecided []int
	for i, item := range items {
		verdict := Equality.byPlace(item, wanted)
		if verdict == yes {
			found = i
			break
		}
		if verdict == open {
			undecided = append(undecided, i)
		}
	}
	candidates := make([]Value, 0, len(undecided))
	for _, i := range undecided {
		candidates = append(candidates, items[i])
	}
	if i := slices.Index(relatedTo(wanted, candidates), true); i >= 0 {
		return undecided[i]
	}
	return found
}

// AreEqualTo reports for each item whether it equals wanted.
func AreEqualTo(wanted Value, items []Value) []bool {
	equal := make([]bool, len(items))
	var undecided []int
	var candidates []Value
	for i, item := range items {
		switch Equality.byPlace(item, wanted) {
		case yes:
			equal[i] = true
		case open:
			undecided = append(undecided, i)
			candidates = append(candidates, item)
		}
	}
	for i, related := range relatedTo(wanted, candidates) {
		equal[undecided[i]] = related
	}
	return equal
}

// relatedTo is AreEqualTo without a look at the places.
func relatedTo(wanted Value, items []Value) []bool {
	if len(items) == 0 {
		return nil
	}
	comparison := compareAll([]Value{wanted}, items)
	related := make([]bool, len(items))
	for i, part := range comparison.Right.Parts {
		related[i] = comparison.Related(comparison.Left.Parts[0], part)
	}
	return related
}

// Missing returns the wanted values that do not equal one of the items.
func Missing(wanted, items []Value) []Value {
	return matched(wanted, items, false)
}

// Found returns the wanted values that equal one of the items.
func Found(wanted, items []Value) []Value {
	return matched(wanted, items, true)
}

func matched(wanted, items []Value, want bool) []Value {
	comparison := compareAll(wanted, items)
	groups := byNumbers(comparison.Right.Entries())
	var values []Value
	for _, entry := range comparison.Left.Entries() {
		if comparison.hasRelated(groups[numbersOf(entry)], entry) == want {
			values = append(values, entry[0].Value)
		}
	}
	return values
}

// Repeated returns the items that equal an earlier one.
func Repeated(items []Value) []Value {
	comparison := compareAll(items, nil)
	earlier := map[int][][]*Part{}
	var repeated []Value
	for _, entry := range comparison.Left.Entries() {
		number := entry[0].number
		if comparison.hasRelated(earlier[number], entry) {
			repeated = append(repeated, entry[0].Value)
		}
		earlier[number] = append(earlier[number], entry)
	}
	return repeated
}

// areUnique reports whether no two of the values, which are in canonical order, are equal.
func areUnique(ordered []Value) bool {
	var containers []Value
	for i, v := range ordered {
		switch {
		case !Equality.isSimple(v.Kind()):
			containers = append(containers, v)
		case i > 0 && Equality.byPlace(ordered[i-1], v) == yes:
			return false
		}
	}
	comparison := compareAll(containers, nil)
	for _, group := range byNumbers(comparison.Left.Entries()) {
		for i, entry := range group {
			if comparison.hasRelated(group[i+1:], entry) {
				return false
			}
		}
	}
	return true
}

// compareAll returns the comparison of values all with all, those of both sides too: such values are
// the items of sets.
func compareAll(left, right []Value) *Comparison {
	return NewComparison(Equality, Set{items: left}, Set{items: right})
}

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

// UnmatchedEntry is an entry of a map that equals no entry of another map.
type UnmatchedEntry struct {
	// Entry is the entry.
	Entry Entry
	// Other is the value of the first entry of the other map with an equal key, or nil without one.
	Other Value
}

// UnmatchedEntries returns the wanted entries that equal no entry of the other map.
func UnmatchedEntries(wanted, other Map) []UnmatchedEntry {
	comparison := NewComparison(Equality, wanted, other)
	theirs := comparison.Right.Entries()
	groups, byKey := byNumbers(theirs), map[int][][]*Part{}
	for _, entry := range theirs {
		byKey[entry[0].number] = append(byKey[entry[0].number], entry)
	}
	var unmatched []UnmatchedEntry
	for _, entry := range comparison.Left.Entries() {
		if comparison.hasRelated(groups[numbersOf(entry)], entry) {
			continue
		}
		unmatched = append(unmatched, UnmatchedEntry{
			Entry: Entry{Key: entry[0].Value, Value: entry[1].Value},
			Other: comparison.valueOf(entry[0], byKey[entry[0].number]),
		})
	}
	return unmatched
}

// valueOf returns the value of the first entry with a related key, or nil without one.
func (c *Comparison) valueOf(key *Part, entries [][]*Part) Value {
	for _, entry := range entries {
		if c.Related(key, entry[0]) {
			return entry[1].Value
		}
	}
	return nil
}

// Partners returns for each of the wanted values the index of the first item that equals it, or -1
// without one.
func Partners(wanted, items []Value) []int {
	comparison := compareAll(wanted, items)
	places := map[int][]int{}
	for i, part := range comparison.Right.Parts {
		places[part.number] = append(places[part.number], i)
	}
	partners := make([]int, 0, len(wanted))
	for _, part := range comparison.Left.Parts {
		partner := -1
		for _, i := range places[part.number] {
			if comparison.Related(part, comparison.Right.Parts[i]) {
				partner = i
				break
			}
		}
		partners = append(partners, partner)
	}
	return partners
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
	if len(containers) == 0 {
		return true
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

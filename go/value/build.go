package value

import "slices"

// SetOf returns the set of these items, or bad_argument where two of them are equal.
func SetOf(items ...Value) (Set, error) {
	ordered := slices.Clone(items)
	SortValues(ordered)
	if !unique(ordered) {
		return Set{}, NewError(BadArgument)
	}
	return Set{items: ordered}, nil
}

// MapOf returns the map of these entries, or bad_argument where two keys are equal or a key is NaN.
func MapOf(entries ...Entry) (Map, error) {
	ordered := slices.Clone(entries)
	slices.SortStableFunc(ordered, func(one, other Entry) int { return Order(one.Key, other.Key) })
	keys := make([]Value, len(ordered))
	for place, entry := range ordered {
		keys[place] = entry.Key
	}
	if slices.ContainsFunc(keys, IsNaN) || !unique(keys) {
		return Map{}, NewError(BadArgument)
	}
	return Map{entries: ordered}, nil
}

// RecordOf returns the record of these fields, or bad_argument where two have the same name.
func RecordOf(name string, fields ...Field) (Record, error) {
	record := Record{name: name, fields: slices.Clone(fields)}
	sorted := sortedFields(record)
	for place := 1; place < len(sorted); place++ {
		if sorted[place].Name == sorted[place-1].Name {
			return Record{}, NewError(BadArgument)
		}
	}
	return record, nil
}

// unique looks for equal values among neighbours that the coarse order ties.
func unique(ordered []Value) bool {
	for place, one := range ordered {
		for _, other := range ordered[place+1:] {
			if coarse.compare(one, other) != 0 {
				break
			}
			if Equal(one, other) {
				return false
			}
		}
	}
	return true
}

package value

import "slices"

// SetOf returns the set of the items. The error is a [ConversionError] with the code [BadArgument]
// if two items are equal.
func SetOf(items ...Value) (Set, error) {
	ordered := slices.Clone(items)
	Sort(ordered)
	if !areUnique(ordered) {
		return Set{}, NewConversionError(BadArgument)
	}
	return Set{items: ordered}, nil
}

// MapOf returns the map of the entries. The error is a [ConversionError] with the code
// [BadArgument] if two keys are equal or a key is NaN.
func MapOf(entries ...Entry) (Map, error) {
	ordered := slices.Clone(entries)
	slices.SortStableFunc(ordered, func(left, right Entry) int { return Order(left.Key, right.Key) })
	keys := make([]Value, len(ordered))
	for i, entry := range ordered {
		keys[i] = entry.Key
	}
	if slices.ContainsFunc(keys, IsNaN) || !areUnique(keys) {
		return Map{}, NewConversionError(BadArgument)
	}
	return Map{entries: ordered}, nil
}

// RecordOf returns the record of the fields, in the given order. The error is a [ConversionError]
// with the code [BadArgument] if two fields have the same name.
func RecordOf(name string, fields ...Field) (Record, error) {
	record := Record{name: name, fields: slices.Clone(fields)}
	sorted := sortedFields(record)
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Name == sorted[i-1].Name {
			return Record{}, NewConversionError(BadArgument)
		}
	}
	return record, nil
}

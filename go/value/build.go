package value

import (
	"slices"
	"strings"
)

// SetOf returns the set of the items. The error is a [ConversionError] with the code [BadArgument]
// if two items are equal, and with the code of [Check] if an item fails it.
func SetOf(items ...Value) (Set, error) {
	if err := check(Set{items: items}, 1); err != nil {
		return Set{}, err
	}
	return setOf(items)
}

// setOf is SetOf for items that are known not to be too deep.
func setOf(items []Value) (Set, error) {
	ordered := slices.Clone(items)
	slices.SortStableFunc(ordered, compareTotally)
	if !areUnique(ordered) {
		return Set{}, NewConversionError(BadArgument)
	}
	return Set{items: ordered}, nil
}

// MapOf returns the map of the entries. The error is a [ConversionError] with the code
// [BadArgument] if two keys are equal or a key is NaN, and the code of [Check] if a key or a value
// fails it.
func MapOf(entries ...Entry) (Map, error) {
	if err := check(Map{entries: entries}, 1); err != nil {
		return Map{}, err
	}
	return mapOf(entries)
}

// mapOf is MapOf for entries that are known not to be too deep.
func mapOf(entries []Entry) (Map, error) {
	if !slices.ContainsFunc(entries, hasOtherKey) {
		return mapOfTexts(entries)
	}
	ordered := slices.Clone(entries)
	slices.SortStableFunc(ordered, func(left, right Entry) int { return compareTotally(left.Key, right.Key) })
	keys := make([]Value, len(ordered))
	for i, entry := range ordered {
		keys[i] = entry.Key
	}
	if slices.ContainsFunc(keys, IsNaN) || !areUnique(keys) {
		return Map{}, NewConversionError(BadArgument)
	}
	return Map{entries: ordered}, nil
}

func hasOtherKey(entry Entry) bool { return entry.Key.Kind() != KindText }

// mapOfTexts is mapOf for entries whose keys are texts, which have the order of their octets.
func mapOfTexts(entries []Entry) (Map, error) {
	ordered := slices.Clone(entries)
	slices.SortFunc(ordered, func(left, right Entry) int {
		return strings.Compare(string(left.Key.(Text)), string(right.Key.(Text)))
	})
	for i := 1; i < len(ordered); i++ {
		if ordered[i].Key == ordered[i-1].Key {
			return Map{}, NewConversionError(BadArgument)
		}
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

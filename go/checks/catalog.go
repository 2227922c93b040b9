package checks

import (
	"cmp"
	"maps"
	"slices"
)

var catalog = byName(
	equalityEntries, orderingEntries, closenessEntries, textEntries, collectionEntries,
)

// Catalog is every check, sorted by name.
func Catalog() []Entry {
	return slices.SortedFunc(maps.Values(catalog), func(one, other Entry) int {
		return cmp.Compare(one.Name, other.Name)
	})
}

func byName(groups ...[]Entry) map[string]Entry {
	entries := map[string]Entry{}
	for _, entry := range slices.Concat(groups...) {
		entries[entry.Name] = entry
	}
	return entries
}

package assertions

import (
	"cmp"
	"maps"
	"slices"
)

// catalog has every assertion by its name.
var catalog = byName(
	equalityEntries, orderingEntries, numberEntries, closenessEntries, textEntries, textEqualityEntries,
	textFormEntries, textFormatEntries, octetEntries, sizeEntries, collectionEntries, sequenceEntries,
	setEntries, mapEntries, kindEntries, collectionCheckEntries, compositionEntries, measurementEntries,
	caseFoldingEntries, timeEntries, outcomeEntries, structureEntries, jsonTextEntries, regexEntries,
	timedOutcomeEntries, shapeEntries, messageEntries,
)

// Catalog returns every assertion, sorted by name.
func Catalog() []Entry {
	return slices.SortedFunc(maps.Values(catalog), func(left, right Entry) int {
		return cmp.Compare(left.Name, right.Name)
	})
}

func byName(groups ...[]Entry) map[string]Entry {
	entries := map[string]Entry{}
	for _, entry := range slices.Concat(groups...) {
		entries[entry.Name] = entry
	}
	return entries
}

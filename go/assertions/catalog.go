package assertions

// catalog has every assertion by its name. It is joined when the program starts: an incomplete catalog
// ends it at once.
var catalog = joined(
	signatures,
	equalityRules, orderingRules, numberRules, closenessRules, textRules, textEqualityRules,
	textFormRules, textFormatRules, octetRules, sizeRules, collectionRules, sequenceRules, setRules,
	mapRules, kindRules, collectionCheckRules, compositionRules, measurementRules, caseFoldingRules,
	timeRules, outcomeRules, structureRules, jsonTextRules, regexRules,
	timedOutcomeRules, shapeRules, messageRules,
)

// Catalog returns every assertion, sorted by name.
func Catalog() []Entry {
	entries := make([]Entry, 0, len(signatures))
	for _, signature := range signatures {
		entries = append(entries, catalog[signature.Name])
	}
	return entries
}

// joined returns the entries of these signatures and rules by their names. It panics if a signature has no
// rule, or a rule no signature, or an assertion two rules.
func joined(signatures []Entry, groups ...rules) map[string]Entry {
	all := rules{}
	for _, group := range groups {
		for name, one := range group {
			if _, ok := all[name]; ok {
				panic("assertions: " + name + " has two rules")
			}
			all[name] = one
		}
	}
	entries := make(map[string]Entry, len(signatures))
	for _, entry := range signatures {
		one, ok := all[entry.Name]
		if !ok {
			panic("assertions: " + entry.Name + " has no rule")
		}
		entry.rule = one
		entries[entry.Name] = entry
	}
	for name := range all {
		if _, ok := entries[name]; !ok {
			panic("assertions: " + name + " has a rule, but no signature")
		}
	}
	return entries
}

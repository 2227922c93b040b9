package assertions

import "testingkit.dev/go/value"

var (
	keyParameter       = []Parameter{{Name: "key", kinds: anyKind}}
	keysParameter      = []Parameter{{Name: "keys", kinds: onlyList}}
	mapValuesParameter = []Parameter{{Name: "values", kinds: onlyList}}
	entryParameters    = []Parameter{{Name: "key", kinds: anyKind}, {Name: "value", kinds: anyKind}}
	entriesParameter   = []Parameter{{Name: "entries", kinds: onlyMap}}
	otherMapParameter  = []Parameter{{Name: "other", kinds: onlyMap}}
)

var mapEntries = []Entry{
	{Name: "has_key", Parameters: keyParameter, Details: []string{"keys"}, actual: onlyMap, body: hasKey},
	{Name: "lacks_key", Parameters: keyParameter, actual: onlyMap, body: failsIf(contains)},
	{
		Name: "has_keys", Parameters: keysParameter, Details: []string{"missing"}, actual: onlyMap,
		body: containsAll,
	},
	{
		Name: "lacks_keys", Parameters: keysParameter, Details: []string{"found"}, actual: onlyMap,
		body: containsNone,
	},
	{Name: "has_any_key", Parameters: keysParameter, actual: onlyMap, body: passesIf(containsAny)},
	{
		Name: "has_only_keys", Parameters: keysParameter, Details: bothDetails,
		actual: onlyMap, body: containsOnly,
	},
	{Name: "has_value", Parameters: anyValueParameter, actual: onlyMap, body: passesIf(hasValue)},
	{
		Name: "lacks_value", Parameters: anyValueParameter, Details: []string{"key"}, actual: onlyMap,
		body: lacksValue,
	},
	{
		Name: "has_values", Parameters: mapValuesParameter, Details: []string{"missing"}, actual: onlyMap,
		body: hasValues,
	},
	{
		Name: "has_entry", Parameters: entryParameters, Details: []string{"value"}, actual: onlyMap,
		body: hasEntry,
	},
	{Name: "lacks_entry", Parameters: entryParameters, actual: onlyMap, body: failsIf(containsEntry)},
	{
		Name: "has_entries", Parameters: entriesParameter, Details: []string{"missing", "differing"},
		actual: onlyMap, body: hasEntries,
	},
	{
		Name: "is_submap_of", Parameters: otherMapParameter, Details: []string{"extra", "differing"},
		actual: onlyMap, body: isSubmapOf,
	},
}

// mapOf returns the map in a value. The entry allows no other kind.
func mapOf(v value.Value) value.Map {
	m, _ := v.(value.Map)
	return m
}

func keysOf(m value.Map) []value.Value {
	keys := make([]value.Value, 0, len(m.Entries()))
	for _, entry := range m.Entries() {
		keys = append(keys, entry.Key)
	}
	return keys
}

func valuesOf(m value.Map) []value.Value {
	values := make([]value.Value, 0, len(m.Entries()))
	for _, entry := range m.Entries() {
		values = append(values, entry.Value)
	}
	return values
}

func hasKey(actual value.Value, arguments []value.Value) finding {
	return finding{
		passed:  contains(actual, arguments),
		details: []Detail{itemsDetail("keys", itemsOf(actual))},
	}
}

func hasValue(actual value.Value, arguments []value.Value) bool {
	return value.IndexOf(valuesOf(mapOf(actual)), arguments[0]) >= 0
}

func lacksValue(actual value.Value, arguments []value.Value) finding {
	index := value.IndexOf(valuesOf(mapOf(actual)), arguments[0])
	if index < 0 {
		return finding{passed: true}
	}
	return finding{details: []Detail{{Name: "key", Value: mapOf(actual).Entries()[index].Key}}}
}

func hasValues(actual value.Value, arguments []value.Value) finding {
	missing := value.Missing(itemsOf(arguments[0]), valuesOf(mapOf(actual)))
	return passesWithout(itemsDetail("missing", missing))
}

func containsEntry(actual value.Value, arguments []value.Value) bool {
	wanted, err := value.MapOf(value.Entry{Key: arguments[0], Value: arguments[1]})
	if err != nil {
		// The key is NaN or a part is too deep, so no map has this entry.
		return false
	}
	return len(value.UnmatchedEntries(wanted, mapOf(actual))) == 0
}

func hasEntry(actual value.Value, arguments []value.Value) finding {
	if containsEntry(actual, arguments) {
		return finding{passed: true}
	}
	index := value.IndexOf(itemsOf(actual), arguments[0])
	if index < 0 {
		return finding{}
	}
	return finding{details: []Detail{{Name: "value", Value: mapOf(actual).Entries()[index].Value}}}
}

func hasEntries(actual value.Value, arguments []value.Value) finding {
	var missing, differing []value.Entry
	for _, unmatched := range value.UnmatchedEntries(mapOf(arguments[0]), mapOf(actual)) {
		if unmatched.Other == nil {
			missing = append(missing, unmatched.Entry)
		} else {
			differing = append(differing, value.Entry{Key: unmatched.Entry.Key, Value: unmatched.Other})
		}
	}
	return passesWithout(entriesDetail("missing", missing), entriesDetail("differing", differing))
}

func isSubmapOf(actual value.Value, arguments []value.Value) finding {
	var extra, differing []value.Entry
	for _, unmatched := range value.UnmatchedEntries(mapOf(actual), mapOf(arguments[0])) {
		if unmatched.Other == nil {
			extra = append(extra, unmatched.Entry)
		} else {
			differing = append(differing, unmatched.Entry)
		}
	}
	return passesWithout(entriesDetail("extra", extra), entriesDetail("differing", differing))
}

// entriesDetail returns a detail with entries whose keys are those of a map.
func entriesDetail(name string, entries []value.Entry) Detail {
	m, _ := value.MapOf(entries...) // No two keys of a map are equal.
	return Detail{Name: name, Value: m}
}

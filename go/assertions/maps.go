package assertions

import "testingkit.dev/go/value"

var mapRules = rules{
	"has_key":       {body: hasKey},
	"lacks_key":     {body: failsIf(contains)},
	"has_keys":      {body: containsAll},
	"lacks_keys":    {body: containsNone},
	"has_any_key":   {body: passesIf(containsAny)},
	"has_only_keys": {body: containsOnly},
	"has_value":     {body: passesIf(hasValue)},
	"lacks_value":   {body: lacksValue},
	"has_values":    {body: hasValues},
	"has_entry":     {body: hasEntry},
	"lacks_entry":   {body: failsIf(containsEntry)},
	"has_entries":   {body: hasEntries},
	"is_submap_of":  {body: isSubmapOf},
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

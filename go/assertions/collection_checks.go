package assertions

import "testingkit.dev/go/value"

var collectionCheckRules = rules{
	"all_satisfy":          {compose: allSatisfy},
	"any_satisfies":        {compose: anySatisfies},
	"none_satisfies":       {compose: noneSatisfies},
	"exactly_satisfy":      {demand: demandCount, compose: exactlySatisfy},
	"each_in_order":        {compose: eachInOrder},
	"each_in_any_order":    {compose: eachInAnyOrder},
	"all_keys_satisfy":     {compose: allKeysSatisfy},
	"all_values_satisfy":   {compose: allValuesSatisfy},
	"has_entry_satisfying": {compose: hasEntrySatisfying},
}

func allSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	index, text, code := firstFailure(onEach(checks[0][0], itemsOf(actual)))
	found := passesUnlessAt(index, actual)
	return finding{passed: found.passed, details: append(found.details, failureDetail(text)), code: code}
}

func anySatisfies(actual value.Value, _ []value.Value, checks [][]check) finding {
	return anyPasses(onEach(checks[0][0], itemsOf(actual)))
}

func noneSatisfies(actual value.Value, _ []value.Value, checks [][]check) finding {
	places, code := passing(onEach(checks[0][0], itemsOf(actual)))
	if code != "" || len(places) == 0 {
		return finding{passed: true, code: code}
	}
	return passesUnlessAt(places[0], actual)
}

func exactlySatisfy(actual value.Value, values []value.Value, checks [][]check) finding {
	places, code := passing(onEach(checks[0][0], itemsOf(actual)))
	found := findCount(len(places), values[0])
	found.code = code
	return found
}

func eachInOrder(actual value.Value, _ []value.Value, checks [][]check) finding {
	items, wanted := itemsOf(actual), checks[0]
	var pairs []evaluation
	for i := range min(len(items), len(wanted)) {
		pairs = append(pairs, evaluation{wanted[i], items[i]})
	}
	index, text, code := firstFailure(pairs)
	switch {
	case code != "":
		return finding{code: code}
	case index >= 0:
		return finding{details: append(intDetail("index", index), failureDetail(text))}
	default:
		return finding{passed: len(items) == len(wanted), details: intDetail("index", len(pairs))}
	}
}

func eachInAnyOrder(actual value.Value, _ []value.Value, checks [][]check) finding {
	items := itemsOf(actual)
	options, code := evaluatePairs(checks[0], items)
	var found finding
	if lacking := unpairedRows(options); len(lacking) > 0 {
		found.details = intDetail("index", lacking[0])
	}
	var extra []value.Value
	for _, place := range unpairedRows(turned(options, len(items))) {
		extra = append(extra, items[place])
	}
	found.details = append(found.details, passesWithout(itemsDetail("extra", extra)).details...)
	if len(found.details) == 0 {
		return finding{passed: true}
	}
	found.code = code
	return found
}

// evaluatePairs returns for each check the places of the items for which it passes, and the code of the
// first error.
func evaluatePairs(checks []check, items []value.Value) (options [][]int, code value.ErrorCode) {
	for _, c := range checks {
		var places []int
		for i, item := range items {
			found := c.find(item)
			if code == "" {
				code = found.code
			}
			if found.code == "" && found.passed {
				places = append(places, i)
			}
		}
		options = append(options, places)
	}
	return options, code
}

func allKeysSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	return allInMap(mapOf(actual), itemsOf(actual), checks[0][0])
}

func allValuesSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	return allInMap(mapOf(actual), valuesOf(mapOf(actual)), checks[0][0])
}

// allInMap returns the finding that passes if the assertion does for all the values, which are the keys
// or the values of a map.
func allInMap(m value.Map, values []value.Value, c check) finding {
	place, text, code := firstFailure(onEach(c, values))
	if code != "" || place < 0 {
		return finding{passed: true, code: code}
	}
	key := Detail{Name: "key", Value: m.Entries()[place].Key}
	return finding{details: []Detail{key, failureDetail(text)}}
}

func hasEntrySatisfying(actual value.Value, values []value.Value, checks [][]check) finding {
	var candidates []value.Value
	for i, isEqual := range value.AreEqualTo(values[0], itemsOf(actual)) {
		if isEqual {
			candidates = append(candidates, mapOf(actual).Entries()[i].Value)
		}
	}
	evaluations := onEach(checks[0][0], candidates)
	places, code := passing(evaluations)
	if code != "" || len(places) > 0 || len(evaluations) == 0 {
		return finding{passed: len(places) > 0, code: code}
	}
	return evaluations[0].satisfies()
}

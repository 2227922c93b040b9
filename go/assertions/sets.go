package assertions

import "testingkit.dev/go/value"

var otherParameter = []Parameter{{Name: "other", kinds: itemKinds}}

var setEntries = []Entry{
	{
		Name: "is_subset_of", Parameters: otherParameter, Details: []string{"extra"}, actual: itemKinds,
		body: isSubsetOf,
	},
	{
		Name: "is_superset_of", Parameters: otherParameter, Details: []string{"missing"}, actual: itemKinds,
		body: containsAll,
	},
	{
		Name: "is_proper_subset_of", Parameters: otherParameter, Details: []string{"extra"},
		actual: itemKinds, body: isProperSubsetOf,
	},
	{
		Name: "is_disjoint_from", Parameters: otherParameter, Details: []string{"found"}, actual: itemKinds,
		body: isDisjointFrom,
	},
	{Name: "intersects", Parameters: otherParameter, actual: itemKinds, body: passesIf(containsAny)},
	{
		Name: "has_same_members_as", Parameters: otherParameter, Details: bothDetails, actual: itemKinds,
		body: containsOnly,
	},
}

func isSubsetOf(actual value.Value, arguments []value.Value) finding {
	return passesWithout(itemsDetail("extra", value.Missing(itemsOf(actual), itemsOf(arguments[0]))))
}

func isProperSubsetOf(actual value.Value, arguments []value.Value) finding {
	subset := isSubsetOf(actual, arguments)
	subset.passed = subset.passed && !containsAll(actual, arguments).passed
	return subset
}

func isDisjointFrom(actual value.Value, arguments []value.Value) finding {
	return passesWithout(itemsDetail("found", value.Found(itemsOf(actual), itemsOf(arguments[0]))))
}

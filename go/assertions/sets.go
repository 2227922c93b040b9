package assertions

import "testingkit.dev/go/value"

var setRules = rules{
	"is_subset_of":        {body: isSubsetOf},
	"is_superset_of":      {body: containsAll},
	"is_proper_subset_of": {body: isProperSubsetOf},
	"is_disjoint_from":    {body: isDisjointFrom},
	"intersects":          {body: passesIf(containsAny)},
	"has_same_members_as": {body: containsOnly},
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

package assertions

import "testingkit.dev/go/value"

var compositionRules = rules{
	"satisfies_all":    {compose: satisfiesAll},
	"satisfies_any":    {compose: satisfiesAny},
	"satisfies_none":   {compose: satisfiesNone},
	"does_not_satisfy": {compose: doesNotSatisfy},
	"satisfies_when":   {compose: satisfiesWhen},
	"transformed_by":   {demand: demandTransform, compose: transformedBy},
}

func satisfiesAll(actual value.Value, _ []value.Value, checks [][]check) finding {
	return allPass(eachOn(checks[0], actual))
}

func satisfiesAny(actual value.Value, _ []value.Value, checks [][]check) finding {
	return anyPasses(eachOn(checks[0], actual))
}

func satisfiesNone(actual value.Value, _ []value.Value, checks [][]check) finding {
	places, code := passing(eachOn(checks[0], actual))
	if code != "" || len(places) == 0 {
		return finding{code: code, passed: true}
	}
	return finding{details: intDetail("index", places[0])}
}

func doesNotSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	found := checks[0][0].find(actual)
	return finding{passed: !found.passed, code: found.code}
}

func satisfiesWhen(actual value.Value, _ []value.Value, checks [][]check) finding {
	condition := checks[0][0].find(actual)
	if condition.code != "" || !condition.passed {
		return finding{passed: true, code: condition.code}
	}
	return evaluation{checks[1][0], actual}.satisfies()
}

// demandTransform requires that the first argument names a transform.
func demandTransform(arguments []value.Value) value.ErrorCode {
	if _, ok := transforms[textOf(arguments[0])]; !ok {
		return value.BadArgument
	}
	return ""
}

func transformedBy(actual value.Value, values []value.Value, checks [][]check) finding {
	transformed, code := transforms[textOf(values[0])].of(actual)
	if code != "" || transformed == nil {
		return finding{code: code}
	}
	found := evaluation{checks[0][0], transformed}.satisfies()
	found.details = append([]Detail{{Name: "transformed", Value: transformed}}, found.details...)
	return found
}

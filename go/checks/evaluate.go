package checks

import "testingkit.dev/go/value"

// Evaluate says whether the value keeps the assertion.
func Evaluate(assertion Assertion, actual value.Value) Verdict {
	verdict := Verdict{Assertion: assertion, Actual: actual}
	found := find(assertion, actual)
	switch {
	case found.code != "":
		verdict.Status, verdict.Code = Error, found.code
	case found.passed:
		verdict.Status = Pass
	default:
		verdict.Status, verdict.Details, verdict.Diff = Fail, found.details, found.diff
	}
	return verdict
}

// find keeps the order of docs/kit/checks.md, errors: the first rule that applies gives the code.
func find(assertion Assertion, actual value.Value) finding {
	entry, known := catalog[assertion.Name]
	if !known {
		return finding{code: value.BadArgument}
	}
	arguments, ok := entry.arguments(assertion.Arguments)
	if !ok {
		return finding{code: value.BadArgument}
	}
	if entry.demand != nil {
		if code := entry.demand(arguments); code != "" {
			return finding{code: code}
		}
	}
	if !entry.actual.have(actual.Kind()) {
		return finding{code: value.WrongKind}
	}
	return entry.body(actual, arguments)
}

// arguments are those given, in catalog order, if they are the ones that the entry takes.
func (e Entry) arguments(given []Argument) ([]value.Value, bool) {
	byName := map[string]value.Value{}
	for _, argument := range given {
		byName[argument.Name] = argument.Value
	}
	if len(byName) != len(given) || len(byName) != len(e.Parameters) {
		return nil, false
	}
	var arguments []value.Value
	for _, parameter := range e.Parameters {
		argument, there := byName[parameter.Name]
		if !there || !parameter.kinds.have(argument.Kind()) {
			return nil, false
		}
		arguments = append(arguments, argument)
	}
	return arguments, true
}

package assertions

import (
	"errors"

	"testingkit.dev/go/value"
)

// Evaluate evaluates the assertion on the actual value.
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

// find applies the rules in the order of docs/kit/assertions.md, errors: the first broken one gives the
// code.
func find(assertion Assertion, actual value.Value) finding {
	if code := checkValues(assertion, actual); code != "" {
		return finding{code: code}
	}
	entry, ok := catalog[assertion.Name]
	if !ok {
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
	if !entry.actual.allow(actual.Kind()) {
		return finding{code: value.WrongKind}
	}
	return entry.body(actual, arguments)
}

// checkValues returns the code of the first value that is not a value of the kit, or "".
func checkValues(assertion Assertion, actual value.Value) value.ErrorCode {
	values := []value.Value{actual}
	for _, argument := range assertion.Arguments {
		values = append(values, argument.Value)
	}
	for _, v := range values {
		var failed *value.ConversionError
		if errors.As(value.Check(v), &failed) {
			return failed.Code
		}
	}
	return ""
}

// arguments returns the given arguments in catalog order; ok reports whether they match the
// parameters.
func (e Entry) arguments(given []Argument) (ordered []value.Value, ok bool) {
	byName := map[string]value.Value{}
	for _, argument := range given {
		byName[argument.Name] = argument.Value
	}
	if len(byName) != len(given) || len(byName) != len(e.Parameters) {
		return nil, false
	}
	for _, parameter := range e.Parameters {
		argument, ok := byName[parameter.Name]
		if !ok || !parameter.kinds.allow(argument.Kind()) {
			return nil, false
		}
		ordered = append(ordered, argument)
	}
	return ordered, true
}

package assertions

import (
	"errors"

	"testingkit.dev/go/value"
)

// Evaluate evaluates the assertion on the actual value.
func Evaluate(assertion Assertion, actual value.Value) Verdict {
	return verdictOf(assertion, actual, find(assertion, actual))
}

func verdictOf(assertion Assertion, actual value.Value, found finding) Verdict {
	verdict := Verdict{Assertion: assertion, Actual: actual}
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
	if code := checkValue(actual); code != "" {
		return finding{code: code}
	}
	if code := checkLevels(assertion, 1); code != "" {
		return finding{code: code}
	}
	valid, code := bind(assertion)
	if code != "" {
		return finding{code: code}
	}
	return valid.find(actual)
}

// checkLevels returns the code of the first assertion or value that is nested too deep or is nil, or "".
func checkLevels(assertion Assertion, level int) value.ErrorCode {
	if level > MaxLevels {
		return value.TooLarge
	}
	for _, argument := range assertion.Arguments {
		if argument.Check == nil && argument.Checks == nil {
			if code := checkValue(argument.Value); code != "" {
				return code
			}
		}
		for _, nested := range argument.nested() {
			if code := checkLevels(nested, level+1); code != "" {
				return code
			}
		}
	}
	return ""
}

// checkValue returns the code of the error if v is not a value of the kit, or "".
func checkValue(v value.Value) value.ErrorCode {
	var failed *value.ConversionError
	if errors.As(value.Check(v), &failed) {
		return failed.Code
	}
	return ""
}

// bound is an assertion with its entry and valid arguments. It is a check.
type bound struct {
	assertion Assertion
	entry     Entry
	values    []value.Value
	checks    [][]check
}

func (b bound) find(actual value.Value) finding {
	switch {
	case !b.entry.actual.allow(actual.Kind()):
		return finding{code: value.WrongKind}
	case b.entry.rule.compose != nil:
		return b.entry.rule.compose(actual, b.values, b.checks)
	default:
		return b.entry.rule.body(actual, b.values)
	}
}

func (b bound) failure(actual value.Value, found finding) value.Text {
	return value.Text(verdictOf(b.assertion, actual, found).Text())
}

// bind returns the assertion with its entry, or the code of the first rule that the assertion, or one in
// its arguments, breaks.
func bind(assertion Assertion) (bound, value.ErrorCode) {
	entry, ok := catalog[assertion.Name]
	if !ok {
		return bound{}, value.BadArgument
	}
	arguments, ok := entry.arguments(assertion.Arguments)
	if !ok {
		return bound{}, value.BadArgument
	}
	valid := bound{assertion: assertion, entry: entry}
	for _, argument := range arguments {
		if argument.Value != nil {
			valid.values = append(valid.values, argument.Value)
		}
	}
	if entry.rule.demand != nil {
		if code := entry.rule.demand(valid.values); code != "" {
			return bound{}, code
		}
	}
	for _, argument := range arguments {
		if argument.Value == nil {
			checks, code := bindAll(argument.nested())
			if code != "" {
				return bound{}, code
			}
			valid.checks = append(valid.checks, checks)
		}
	}
	return valid, ""
}

func bindAll(assertions []Assertion) ([]check, value.ErrorCode) {
	checks := make([]check, 0, len(assertions))
	for _, assertion := range assertions {
		valid, code := bind(assertion)
		if code != "" {
			return nil, code
		}
		checks = append(checks, valid)
	}
	return checks, ""
}

// arguments returns the given arguments in catalog order; ok reports whether they match the
// parameters.
func (e Entry) arguments(given []Argument) (ordered []Argument, ok bool) {
	byName := map[string]Argument{}
	for _, argument := range given {
		byName[argument.Name] = argument
	}
	if len(byName) != len(given) || len(byName) != len(e.Parameters) {
		return nil, false
	}
	for _, parameter := range e.Parameters {
		argument, ok := byName[parameter.Name]
		if !ok || !parameter.accepts(argument) {
			return nil, false
		}
		ordered = append(ordered, argument)
	}
	return ordered, true
}

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

// checkLevels returns the code of the first assertion, shape or value that is nested too deep or is nil,
// or "".
func checkLevels(assertion Assertion, level int) value.ErrorCode {
	if level > MaxLevels {
		return value.TooLarge
	}
	for _, argument := range assertion.Arguments {
		if code := checkArgument(argument, level+1); code != "" {
			return code
		}
	}
	return ""
}

func checkArgument(argument Argument, level int) value.ErrorCode {
	switch {
	case argument.Shape != nil:
		return checkShape(argument.Shape, level)
	case argument.Check == nil && argument.Checks == nil:
		return checkValue(argument.Value)
	}
	for _, nested := range argument.nested() {
		if code := checkLevels(nested, level); code != "" {
			return code
		}
	}
	return ""
}

func checkShape(shape Shape, level int) value.ErrorCode {
	if level > MaxLevels {
		return value.TooLarge
	}
	switch shape := shape.(type) {
	case nil:
		return value.NotConvertible
	case ValueShape:
		return checkValue(shape.Value)
	case CheckShape:
		return checkLevels(shape.Check, level)
	case MapShape:
		for _, entry := range shape.Entries {
			if code := checkValue(entry.Key); code != "" {
				return code
			}
		}
	}
	for _, part := range shape.parts() {
		if code := checkShape(part, level+1); code != "" {
			return code
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
	shape     *boundShape // Without one, nil.
}

func (b bound) find(actual value.Value) finding {
	switch {
	case !b.entry.actual.allow(actual.Kind()):
		return finding{code: value.WrongKind}
	case b.entry.rule.compose != nil:
		return b.entry.rule.compose(actual, b.values, b.checks)
	case b.entry.rule.compare != nil:
		return b.entry.rule.compare(actual, b.shape)
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
		if code := valid.bindNested(argument); code != "" {
			return bound{}, code
		}
	}
	return valid, ""
}

// bindNested adds the assertions or the shape of an argument.
func (b *bound) bindNested(argument Argument) (code value.ErrorCode) {
	switch {
	case argument.Value != nil:
		return ""
	case argument.Shape != nil:
		if code := demandShape(argument.Shape); code != "" {
			return code
		}
		b.shape, code = bindShape(argument.Shape)
		return code
	}
	checks, code := bindAll(argument.nested())
	b.checks = append(b.checks, checks)
	return code
}

func bindShape(shape Shape) (valid *boundShape, code value.ErrorCode) {
	valid = &boundShape{shape: shape, text: func() string { return shapeText(shape, 2) }}
	if nested, ok := shape.(CheckShape); ok {
		if valid.check, code = bind(nested.Check); code != "" {
			return nil, code
		}
	}
	for _, part := range shape.parts() {
		bound, code := bindShape(part)
		if code != "" {
			return nil, code
		}
		valid.parts = append(valid.parts, bound)
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

package assertions

import (
	"slices"

	"testingkit.dev/go/value"
)

// Entry is one assertion of the catalog. The rule is written by hand, the rest is generated from the
// catalog in catalog/.
type Entry struct {
	// Name is the name of the assertion.
	Name string
	// Parameters are the parameters in the order of the failure text.
	Parameters []Parameter
	// Details are the names of the details in the order of the failure text.
	Details []string

	actual kinds
	rule   rule
}

// rule is what an assertion does.
type rule struct {
	demand  demand // Optional.
	body    body
	compose composedBody // Instead of a body, if assertions are among the arguments.
	compare shapeBody    // Instead of a body, if the argument is a shape.
}

// Takes reports whether the actual value can be of the kind.
func (e Entry) Takes(kind value.Kind) bool {
	return e.actual.allow(kind)
}

// rules has rules by the names of their assertions.
type rules map[string]rule

// Parameter is a parameter of an assertion.
type Parameter struct {
	// Name is the name of the parameter.
	Name   string
	kinds  kinds
	nested nesting
}

// nesting is whether an argument is a value, an assertion, a list of assertions, or a shape.
type nesting int

const (
	isValue nesting = iota
	isCheck
	isChecks
	isShape
)

// accepts reports whether an argument is of an allowed kind.
func (p Parameter) accepts(argument Argument) bool {
	switch {
	case argument.Check != nil:
		return p.nested == isCheck
	case argument.Checks != nil:
		return p.nested == isChecks
	case argument.Shape != nil:
		return p.nested == isShape
	default:
		return p.nested == isValue && p.kinds.allow(argument.Value.Kind())
	}
}

// kinds are the kinds that an argument or the actual value may have; nil allows every kind.
type kinds []value.Kind

func (k kinds) allow(kind value.Kind) bool {
	return k == nil || slices.Contains(k, kind)
}

// demand is a rule on the arguments that are values. It returns "" if they meet it, else the code of
// the error.
type demand func(arguments []value.Value) value.ErrorCode

// body evaluates an assertion. It gets the actual value and the arguments in catalog order, all of
// kinds that the entry allows.
type body func(actual value.Value, arguments []value.Value) finding

// check is an assertion among the arguments of another one, whose own arguments are valid. It is an
// interface because the catalog cannot refer to what evaluates its own assertions.
type check interface {
	// find evaluates the assertion.
	find(actual value.Value) finding
	// failure returns the failure text for a finding that did not pass.
	failure(actual value.Value, found finding) value.Text
}

// composedBody evaluates an assertion that evaluates others. It gets the actual value, the arguments
// that are values in catalog order, and the assertions of each other argument in catalog order.
type composedBody func(actual value.Value, values []value.Value, checks [][]check) finding

// shapeBody evaluates an assertion whose argument is a shape.
type shapeBody func(actual value.Value, shape *boundShape) finding

// finding is the result of a body.
type finding struct {
	passed  bool
	details []Detail        // Used only if the assertion did not pass.
	diff    string          // Likewise.
	code    value.ErrorCode // If set, the assertion makes no sense for the value, and the rest is not used.
}

// predicate is the condition of an assertion without details.
type predicate func(actual value.Value, arguments []value.Value) bool

// passesIf returns the body of an assertion without details that passes if the condition holds.
func passesIf(holds predicate) body {
	return func(actual value.Value, arguments []value.Value) finding {
		return finding{passed: holds(actual, arguments)}
	}
}

// failsIf returns the body of an assertion without details that fails if the condition holds.
func failsIf(holds predicate) body {
	return func(actual value.Value, arguments []value.Value) finding {
		return finding{passed: !holds(actual, arguments)}
	}
}

func intDetail(name string, n int) []Detail {
	return []Detail{{Name: name, Value: value.NewInt(int64(n))}}
}

func textDetail(name, text string) []Detail {
	return []Detail{{Name: name, Value: value.Text(text)}}
}

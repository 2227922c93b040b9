// Package checks evaluates assertions on values. The rules are in docs/kit/checks.md.
package checks

import "testingkit.dev/go/value"

// Assertion is a check with its arguments, which may be in any order, and a note for the text.
type Assertion struct {
	// Name of the check, such as "is_between".
	Name string
	// Arguments of the check.
	Arguments []Argument
	// Note for the failure text; empty is none.
	Note string
}

// Argument is one argument of an assertion.
type Argument struct {
	// Name of the argument, such as "low".
	Name string
	// Value of the argument.
	Value value.Value
}

// Detail is one thing that a failed check tells of.
type Detail struct {
	// Name of the detail.
	Name string
	// Value of the detail.
	Value value.Value
}

// NewAssertion returns the assertion without a note:
// NewAssertion("has_length", Argument{"count", value.NewInt(3)}).
func NewAssertion(name string, arguments ...Argument) Assertion {
	return Assertion{Name: name, Arguments: arguments}
}

// Status is what a check says.
type Status int

// The statuses. The zero Status is none of them, so that a forgotten one is no pass.
const (
	// Pass: the assertion holds.
	Pass Status = iota + 1
	// Fail: it does not hold.
	Fail
	// Error: the question makes no sense. It fails the user's test.
	Error
)

// Verdict is what came of an assertion on a value.
type Verdict struct {
	// Assertion that was evaluated.
	Assertion Assertion
	// Actual is the value it is about.
	Actual value.Value
	// Status is what the check says.
	Status Status
	// Code is set for Error alone.
	Code value.ErrorCode
	// Details are in catalog order; for Fail alone.
	Details []Detail
	// Diff is the difference in expanded text; for Fail alone.
	Diff string
}

package assertions

import (
	"fmt"

	"testingkit.dev/go/value"
)

// MaxLevels is the number of levels of assertions and shapes in one another; the outer assertion is level 1.
const MaxLevels = 64

// Assertion is an entry of the catalog with its arguments.
type Assertion struct {
	// Name is the name of the assertion, such as "is_between".
	Name string
	// Arguments are the arguments of the assertion, in any order.
	Arguments []Argument
	// Note is a note for the failure text, or "" without one.
	Note string
}

// NewAssertion returns an assertion without a note:
//
//	NewAssertion("has_length", Argument{Name: "count", Value: value.NewInt(3)})
func NewAssertion(name string, arguments ...Argument) Assertion {
	return Assertion{Name: name, Arguments: arguments}
}

// Argument is one argument of an assertion. It has a value, an assertion, a list of assertions or a shape:
// one of Value, Check, Checks and Shape, and the other three are nil.
type Argument struct {
	// Name is the name of the argument, such as "low".
	Name string
	// Value is the value of the argument.
	Value value.Value
	// Check is the assertion that is the argument. The assertion that has the argument evaluates it.
	Check *Assertion
	// Checks are the assertions that are the argument. No assertions are an empty slice and not nil.
	Checks []Assertion
	// Shape is the shape that is the argument.
	Shape Shape
}

// nested returns the assertions in an argument.
func (a Argument) nested() []Assertion {
	if a.Check != nil {
		return []Assertion{*a.Check}
	}
	return a.Checks
}

// Status is the result of an assertion.
type Status int

// The statuses. The zero Status is not one of them, so that a Verdict without a status does not
// pass.
const (
	// Pass means that the assertion holds.
	Pass Status = iota + 1
	// Fail means that the assertion does not hold.
	Fail
	// Error means that the assertion makes no sense for the value. It fails the test of the user.
	Error
)

var statusNames = map[Status]string{Pass: "pass", Fail: "fail", Error: "error"}

// String returns the name of the status, such as "pass".
func (s Status) String() string {
	if name, ok := statusNames[s]; ok {
		return name
	}
	return fmt.Sprintf("Status(%d)", int(s))
}

// Verdict is the result of an assertion on a value.
type Verdict struct {
	// Assertion is the assertion that was evaluated.
	Assertion Assertion
	// Actual is the value that it was evaluated on.
	Actual value.Value
	// Status is the result of the assertion.
	Status Status
	// Code is the class of the error; set for Error only.
	Code value.ErrorCode
	// Details are the details in catalog order; set for Fail only.
	Details []Detail
	// Diff is the difference of the expanded texts; set for Fail only.
	Diff string
}

// Detail is one fact about a failed assertion, such as the index of an item.
type Detail struct {
	// Name is the name of the detail.
	Name string
	// Value is the value of the detail.
	Value value.Value
}

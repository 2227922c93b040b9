package match

import (
	"testingkit.dev/go/assertions"
	"testingkit.dev/go/value"
)

// Matcher is an assertion with its arguments, which can be evaluated on any number of values. It has
// the methods of a matcher of gomock.
type Matcher struct {
	name      string
	arguments []any // In the order of the parameters.
}

func newMatcher(name string, arguments ...any) Matcher {
	return Matcher{name: name, arguments: arguments}
}

// Matches reports whether the assertion passes for x. One that makes no sense for x does not pass.
func (m Matcher) Matches(x any) bool {
	status, _ := m.Check(x)
	return status == assertions.Pass
}

// String returns the assertion as the first line of a failure text has it, such as
// "is_between(low: 1, high: 10)". Arguments that do not convert are left out.
func (m Matcher) String() string {
	assertion, _ := m.convert()
	return assertion.String()
}

// Check evaluates the assertion. The failure is "" if it passes, else the failure text with the notes.
func (m Matcher) Check(actual any, note ...Note) (status assertions.Status, failure string) {
	if m.passesFast(actual) {
		return assertions.Pass, ""
	}
	return m.evaluate(actual, note)
}

// Assertion returns the assertion with converted arguments. The error is a [value.ConversionError] if
// an argument does not convert.
func (m Matcher) Assertion() (assertions.Assertion, error) {
	assertion, refused := m.convert()
	if len(refused) > 0 {
		return assertions.Assertion{}, refused[0].err
	}
	return assertion, nil
}

// evaluate is Check on values of the kit.
func (m Matcher) evaluate(actual any, notes []Note) (assertions.Status, string) {
	assertion, refused := m.convert()
	assertion.Note = noteText(notes)
	converted, err := value.ToValue(m.outcomeOf(actual))
	if err != nil {
		refused = append([]refusal{{name: "actual", err: err}}, refused...)
	}
	if len(refused) > 0 {
		return assertions.Error, refusalText(assertion, refused)
	}
	verdict := assertions.Evaluate(assertion, converted)
	return verdict.Status, verdict.Text()
}

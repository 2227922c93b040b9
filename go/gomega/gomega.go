// Package tk has the assertions of the kit as matchers of Gomega:
//
//	import tk "testingkit.dev/go/gomega"
//
//	Expect(order.Total).To(tk.IsBetween(1, 10))
//	Eventually(queue.Len).Should(tk.IsZero())
//
// An assertion that makes no sense for the actual value is an error of the matcher, so that it fails
// with To and with NotTo.
//
// The rules are in docs/kit/assertions.md, the use in Go is in docs/kit/go.md.
package tk

import (
	"errors"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/match"
)

// Matcher is a matcher of Gomega: it implements types.GomegaMatcher.
type Matcher struct {
	match.Matcher
}

// Match reports whether the assertion passes. The error is its failure text if it makes no sense for
// the actual value.
func (m Matcher) Match(actual any) (success bool, err error) {
	status, failure := m.Check(actual)
	if status == assertions.Error {
		return false, errors.New(failure)
	}
	return status == assertions.Pass, nil
}

// FailureMessage returns the failure text.
func (m Matcher) FailureMessage(actual any) (message string) {
	_, failure := m.Check(actual)
	return failure
}

// NegatedFailureMessage returns the failure text of the assertion does_not_satisfy.
func (m Matcher) NegatedFailureMessage(actual any) (message string) {
	_, failure := match.DoesNotSatisfy(m.Matcher).Check(actual)
	return failure
}

// Fields is the shape of a struct with these fields and no others, of any type.
type Fields = match.Fields

// Anything passes for every value.
func Anything() Matcher {
	return Matcher{match.Anything()}
}

// OpenMap passes for a map with these entries, which can be matchers, and any others.
func OpenMap[K comparable, V any](entries map[K]V) Matcher {
	return Matcher{match.OpenMap(entries)}
}

func matchersOf(matchers []Matcher) []match.Matcher {
	own := make([]match.Matcher, len(matchers))
	for i, matcher := range matchers {
		own[i] = matcher.Matcher
	}
	return own
}

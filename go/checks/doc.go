// Package checks evaluates assertions on values.
//
// An [Assertion] is a check of the [Catalog] with its arguments. [Evaluate] returns the [Verdict],
// whose [Verdict.Text] is the text for a failing test. The rules are in docs/kit/checks.md.
package checks

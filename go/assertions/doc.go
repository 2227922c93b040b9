// Package assertions evaluates assertions on values.
//
// An [Assertion] names an [Entry] of the [Catalog], and has its arguments. [Evaluate] returns the
// [Verdict], whose [Verdict.Text] is the text for a failing test. The rules are in
// docs/kit/assertions.md.
package assertions

// Package match makes matchers of the assertions of the kit:
//
//	m := match.IsBetween(1, 10)
//	m.Matches(4)
//
// A [Matcher] is a matcher of gomock, and the argument of the assertions that take assertions. Package
// require stops the test if an assertion does not pass, package expect reports it and goes on; both use
// the matchers of this package.
//
// The rules are in docs/kit/assertions.md, the use in Go is in docs/kit/go.md.
package match

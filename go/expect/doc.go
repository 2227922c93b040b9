// Package expect has the assertions of the kit as functions that report a failure and go on:
//
//	expect.IsBetween(t, order.Total, 1, 10)
//	expect.HasLength(t, order.Lines, 3, expect.Notef("order %d", order.ID))
//
// The actual value is the first argument. A function returns whether the assertion passes. Package
// require has the same functions, which stop the test.
//
// The rules are in docs/kit/assertions.md, the use in Go is in docs/kit/go.md.
package expect

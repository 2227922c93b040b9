// Package require has the assertions of the kit as functions that stop the test:
//
//	require.IsBetween(t, order.Total, 1, 10)
//	require.Equal(t, order.Lines, want, require.Notef("order %d", order.ID))
//
// The actual value is the first argument. Package expect has the same functions, which report the
// failure and go on.
//
// The rules are in docs/kit/assertions.md, the use in Go is in docs/kit/go.md.
package require

// Package render writes values as text, the same bytes in every language. The rules are in
// docs/kit/render.md.
package render

// Limits say how much of a value is shown.
type Limits struct {
	// Levels: deeper than this, what has parts shows an ellipsis.
	Levels int
	// Entries: more than this, and the rest is counted.
	Entries int
	// Length: longer than this, and a text or bytes are cut.
	Length int
	// Kept is how much of a text or bytes that are cut is kept.
	Kept int
}

// FailureLimits are the limits of failure texts.
var FailureLimits = Limits{Levels: 6, Entries: 20, Length: 200, Kept: 150}

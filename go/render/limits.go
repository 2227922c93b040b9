package render

// Limits are the limits of a truncated text.
type Limits struct {
	// Levels is the number of levels to show. A deeper value with parts is shown as an ellipsis.
	Levels int
	// Entries is the number of items, entries, fields or causes to show. Further ones are counted.
	Entries int
	// Length is the number of code points of a text, or octets of bytes, above which it is cut.
	Length int
	// Kept is the number of code points or octets to show of a text or bytes that are cut.
	Kept int
}

// FailureLimits are the limits of failure texts. Do not modify them.
var FailureLimits = Limits{Levels: 6, Entries: 20, Length: 200, Kept: 150}

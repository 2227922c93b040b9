package assertions

// String returns the assertion as the first line of a failure text has it, such as
// "is_between(low: 1, high: 10)".
func (a Assertion) String() string {
	return a.call(1)
}

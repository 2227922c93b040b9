package expect

import "testingkit.dev/go/match"

// T is what the functions need of a test: a [testing.T], [testing.B] or [testing.F] has it.
type T interface {
	// Helper marks the caller as a function whose line is not shown.
	Helper()
	// Errorf reports a failure.
	Errorf(format string, arguments ...any)
}

// Note is a note for the failure text. [Notef] makes one.
type Note = match.Note

// Notef returns a note in the format of [fmt.Sprintf], for the last argument of an assertion.
func Notef(format string, arguments ...any) Note {
	return match.Notef(format, arguments...)
}

// Matches passes when the assertion of the matcher passes.
func Matches(t T, actual any, matcher match.Matcher, note ...Note) bool {
	_, failure := matcher.Check(actual, note...)
	if failure != "" {
		t.Helper()
		t.Errorf("%s", failure)
	}
	return failure == ""
}

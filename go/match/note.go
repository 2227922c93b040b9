package match

import (
	"fmt"
	"strings"
)

// Note is a note for the failure text of an assertion. It is formatted only if the assertion does not
// pass.
type Note struct {
	format    string
	arguments []any
}

// Notef returns a note in the format of [fmt.Sprintf].
func Notef(format string, arguments ...any) Note {
	if false {
		_ = fmt.Sprintf(format, arguments...) // go vet checks the calls of a function that has this.
	}
	return Note{format: format, arguments: arguments}
}

// String returns the formatted note.
func (n Note) String() string {
	return fmt.Sprintf(n.format, n.arguments...)
}

// noteText returns the notes, one a line.
func noteText(notes []Note) string {
	lines := make([]string, len(notes))
	for i, note := range notes {
		lines[i] = note.String()
	}
	return strings.Join(lines, "\n")
}

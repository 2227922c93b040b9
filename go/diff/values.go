package diff

import (
	"strings"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

// Values returns the difference of the expanded texts of two values, or "" if they are equal.
func Values(expected, actual value.Value) string {
	return Lines(ExpandedLines(expected), ExpandedLines(actual))
}

// ExpandedLines returns the lines of the expanded text of a value, without line ends.
func ExpandedLines(v value.Value) []string {
	return strings.Split(strings.TrimSuffix(render.Expanded(v), "\n"), "\n")
}

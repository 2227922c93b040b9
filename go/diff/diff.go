// Package diff writes the difference of two sequences of lines as text. Where several differences
// are equally short, every language chooses the same one.
//
// [Lines] compares lines and [Values] compares the expanded texts of two values. The rules are in
// docs/kit/diff.md.
package diff

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// ExactCells is the number of pairs of lines up to which the difference is always a shortest
	// one.
	ExactCells = 1_000_000
	// MaxPieceEdits is the number of edits of shared lines in a piece of a larger difference.
	MaxPieceEdits = 1_000
	// ContextLines is the number of unchanged lines to show around a change.
	ContextLines = 3
)

// Lines returns the difference of two sequences of lines as hunks, or "" if they are equal.
func Lines(expected, actual []string) string {
	edits := editScript(expected, actual)
	countLines(edits)
	var text strings.Builder
	for _, span := range hunkSpans(edits) {
		writeHunk(&text, edits[span.first:span.end])
	}
	return text.String()
}

// editScript returns the edits that turn expected into actual, without line numbers.
func editScript(expected, actual []string) []edit {
	start := commonStart(expected, actual)
	expectedEnd, actualEnd := len(expected), len(actual)
	for expectedEnd > start && actualEnd > start && expected[expectedEnd-1] == actual[actualEnd-1] {
		expectedEnd--
		actualEnd--
	}
	return slices.Concat(
		mark(kept, expected[:start]),
		newMiddle(expected[start:expectedEnd], actual[start:actualEnd]).edits(),
		mark(kept, expected[expectedEnd:]),
	)
}

// commonStart returns the number of lines that both sequences begin with.
func commonStart(expected, actual []string) int {
	start := 0
	for start < min(len(expected), len(actual)) && expected[start] == actual[start] {
		start++
	}
	return start
}

func writeHunk(text *strings.Builder, edits []edit) {
	expectedCount, actualCount := 0, 0
	for _, e := range edits {
		if e.op != inserted {
			expectedCount++
		}
		if e.op != deleted {
			actualCount++
		}
	}
	first := edits[0]
	fmt.Fprintf(text, "@@ -%d,%d +%d,%d @@\n",
		firstLine(first.expectedBefore, expectedCount), expectedCount,
		firstLine(first.actualBefore, actualCount), actualCount)
	for _, e := range edits {
		text.WriteString(string(e.op))
		text.WriteString(e.line)
		text.WriteByte('\n')
	}
}

// firstLine returns the number of the first line of a hunk, or of the line before it if the hunk
// has no lines on this side.
func firstLine(linesBefore, count int) int {
	if count == 0 {
		return linesBefore
	}
	return linesBefore + 1
}

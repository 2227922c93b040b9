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
	// MaxTableCells is the size of the comparison table above which all lines are replaced.
	MaxTableCells = 1_000_000
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
		editsBetween(expected[start:expectedEnd], actual[start:actualEnd]),
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

// editsBetween returns the edits between the common start and the common end.
func editsBetween(expected, actual []string) []edit {
	var edits []edit
	i, j := 0, 0
	if len(expected)*len(actual) <= MaxTableCells {
		lengths := commonLengths(expected, actual)
		for i < len(expected) && j < len(actual) {
			switch {
			case expected[i] == actual[j]:
				edits = append(edits, edit{op: kept, line: expected[i]})
				i++
				j++
			case lengths[i+1][j] >= lengths[i][j+1]:
				edits = append(edits, edit{op: deleted, line: expected[i]})
				i++
			default:
				edits = append(edits, edit{op: inserted, line: actual[j]})
				j++
			}
		}
	}
	return slices.Concat(edits, mark(deleted, expected[i:]), mark(inserted, actual[j:]))
}

// commonLengths returns a table: at [i][j] it has the length of the longest common subsequence of
// expected[i:] and actual[j:].
func commonLengths(expected, actual []string) [][]int {
	rows := make([][]int, len(expected)+1)
	for i := range rows {
		rows[i] = make([]int, len(actual)+1)
	}
	for i := len(expected) - 1; i >= 0; i-- {
		for j := len(actual) - 1; j >= 0; j-- {
			if expected[i] == actual[j] {
				rows[i][j] = rows[i+1][j+1] + 1
			} else {
				rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			}
		}
	}
	return rows
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
		text.WriteString(string(e.op) + e.line + "\n")
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

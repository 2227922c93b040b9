// Package diff writes line differences as text, with the same choice among equals in every language.
// The rules are in docs/kit/diff.md.
package diff

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// MaxTableCells is the size of the table above which everything is replaced.
	MaxTableCells = 1_000_000
	// ContextLines is the number of kept lines around a change.
	ContextLines = 3
)

// Lines is the difference of two sequences of lines as hunks of text; empty where there is none.
func Lines(expected, actual []string) string {
	edits := number(script(expected, actual))
	var text strings.Builder
	for _, span := range hunkSpans(edits) {
		writeHunk(&text, edits[span.first:span.end])
	}
	return text.String()
}

// script is the whole difference, line by line.
func script(expected, actual []string) []edit {
	start := commonStart(expected, actual)
	expectedEnd, actualEnd := len(expected), len(actual)
	for expectedEnd > start && actualEnd > start && expected[expectedEnd-1] == actual[actualEnd-1] {
		expectedEnd--
		actualEnd--
	}
	return slices.Concat(
		marked(kept, expected[:start]),
		middle(expected[start:expectedEnd], actual[start:actualEnd]),
		marked(kept, expected[expectedEnd:]),
	)
}

func commonStart(expected, actual []string) int {
	start := 0
	for start < min(len(expected), len(actual)) && expected[start] == actual[start] {
		start++
	}
	return start
}

// middle is the difference of what lies between the common start and the common end.
func middle(expected, actual []string) []edit {
	var edits []edit
	i, j := 0, 0
	if len(expected)*len(actual) <= MaxTableCells {
		lengths := commonLengths(expected, actual)
		for i < len(expected) && j < len(actual) {
			switch {
			case expected[i] == actual[j]:
				edits = append(edits, edit{mark: kept, line: expected[i]})
				i++
				j++
			case lengths[i+1][j] >= lengths[i][j+1]:
				edits = append(edits, edit{mark: deleted, line: expected[i]})
				i++
			default:
				edits = append(edits, edit{mark: inserted, line: actual[j]})
				j++
			}
		}
	}
	return slices.Concat(edits, marked(deleted, expected[i:]), marked(inserted, actual[j:]))
}

// commonLengths has at [i][j] the length of the longest common subsequence of the lines from i and
// from j on.
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
	ofExpected, ofActual := 0, 0
	for _, e := range edits {
		if e.mark != inserted {
			ofExpected++
		}
		if e.mark != deleted {
			ofActual++
		}
	}
	first := edits[0]
	fmt.Fprintf(text, "@@ -%d,%d +%d,%d @@\n",
		firstLine(first.expectedBefore, ofExpected), ofExpected,
		firstLine(first.actualBefore, ofActual), ofActual)
	for _, e := range edits {
		text.WriteString(string(e.mark) + e.line + "\n")
	}
}

// firstLine is the number of a hunk's first line, or of the line before it where it has none.
func firstLine(linesBefore, count int) int {
	if count == 0 {
		return linesBefore
	}
	return linesBefore + 1
}

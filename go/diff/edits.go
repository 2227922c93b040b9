package diff

// op is what an edit does with its line: the character in front of it in a hunk.
type op string

const (
	kept     op = " "
	deleted  op = "-"
	inserted op = "+"
)

// edit is one line of a difference, with the number of lines before it on each side.
type edit struct {
	op             op
	line           string
	expectedBefore int
	actualBefore   int
}

// span is the half-open range [first, end) of edits.
type span struct {
	first, end int
}

// mark returns one edit for each line.
func mark(with op, lines []string) []edit {
	edits := make([]edit, 0, len(lines))
	for _, line := range lines {
		edits = append(edits, edit{op: with, line: line})
	}
	return edits
}

// countLines sets the number of lines before each edit.
func countLines(edits []edit) {
	expected, actual := 0, 0
	for i := range edits {
		edits[i].expectedBefore, edits[i].actualBefore = expected, actual
		if edits[i].op != inserted {
			expected++
		}
		if edits[i].op != deleted {
			actual++
		}
	}
}

// hunkSpans returns the range of each hunk: changes with their context, joined if they are close.
func hunkSpans(edits []edit) []span {
	var spans []span
	for i, e := range edits {
		if e.op == kept {
			continue
		}
		first := max(0, i-ContextLines)
		end := min(len(edits), i+1+ContextLines)
		if last := len(spans) - 1; last >= 0 && first <= spans[last].end {
			spans[last].end = end
		} else {
			spans = append(spans, span{first: first, end: end})
		}
	}
	return spans
}

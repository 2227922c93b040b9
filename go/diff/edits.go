package diff

type mark string

const (
	kept     mark = " "
	deleted  mark = "-"
	inserted mark = "+"
)

// edit is one line of a difference, with the number of lines that stand before it on either side.
type edit struct {
	mark           mark
	line           string
	expectedBefore int
	actualBefore   int
}

// span is a range of edits without its end.
type span struct {
	first, end int
}

func marked(with mark, lines []string) []edit {
	edits := make([]edit, 0, len(lines))
	for _, line := range lines {
		edits = append(edits, edit{mark: with, line: line})
	}
	return edits
}

// number counts the lines before each edit.
func number(edits []edit) []edit {
	expected, actual := 0, 0
	for i := range edits {
		edits[i].expectedBefore, edits[i].actualBefore = expected, actual
		if edits[i].mark != inserted {
			expected++
		}
		if edits[i].mark != deleted {
			actual++
		}
	}
	return edits
}

// hunkSpans are the spans that the hunks cover: changes with their context, where near in one.
func hunkSpans(edits []edit) []span {
	var spans []span
	for place, e := range edits {
		if e.mark == kept {
			continue
		}
		first := max(0, place-ContextLines)
		end := min(len(edits), place+1+ContextLines)
		if last := len(spans) - 1; last >= 0 && first <= spans[last].end {
			spans[last].end = end
		} else {
			spans = append(spans, span{first: first, end: end})
		}
	}
	return spans
}

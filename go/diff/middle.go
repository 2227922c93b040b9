package diff

import (
	"math"
	"slices"
)

// middle is the lines between the common start and the common end.
//
// A line that only one side has is never kept, so the search does without it. It knows the other
// lines, the shared ones, by their places among the shared ones of their side.
type middle struct {
	expected, actual []line
	sharedExpected   []int // The places of the shared lines.
	sharedActual     []int
}

// line is a line with the number of its text, or notShared.
type line struct {
	text   string
	number int
}

const notShared = -1

func (l line) isShared() bool {
	return l.number != notShared
}

// point is a place in both sequences.
type point struct {
	i, j int
}

func newMiddle(expected, actual []string) middle {
	inActual := make(map[string]bool, len(actual))
	for _, text := range actual {
		inActual[text] = true
	}
	numbers := map[string]int{}
	for _, text := range expected {
		if _, ok := numbers[text]; !ok && inActual[text] {
			numbers[text] = len(numbers)
		}
	}
	var m middle
	m.expected, m.sharedExpected = numbered(expected, numbers)
	m.actual, m.sharedActual = numbered(actual, numbers)
	return m
}

// numbered returns the lines with their numbers, and the places of the shared ones.
func numbered(texts []string, numbers map[string]int) (lines []line, shared []int) {
	for place, text := range texts {
		number, ok := numbers[text]
		if ok {
			shared = append(shared, place)
		} else {
			number = notShared
		}
		lines = append(lines, line{text: text, number: number})
	}
	return lines, shared
}

// edits returns the edits between the common start and the common end.
func (m middle) edits() []edit {
	if len(m.expected)*len(m.actual) > ExactCells {
		return m.editsWithin(MaxPieceEdits)
	}
	return m.editsWithin(math.MaxInt)
}

// editsWithin returns the edits, found from the end in pieces of at most this many edits of shared
// lines. Nearly always there is one piece.
func (m middle) editsWithin(limit int) []edit {
	left, right := numbersAt(m.expected, m.sharedExpected), numbersAt(m.actual, m.sharedActual)
	end := point{len(m.expected), len(m.actual)}
	var pieces [][]edit
	for {
		found := search(left, right, limit)
		start := m.start(found)
		pieces = append(pieces, m.walk(start, end, found))
		if start == (point{}) {
			slices.Reverse(pieces)
			return slices.Concat(pieces...)
		}
		end = start
		left, right = left[:found.x], right[:found.y]
	}
}

// start returns the places where a piece starts.
func (m middle) start(found reach) point {
	if found.x == 0 && found.y == 0 {
		return point{}
	}
	start := point{len(m.expected), len(m.actual)}
	if found.x < len(m.sharedExpected) {
		start.i = m.sharedExpected[found.x]
	}
	if found.y < len(m.sharedActual) {
		start.j = m.sharedActual[found.y]
	}
	return start
}

// walk returns the edits of a piece. On a tie, the deletion comes first.
func (m middle) walk(start, end point, found reach) []edit {
	var edits []edit
	x, y, left := found.x, found.y, found.edits()
	for at := start; at != end; {
		if at.i < end.i && at.j < end.j && m.expected[at.i].text == m.actual[at.j].text {
			edits = append(edits, edit{op: kept, line: m.expected[at.i].text})
			at, x, y = point{at.i + 1, at.j + 1}, x+1, y+1
			continue
		}
		deletes := at.i < end.i &&
			(at.j == end.j || !m.expected[at.i].isShared() || found.within(x+1, y, left-1))
		if deletes {
			edits = append(edits, edit{op: deleted, line: m.expected[at.i].text})
			if m.expected[at.i].isShared() {
				x, left = x+1, left-1
			}
			at.i++
			continue
		}
		edits = append(edits, edit{op: inserted, line: m.actual[at.j].text})
		if m.actual[at.j].isShared() {
			y, left = y+1, left-1
		}
		at.j++
	}
	return edits
}

func numbersAt(lines []line, places []int) []int {
	numbers := make([]int, 0, len(places))
	for _, place := range places {
		numbers = append(numbers, lines[place].number)
	}
	return numbers
}

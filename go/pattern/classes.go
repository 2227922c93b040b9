package pattern

import (
	"strconv"
	"strings"
)

var escapedSets = map[rune]ranges{
	'd': digitRanges, 'D': digitRanges.complement(),
	'w': wordRanges, 'W': wordRanges.complement(),
	's': spaceRanges, 'S': spaceRanges.complement(),
}

var escapedControls = map[rune]rune{'t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r'}

// escapable is the ASCII punctuation without < and >, which are word boundaries in other engines.
const escapable = "!\"#$%&'()*+,-./:;=?@[\\]^_`{|}~"

// readEscape reads an escape of a code point or of a set.
func readEscape(r *reader) (ranges, error) {
	start := r.index
	r.read()
	name := r.read()
	if set, ok := escapedSets[name]; ok {
		return set, nil
	}
	if control, ok := escapedControls[name]; ok {
		return one(control), nil
	}
	if strings.ContainsRune(escapable, name) {
		return one(name), nil
	}
	if name == 'x' {
		digits := string([]rune{r.read(), r.read()})
		if point, err := strconv.ParseUint(digits, 16, 8); err == nil {
			return one(rune(point)), nil
		}
	}
	return nil, refuse(BadEscape, start)
}

// readClass reads a class. It returns the set in it; negated reports whether the class is all other
// code points.
func readClass(r *reader) (set ranges, negated bool, err error) {
	start := r.index
	r.read()
	negated = r.take("^")
	first := r.index
	var items []runeRange
	for !r.take("]") {
		if r.peek(0) == end {
			return nil, false, refuse(UnclosedClass, start)
		}
		item, err := readItem(r, first)
		if err != nil {
			return nil, false, err
		}
		items = append(items, item...)
	}
	if len(items) == 0 {
		return nil, false, refuse(EmptyClass, start)
	}
	return merged(items), negated, nil
}

func readItem(r *reader, first int) (ranges, error) {
	start := r.index
	if atLiteralDash(r, first) {
		return one(r.read()), nil
	}
	low, err := readRangeEnd(r)
	if err != nil || r.peek(0) != '-' || r.peek(1) == ']' || r.peek(1) == end {
		return low, err
	}
	r.read()
	high, err := readRangeEnd(r)
	if err != nil {
		return nil, err
	}
	if !low.isOne() || !high.isOne() || low[0].first > high[0].first {
		return nil, refuse(BadRange, start)
	}
	return ranges{{low[0].first, high[0].first}}, nil
}

// atLiteralDash reports whether a dash is next that is the first or the last item.
func atLiteralDash(r *reader, first int) bool {
	if r.peek(0) != '-' {
		return false
	}
	if r.index == first {
		return r.peek(1) != '-'
	}
	return r.peek(1) == ']' || r.peek(1) == end
}

// readRangeEnd reads a set, or a code point that may be an end of a range.
func readRangeEnd(r *reader) (ranges, error) {
	switch r.peek(0) {
	case '\\':
		return readEscape(r)
	case '[', '^', '&', '~', '-':
		return nil, refuse(BadClassCharacter, r.index)
	}
	return one(r.read()), nil
}

package pattern

import "slices"

// reader is a place in a pattern.
type reader struct {
	text  []rune
	index int
}

// end is the result of reading behind the end. It is not a code point.
const end rune = -1

// peek returns a code point without reading it.
func (r *reader) peek(ahead int) rune {
	if r.index+ahead >= len(r.text) {
		return end
	}
	return r.text[r.index+ahead]
}

// take reads this text if it is next, and reports whether it was.
func (r *reader) take(expected string) bool {
	points := []rune(expected)
	last := r.index + len(points)
	if last > len(r.text) || !slices.Equal(r.text[r.index:last], points) {
		return false
	}
	r.index = last
	return true
}

// read reads and returns a code point.
func (r *reader) read() rune {
	point := r.peek(0)
	if point != end {
		r.index++
	}
	return point
}

// readUntil reads up to a code point and that as well; it returns what is before it.
func (r *reader) readUntil(last rune) (between string, ok bool) {
	length := slices.Index(r.text[r.index:], last)
	if length < 0 {
		return "", false
	}
	between = string(r.text[r.index : r.index+length])
	r.index += length + 1
	return between, true
}

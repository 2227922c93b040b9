package pattern

// node is a part of a pattern.
type node interface {
	// size returns the size (docs/kit/pattern.md, limits), or MaxSize+1 if it is larger.
	size() int
	// canBeEmpty reports whether the part can match without a code point, if all conditions on
	// places hold.
	canBeEmpty() bool
}

// chars is one code point of a set.
type chars struct {
	ranges ranges
}

// at is a condition on a place in the text.
type at int

const (
	textStart at = iota
	textEnd
	lineStart
	lineEnd
	wordBoundary
	notWordBoundary
)

// sequence is one part behind the other.
type sequence []node

// choice is the first option that leads to a match.
type choice []node

// group is a group, with the number of its name from 0, or noName.
type group struct {
	body   node
	number int
}

const noName = -1

// repeat is a repetition; the maximum may be noLimit.
type repeat struct {
	body             node
	minimum, maximum int
	lazy             bool
}

const noLimit = -1

func limited(size int) int {
	return min(size, MaxSize+1)
}

func (chars) size() int { return 1 }
func (at) size() int    { return 1 }

func (s sequence) size() int {
	total := 0
	for _, part := range s {
		total += part.size()
	}
	return limited(total)
}

func (c choice) size() int {
	return limited(sequence(c).size() + len(c) - 1)
}

func (g group) size() int {
	return limited(g.body.size() + 1)
}

func (r repeat) size() int {
	copies := r.maximum
	if copies == noLimit {
		copies = max(r.minimum, 1)
	}
	return limited(copies * (r.body.size() + 1))
}

func (chars) canBeEmpty() bool { return false }
func (at) canBeEmpty() bool    { return true }

func (s sequence) canBeEmpty() bool {
	for _, part := range s {
		if !part.canBeEmpty() {
			return false
		}
	}
	return true
}

func (c choice) canBeEmpty() bool {
	for _, option := range c {
		if option.canBeEmpty() {
			return true
		}
	}
	return false
}

func (g group) canBeEmpty() bool  { return g.body.canBeEmpty() }
func (r repeat) canBeEmpty() bool { return r.minimum == 0 || r.body.canBeEmpty() }

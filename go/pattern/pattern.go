// Package pattern has regular expressions with the same matches in every language. The rules are in
// docs/kit/pattern.md.
//
// The patterns are not those of package regexp, which accepts more, such as classes of Unicode, and
// counts bytes.
package pattern

// Pattern is a compiled pattern. [Compile] makes it.
type Pattern struct {
	program    program
	names      []string
	canBeEmpty bool
}

// Span is a range of code points: the first one, and the one behind the last.
type Span struct {
	Start, End int
}

// Group is a named group of a match.
type Group struct {
	// Name is the name of the group.
	Name string
	// Span is the span of the group, or nil if it did not take part in the match.
	Span *Span
}

// Match is the span of a match, and its named groups in the order of the pattern.
type Match struct {
	Span   Span
	Groups []Group
}

// Compile returns the pattern of a text, or an [Error] if the text is not a portable pattern.
func Compile(text string) (*Pattern, error) {
	tree, names, err := parse(text)
	if err != nil {
		return nil, err
	}
	return &Pattern{program: newProgram(tree), names: names, canBeEmpty: tree.canBeEmpty()}, nil
}

// GroupNames returns the names of the groups, in the order of the pattern.
func (p *Pattern) GroupNames() []string {
	return append([]string(nil), p.names...)
}

// CanMatchEmpty reports whether a match can be empty if all conditions on places hold.
func (p *Pattern) CanMatchEmpty() bool {
	return p.canBeEmpty
}

// MatchesWhole reports whether the pattern matches the text from its start to its end.
func (p *Pattern) MatchesWhole(text string) bool {
	_, ok := p.matcher(text).search(0, true)
	return ok
}

// Find returns the first match; ok reports whether there is one.
func (p *Pattern) Find(text string) (match Match, ok bool) {
	found, ok := p.matcher(text).search(0, false)
	if !ok {
		return Match{}, false
	}
	match.Span = Span{Start: found.slots[0], End: found.end}
	for number, name := range p.names {
		group := Group{Name: name}
		if end := found.slots[2*number+2]; end >= 0 {
			group.Span = &Span{Start: found.slots[2*number+1], End: end}
		}
		match.Groups = append(match.Groups, group)
	}
	return match, true
}

// Count returns the number of matches without overlap; ok is false if a match can be empty.
func (p *Pattern) Count(text string) (count int, ok bool) {
	if p.canBeEmpty {
		return 0, false
	}
	m := p.matcher(text)
	for end := 0; ; count++ {
		found, ok := m.search(end, false)
		if !ok {
			return count, true
		}
		end = found.end
	}
}

func (p *Pattern) matcher(text string) *matcher {
	return newMatcher(p.program, len(p.names), []rune(text))
}

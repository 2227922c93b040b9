package pattern

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// MaxPatternPoints is the number of code points of the longest pattern.
	MaxPatternPoints = 10_000
	// MaxDepth is how deep groups may be nested.
	MaxDepth = 50
	// MaxCount is the largest number in a repetition.
	MaxCount = 1_000
	// MaxSize is the largest size of a pattern.
	MaxSize = 10_000
)

var (
	flagsPattern = regexp.MustCompile(`^\(\?([ims]+)\)`)
	namePattern  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	countPattern = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
)

var placeEscapes = map[rune]at{
	'A': textStart, 'z': textEnd, 'b': wordBoundary, 'B': notWordBoundary,
}

// parser reads a pattern into its tree.
type parser struct {
	reader reader
	flags  string
	depth  int
	names  []string
}

// parse returns the tree of a pattern, and the names of its groups by their numbers.
func parse(text string) (tree node, names []string, err error) {
	if utf8.RuneCountInString(text) > MaxPatternPoints {
		return nil, nil, refuse(TooLong, MaxPatternPoints)
	}
	p := parser{reader: reader{text: []rune(text)}}
	p.readFlags(text)
	tree, err = p.choice()
	if err != nil {
		return nil, nil, err
	}
	if p.reader.peek(0) != end {
		return nil, nil, refuse(UnopenedGroup, p.reader.index)
	}
	if tree.size() > MaxSize {
		return nil, nil, refuse(TooLarge, 0)
	}
	return tree, p.names, nil
}

// readFlags reads the flags at the start. Flags that are given twice are left, and then refused as a
// group.
func (p *parser) readFlags(text string) {
	found := flagsPattern.FindStringSubmatch(text)
	if found == nil {
		return
	}
	for _, flag := range found[1] {
		if strings.Count(found[1], string(flag)) > 1 {
			return
		}
	}
	p.flags = found[1]
	p.reader.take(found[0])
}

func (p *parser) choice() (node, error) {
	var options choice
	for {
		option, err := p.sequence()
		if err != nil {
			return nil, err
		}
		options = append(options, option)
		if p.reader.take("|") {
			continue
		}
		if len(options) == 1 {
			return option, nil
		}
		return options, nil
	}
}

func (p *parser) sequence() (node, error) {
	var parts sequence
	for !slices.Contains([]rune{'|', ')', end}, p.reader.peek(0)) {
		part, err := p.repeated()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

func (p *parser) repeated() (node, error) {
	if p.atRepetition() {
		return nil, p.refuseRepetition(NothingToRepeat)
	}
	atom, err := p.atom()
	if err != nil || !p.atRepetition() {
		return atom, err
	}
	if _, ok := atom.(at); ok {
		return nil, p.refuseRepetition(NothingToRepeat)
	}
	repeated := repeat{body: atom}
	if err := p.repetition(&repeated); err != nil {
		return nil, err
	}
	if p.atRepetition() {
		return nil, p.refuseRepetition(RepeatedRepetition)
	}
	return repeated, nil
}

func (p *parser) atRepetition() bool {
	return slices.Contains([]rune{'*', '+', '?', '{'}, p.reader.peek(0))
}

// refuseRepetition refuses the repetition that is next, which may itself be malformed.
func (p *parser) refuseRepetition(reason Reason) error {
	index := p.reader.index
	if err := p.repetition(&repeat{}); err != nil {
		return err
	}
	return refuse(reason, index)
}

// repetition reads the numbers of a repetition, and whether it is lazy.
func (p *parser) repetition(into *repeat) error {
	start := p.reader.index
	var err error
	switch p.reader.read() {
	case '*':
		into.maximum = noLimit
	case '+':
		into.minimum, into.maximum = 1, noLimit
	case '?':
		into.maximum = 1
	default:
		into.minimum, into.maximum, err = p.counts(start)
	}
	into.lazy = p.reader.take("?")
	return err
}

func (p *parser) counts(start int) (minimum, maximum int, err error) {
	between, _ := p.reader.readUntil('}')
	first, second, comma := strings.Cut(between, ",")
	if !countPattern.MatchString(first) || second != "" && !countPattern.MatchString(second) {
		return 0, 0, refuse(BadRepetition, start)
	}
	minimum, ok := count(first)
	maximum, maximumOK := count(second)
	switch {
	case !ok || second != "" && !maximumOK:
		return 0, 0, refuse(RepetitionTooLarge, start)
	case !comma:
		return minimum, minimum, nil
	case second == "":
		return minimum, noLimit, nil
	case maximum < minimum:
		return 0, 0, refuse(BadRepetition, start)
	}
	return minimum, maximum, nil
}

// count returns a number of digits; ok reports whether it is within the limit.
func count(digits string) (n int, ok bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil && n <= MaxCount
}

func (p *parser) atom() (node, error) {
	switch p.reader.peek(0) {
	case '(':
		return p.group()
	case '[':
		set, negated, err := readClass(&p.reader)
		set = p.folded(set)
		if negated {
			set = set.complement()
		}
		return chars{set}, err
	case '\\':
		if place, ok := placeEscapes[p.reader.peek(1)]; ok {
			p.reader.index += 2
			return place, nil
		}
		set, err := readEscape(&p.reader)
		return chars{p.folded(set)}, err
	}
	return p.single(p.reader.read()), nil
}

// single returns what a single code point means.
func (p *parser) single(point rune) node {
	switch {
	case point == '.' && p.has("s"):
		return chars{anyRanges}
	case point == '.':
		return chars{notLFRanges}
	case point == '^' && p.has("m"):
		return lineStart
	case point == '^':
		return textStart
	case point == '$' && p.has("m"):
		return lineEnd
	case point == '$':
		return textEnd
	}
	return chars{p.folded(one(point))}
}

func (p *parser) has(flag string) bool {
	return strings.Contains(p.flags, flag)
}

func (p *parser) folded(set ranges) ranges {
	if p.has("i") {
		return set.withoutCase()
	}
	return set
}

func (p *parser) group() (node, error) {
	start := p.reader.index
	if p.depth == MaxDepth {
		return nil, refuse(TooDeep, start)
	}
	number, err := p.groupStart(start)
	if err != nil {
		return nil, err
	}
	p.depth++
	body, err := p.choice()
	p.depth--
	if err != nil {
		return nil, err
	}
	if !p.reader.take(")") {
		return nil, refuse(UnclosedGroup, start)
	}
	return group{body: body, number: number}, nil
}

// groupStart reads the start of a group and returns the number of its name.
func (p *parser) groupStart(start int) (number int, err error) {
	if p.reader.take("(?P<") {
		return p.name()
	}
	if p.reader.take("(?:") {
		return noName, nil
	}
	p.reader.read()
	if p.reader.peek(0) == '?' {
		return 0, refuse(BadGroup, start)
	}
	return noName, nil
}

func (p *parser) name() (number int, err error) {
	start := p.reader.index
	name, ok := p.reader.readUntil('>')
	if !ok || !namePattern.MatchString(name) || slices.Contains(p.names, name) {
		return 0, refuse(BadGroupName, start)
	}
	p.names = append(p.names, name)
	return len(p.names) - 1, nil
}

package value

import "strconv"

// Comparison compares two values by a relation, as a whole and part by part. It takes time that
// grows with the size of the values and not with their nesting.
//
// Every part gets a number, and parts that relate always have the same one. Where no name is left
// out of the numbers, parts with the same number also relate, so that a comparison of two parts is
// one of two numbers.
//
// A name is left out only where both a named and an anonymous record can be, because an anonymous
// record equals a record of any name. There, parts with the same number are compared, each pair
// once.
type Comparison struct {
	// Left and Right are the two values.
	Left, Right *Part

	relation Relation
	numbers  map[string]int
	verdicts map[[2]*Part]bool
	key      []byte         // Room for the key of a value without parts.
	names    map[int]naming // By the place of the record; of all records at the place anywhere.
}

// Part is a value in a [Comparison].
type Part struct {
	// Value is the value.
	Value Value
	// Parts are the items, the fields by name, the payload, or the entries: a key, its value, the
	// next key. Other values have none.
	Parts []*Part

	fields  []string // The names of the fields, in the order of the parts.
	number  int
	place   int
	settled bool // Whether parts with the same number relate.
}

// naming says which of named and anonymous records there are.
type naming struct {
	named, anonymous bool
}

const anywhere = 0

// NewComparison returns the comparison of two values.
func NewComparison(relation Relation, left, right Value) *Comparison {
	c := &Comparison{
		relation: relation,
		numbers:  map[string]int{},
		verdicts: map[[2]*Part]bool{},
		names:    map[int]naming{},
	}
	sides := [2]Part{}
	c.Left, c.Right = &sides[0], &sides[1]
	c.fill(c.Left, left)
	c.fill(c.Right, right)
	c.numberBoth(c.names[anywhere].isMixed())
	return c
}

// Related reports whether two parts, which have the same place in the two values, relate.
func (c *Comparison) Related(left, right *Part) bool {
	if left.number != right.number {
		return false
	}
	if left.settled {
		return true
	}
	pair := [2]*Part{left, right}
	verdict, ok := c.verdicts[pair]
	if !ok {
		verdict = c.compare(left, right)
		c.verdicts[pair] = verdict
	}
	return verdict
}

// Unmatched returns the index of the first entry that does not relate to one of the others, or -1.
func (c *Comparison) Unmatched(entries, others [][]*Part) int {
	groups := byNumbers(others)
	for i, entry := range entries {
		if !c.hasRelated(groups[numbersOf(entry)], entry) {
			return i
		}
	}
	return -1
}

// Entries returns the entries of a map, each with its key and its value, or the items of a set.
func (p *Part) Entries() [][]*Part {
	width := 1
	if p.Value.Kind() == KindMap {
		width = 2
	}
	entries := make([][]*Part, 0, len(p.Parts)/width)
	for i := 0; i < len(p.Parts); i += width {
		entries = append(entries, p.Parts[i:i+width])
	}
	return entries
}

// Fields returns the parts of a record by the names of their fields.
func (p *Part) Fields() map[string]*Part {
	fields := make(map[string]*Part, len(p.fields))
	for i, name := range p.fields {
		fields[name] = p.Parts[i]
	}
	return fields
}

func (c *Comparison) hasRelated(others [][]*Part, entry []*Part) bool {
	for _, other := range others {
		if c.allRelated(entry, other) {
			return true
		}
	}
	return false
}

func (c *Comparison) allRelated(left, right []*Part) bool {
	for i := range left {
		if !c.Related(left[i], right[i]) {
			return false
		}
	}
	return true
}

// compare compares two parts with the same number, so of the same kind and with as many parts.
func (c *Comparison) compare(left, right *Part) bool {
	switch left.Value.(type) {
	case Set, Map:
		ours, theirs := left.Entries(), right.Entries()
		return c.Unmatched(ours, theirs) < 0 && c.Unmatched(theirs, ours) < 0
	case Record, Message:
		ours, _ := RecordIn(left.Value)
		theirs, _ := RecordIn(right.Value)
		return ours.NameRelatesTo(theirs) && c.allRelated(left.Parts, right.Parts)
	default:
		return c.allRelated(left.Parts, right.Parts)
	}
}

// fill fills the part of a value, with the number if it has no parts itself.
func (c *Comparison) fill(part *Part, v Value) {
	part.Value = v
	if !hasParts(v.Kind()) {
		c.key = c.relation.appendContent(c.key[:0], v)
		part.number, part.settled = c.intern(c.key), true
		return
	}
	inside := partsOf(v)
	if record, ok := RecordIn(v); ok {
		c.meet(anywhere, record)
		fields := sortedFields(record)
		part.fields, inside = make([]string, len(fields)), make([]Value, len(fields))
		for i, field := range fields {
			part.fields[i], inside[i] = field.Name, field.Value
		}
	}
	parts := make([]Part, len(inside))
	part.Parts = make([]*Part, len(inside))
	for i, inner := range inside {
		part.Parts[i] = &parts[i]
		c.fill(&parts[i], inner)
	}
}

// numberBoth numbers the containers. If there are both named and anonymous records, the first
// numbers leave out all names, and the second ones those at the places that have both.
func (c *Comparison) numberBoth(isMixed bool) {
	for _, side := range []*Part{c.Left, c.Right} {
		c.number(side, func(*Part) bool { return !isMixed })
	}
	if !isMixed {
		return
	}
	root := c.intern([]byte("root"))
	for _, side := range []*Part{c.Left, c.Right} {
		c.setPlace(side, root)
	}
	for _, side := range []*Part{c.Left, c.Right} {
		c.number(side, func(record *Part) bool { return !c.names[record.place].isMixed() })
	}
}

func (c *Comparison) number(part *Part, countsName func(record *Part) bool) {
	if !hasParts(part.Value.Kind()) {
		return
	}
	part.settled = true
	for _, inner := range part.Parts {
		c.number(inner, countsName)
		part.settled = part.settled && inner.settled
	}
	key := []byte{byte(part.Value.Kind())}
	if record, ok := RecordIn(part.Value); ok {
		if countsName(part) {
			key = appendText(append(key, 1), record.name)
		} else {
			key = append(key, 0)
			part.settled = false
		}
	}
	part.number = c.intern(c.appendParts(part.appendLabel(key), part))
}

// appendParts appends the numbers of the parts. The parts of a set or map have no order.
func (c *Comparison) appendParts(key []byte, part *Part) []byte {
	var numbers []int
	switch part.Value.(type) {
	case Set:
		for _, item := range part.Parts {
			numbers = append(numbers, item.number)
		}
		return appendDistinct(key, numbers)
	case Map:
		numbers = make([]int, 0, len(part.Parts)/2)
		for i := 0; i < len(part.Parts); i += 2 {
			c.key = appendNumber(append(c.key[:0], "entry"...), part.Parts[i].number)
			c.key = appendNumber(c.key, part.Parts[i+1].number)
			numbers = append(numbers, c.intern(c.key))
		}
		return appendDistinct(key, numbers)
	default:
		for _, inner := range part.Parts {
			key = appendNumber(key, inner.number)
		}
		return key
	}
}

// setPlace gives the parts places: the same one to all that can be compared with each other. The
// numbers do not depend on names yet.
func (c *Comparison) setPlace(part *Part, place int) {
	part.place = place
	if record, ok := RecordIn(part.Value); ok {
		c.meet(place, record)
	}
	for i, inner := range part.Parts {
		step := appendText(appendNumber([]byte("place"), place), part.step(i))
		c.setPlace(inner, c.intern(step))
	}
}

// step returns the step that leads to a part. Items and keys are compared only if their numbers are
// the same, so these are the steps.
func (p *Part) step(i int) string {
	switch p.Value.(type) {
	case Set:
		return strconv.Itoa(p.Parts[i].number)
	case Map:
		if i%2 == 0 {
			return "key " + strconv.Itoa(p.Parts[i].number)
		}
		return "value " + strconv.Itoa(p.Parts[i-1].number)
	case Record, Message:
		return p.fields[i]
	default:
		return strconv.Itoa(i)
	}
}

func (c *Comparison) meet(place int, record Record) {
	names := c.names[place]
	if record.name == "" {
		names.anonymous = true
	} else {
		names.named = true
	}
	c.names[place] = names
}

func (n naming) isMixed() bool {
	return n.named && n.anonymous
}

// intern returns the number of a key, which is never 0.
func (c *Comparison) intern(key []byte) int {
	number, ok := c.numbers[string(key)]
	if !ok {
		number = len(c.numbers) + 1
		c.numbers[string(key)] = number
	}
	return number
}

// partsOf returns the parts of a value other than a record.
func partsOf(v Value) []Value {
	var parts []Value
	switch v := v.(type) {
	case List:
		return v
	case Set:
		return v.items
	case Map:
		parts = make([]Value, 0, 2*len(v.entries))
		for _, entry := range v.entries {
			parts = append(parts, entry.Key, entry.Value)
		}
	case Outcome:
		return []Value{v.Payload}
	}
	return parts
}

// appendLabel appends what is compared of a container apart from its parts and the name of a
// record.
func (p *Part) appendLabel(key []byte) []byte {
	key = appendNumber(key, len(p.Parts))
	for _, name := range p.fields {
		key = appendText(key, name)
	}
	if outcome, ok := p.Value.(Outcome); ok {
		key = append(key, byte(outcome.Ending))
	}
	return key
}

// byNumbers returns the entries by the numbers of their parts.
func byNumbers(entries [][]*Part) map[[2]int][][]*Part {
	groups := map[[2]int][][]*Part{}
	for _, entry := range entries {
		numbers := numbersOf(entry)
		groups[numbers] = append(groups[numbers], entry)
	}
	return groups
}

// numbersOf returns the numbers of an entry of one or two parts.
func numbersOf(entry []*Part) [2]int {
	numbers := [2]int{}
	for i, part := range entry {
		numbers[i] = part.number
	}
	return numbers
}

package pattern

import "slices"

// operation is what an instruction does.
type operation int

const (
	opTake   operation = iota // Reads a code point of a set, and continues.
	opCheck                   // Continues if a condition on the place holds.
	opSplit                   // Continues at both instructions, the first one preferred.
	opSave                    // Saves the place in a slot, and continues.
	opAccept                  // The pattern has matched.
)

// instruction is one step. It refers to others by index.
type instruction struct {
	operation operation
	then      int
	second    int    // Of a split.
	ranges    ranges // Of a take.
	condition at     // Of a check.
	slot      int    // Of a save.
}

// program is the instructions of a pattern.
type program struct {
	instructions []instruction
	start        int
}

// newProgram translates a tree. It writes from the end, so that the next instruction always exists.
func newProgram(tree node) program {
	var p program
	p.start = p.write(tree, p.add(instruction{operation: opAccept}))
	return p
}

func (p *program) add(i instruction) int {
	p.instructions = append(p.instructions, i)
	return len(p.instructions) - 1
}

// write writes a node that continues at then, and returns where it starts.
func (p *program) write(n node, then int) int {
	switch n := n.(type) {
	case chars:
		return p.add(instruction{operation: opTake, ranges: n.ranges, then: then})
	case at:
		return p.add(instruction{operation: opCheck, condition: n, then: then})
	case sequence:
		for _, part := range slices.Backward(n) {
			then = p.write(part, then)
		}
		return then
	case choice:
		return p.writeChoice(n, then)
	case group:
		if n.number == noName {
			return p.write(n.body, then)
		}
		last := p.add(instruction{operation: opSave, slot: 2*n.number + 2, then: then})
		start := p.write(n.body, last)
		return p.add(instruction{operation: opSave, slot: 2*n.number + 1, then: start})
	case repeat:
		return p.writeRepeat(n, then)
	}
	return then
}

func (p *program) writeChoice(options choice, then int) int {
	var starts []int
	for _, option := range options {
		starts = append(starts, p.write(option, then))
	}
	start := starts[len(starts)-1]
	for _, other := range slices.Backward(starts[:len(starts)-1]) {
		start = p.add(instruction{operation: opSplit, then: other, second: start})
	}
	return start
}

func (p *program) writeRepeat(r repeat, then int) int {
	required, start := r.minimum, then
	if r.maximum == noLimit {
		start = p.writeLoop(r, then)
		if required == 0 {
			start = p.add(r.either(start, then))
		}
		required--
	} else {
		for range r.maximum - required {
			start = p.add(r.either(p.write(r.body, start), then))
		}
	}
	for range max(required, 0) {
		start = p.write(r.body, start)
	}
	return start
}

// writeLoop writes the body at least once.
func (p *program) writeLoop(r repeat, then int) int {
	again := p.add(instruction{}) // Replaced when the start of the body is known.
	start := p.write(r.body, again)
	p.instructions[again] = r.either(start, then)
	return start
}

// either continues at the body or behind the repetition.
func (r repeat) either(body, then int) instruction {
	if r.lazy {
		body, then = then, body
	}
	return instruction{operation: opSplit, then: body, second: then}
}

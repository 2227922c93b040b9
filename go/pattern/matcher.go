package pattern

import "slices"

// matcher runs a program on a text.
//
// All threads advance together, one code point at a time. At each place there is at most one thread
// at an instruction, the preferred one, so the time is bounded by the text times the program.
type matcher struct {
	program program
	names   int
	text    []rune
	seen    []int // For each instruction, the last place at which a thread was there, or -1.
}

// thread is a place in the program. Its slots are the start of the match, then the start and the end
// of each named group, or -1. They never change.
type thread struct {
	instruction int
	slots       []int
}

// found is a match.
type found struct {
	slots []int
	end   int
}

func newMatcher(p program, names int, text []rune) *matcher {
	return &matcher{program: p, names: names, text: text, seen: make([]int, len(p.instructions))}
}

// search returns the first match that starts at begin or later; ok reports whether there is one. A
// whole match starts at begin and ends at the end of the text.
func (m *matcher) search(begin int, whole bool) (result found, ok bool) {
	for i := range m.seen {
		m.seen[i] = -1
	}
	var threads, following []thread
	for place := begin; place <= len(m.text); place++ {
		if !ok && (place == begin || !whole) {
			threads = m.follow(threads, m.program.start, place, m.newSlots(place))
		} else if len(threads) == 0 {
			break
		}
		following = following[:0]
		for _, t := range threads {
			step := m.program.instructions[t.instruction]
			if step.operation == opTake {
				if place < len(m.text) && step.ranges.contain(m.text[place]) {
					following = m.follow(following, step.then, place+1, t.slots)
				}
			} else if place == len(m.text) || !whole {
				result, ok = found{slots: t.slots, end: place}, true
				break
			}
		}
		threads, following = following, threads
	}
	return result, ok
}

func (m *matcher) newSlots(start int) []int {
	slots := slices.Repeat([]int{-1}, 2*m.names+1)
	slots[0] = start
	return slots
}

// follow adds a thread for each code point or end that is possible next, in order of preference.
func (m *matcher) follow(threads []thread, start, place int, slots []int) []thread {
	waiting := []thread{{start, slots}}
	for len(waiting) > 0 {
		t := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if m.seen[t.instruction] == place {
			continue
		}
		m.seen[t.instruction] = place
		step := m.program.instructions[t.instruction]
		switch step.operation {
		case opSplit:
			waiting = append(waiting, thread{step.second, t.slots}, thread{step.then, t.slots})
		case opSave:
			saved := slices.Clone(t.slots)
			saved[step.slot] = place
			waiting = append(waiting, thread{step.then, saved})
		case opCheck:
			if m.holds(step.condition, place) {
				waiting = append(waiting, thread{step.then, t.slots})
			}
		case opTake, opAccept:
			threads = append(threads, t)
		}
	}
	return threads
}

func (m *matcher) holds(condition at, place int) bool {
	switch condition {
	case textStart:
		return place == 0
	case textEnd:
		return place == len(m.text)
	case lineStart:
		return place == 0 || m.text[place-1] == '\n'
	case lineEnd:
		return place == len(m.text) || m.text[place] == '\n'
	case wordBoundary:
		return m.isWord(place-1) != m.isWord(place)
	default:
		return m.isWord(place-1) == m.isWord(place)
	}
}

func (m *matcher) isWord(place int) bool {
	return 0 <= place && place < len(m.text) && wordRanges.contain(m.text[place])
}

package value

import "slices"

// Unpaired returns the wanted values that cannot be paired. A value can be paired if it and the
// earlier ones that can be have different items, each an equal one.
func Unpaired(wanted, items []Value) []Value {
	comparison := compareAll(wanted, items)
	groups := byNumbers(comparison.Left.Entries())
	others := byNumbers(comparison.Right.Entries())
	pairings := map[[2]int]*pairing{}
	for numbers, group := range groups {
		pairings[numbers] = newPairing(comparison, group, others[numbers])
	}
	var unpaired []Value
	for _, entry := range comparison.Left.Entries() {
		if !pairings[numbersOf(entry)].pair(entry[0]) {
			unpaired = append(unpaired, entry[0].Value)
		}
	}
	return unpaired
}

// pairing has the items with one number, known by their places, and the values that they are paired
// with.
type pairing struct {
	comparison *Comparison
	items      []*Part
	free       []int
	partners   map[int]*Part // By the place of the item.
	closed     map[int]bool  // The items that a failed search reached: they never lead to a free one.
}

// holder is a value that looks for an item, and the place of the one that it has, or noPlace.
type holder struct {
	value *Part
	own   int
}

const noPlace = -1

func newPairing(comparison *Comparison, values, items [][]*Part) *pairing {
	p := &pairing{comparison: comparison, partners: map[int]*Part{}, closed: map[int]bool{}}
	rivals := make([]int, len(items))
	for place, entry := range items {
		p.items = append(p.items, entry[0])
		p.free = append(p.free, place)
		if !entry[0].settled {
			rivals[place] = p.rivals(values, entry[0])
		}
	}
	// The items that few values equal come first, so that the other ones stay free for values that
	// equal no more than these.
	slices.SortStableFunc(p.free, func(one, other int) int { return rivals[one] - rivals[other] })
	return p
}

// rivals returns the number of values that equal an item.
func (p *pairing) rivals(values [][]*Part, item *Part) int {
	count := 0
	for _, entry := range values {
		if p.comparison.Related(entry[0], item) {
			count++
		}
	}
	return count
}

// pair pairs a value with the number of the group, and reports whether it can be paired. Values that
// are paired can get other items, but keep having one.
func (p *pairing) pair(part *Part) bool {
	if part.settled {
		return p.pairAny(part)
	}
	reached := map[int]holder{}
	waiting := []holder{{part, noPlace}}
	for i := 0; i < len(waiting); i++ {
		holding := waiting[i]
		if place := p.freePlace(holding.value); place != noPlace {
			reached[place] = holding
			p.pairAnew(place, reached)
			return true
		}
		for _, place := range p.pairedPlaces(holding.value, reached) {
			reached[place] = holding
			waiting = append(waiting, holder{p.partners[place], place})
		}
	}
	for place := range reached {
		p.closed[place] = true
	}
	return false
}

// pairAny pairs a value that every item equals.
func (p *pairing) pairAny(part *Part) bool {
	last := len(p.free) - 1
	if last < 0 {
		return false
	}
	p.partners[p.free[last]] = part
	p.free = p.free[:last]
	return true
}

// freePlace returns the first free item that equals a value, or noPlace.
func (p *pairing) freePlace(wanted *Part) int {
	for _, place := range p.free {
		if p.comparison.Related(wanted, p.items[place]) {
			return place
		}
	}
	return noPlace
}

// pairedPlaces returns the items that equal a value and are paired with others, not yet reached.
func (p *pairing) pairedPlaces(wanted *Part, reached map[int]holder) []int {
	var places []int
	for place := range p.partners {
		_, isReached := reached[place]
		if !isReached && !p.closed[place] && p.comparison.Related(wanted, p.items[place]) {
			places = append(places, place)
		}
	}
	return places
}

// pairAnew gives each value that the search went through the item that it reached.
func (p *pairing) pairAnew(free int, reached map[int]holder) {
	at := slices.Index(p.free, free)
	p.free = slices.Delete(p.free, at, at+1)
	for place := free; place != noPlace; place = reached[place].own {
		p.partners[place] = reached[place].value
	}
}

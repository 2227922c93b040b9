package value

// IndexOf returns the index of the first item that equals wanted, or -1 without one.
func IndexOf(items []Value, wanted Value) int {
	found := -1
	var undecided []int
	for i, item := range items {
		verdict := Equality.byPlace(item, wanted)
		if verdict == yes {
			found = i
			break
		}
		if verdict == open {
			undecided = append(undecided, i)
		}
	}
	candidates := make([]Value, 0, len(undecided))
	for _, i := range undecided {
		candidates = append(candidates, items[i])
	}
	if i := firstEqual(candidates, wanted); i >= 0 {
		return undecided[i]
	}
	return found
}

// firstEqual is IndexOf without a look at the places.
func firstEqual(items []Value, wanted Value) int {
	if len(items) == 0 {
		return -1
	}
	comparison := NewComparison(Equality, Set{items: []Value{wanted}}, Set{items: items})
	for i, part := range comparison.Right.Parts {
		if comparison.Related(comparison.Left.Parts[0], part) {
			return i
		}
	}
	return -1
}

// Missing returns the wanted values that do not equal one of the items.
func Missing(wanted, items []Value) []Value {
	comparison := NewComparison(Equality, Set{items: wanted}, Set{items: items})
	byNumber := partsByNumber(comparison.Right.Parts)
	var missing []Value
	for _, part := range comparison.Left.Parts {
		if !comparison.relatesToOne(part, byNumber[part.number]) {
			missing = append(missing, part.Value)
		}
	}
	return missing
}

// areUnique reports whether no two of the values, which are in canonical order, are equal.
func areUnique(ordered []Value) bool {
	var containers []Value
	for i, v := range ordered {
		switch {
		case !Equality.isSimple(v.Kind()):
			containers = append(containers, v)
		case i > 0 && Equality.byPlace(ordered[i-1], v) == yes:
			return false
		}
	}
	comparison := NewComparison(Equality, Set{items: containers}, Null{})
	for _, parts := range partsByNumber(comparison.Left.Parts) {
		for i, part := range parts {
			if comparison.relatesToOne(part, parts[i+1:]) {
				return false
			}
		}
	}
	return true
}

func (c *Comparison) relatesToOne(part *Part, others []*Part) bool {
	for _, other := range others {
		if c.Related(part, other) {
			return true
		}
	}
	return false
}

func partsByNumber(parts []*Part) map[int][]*Part {
	groups := map[int][]*Part{}
	for _, part := range parts {
		groups[part.number] = append(groups[part.number], part)
	}
	return groups
}

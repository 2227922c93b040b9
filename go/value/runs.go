package value

import "slices"

// HasRun reports whether some items without a gap equal the wanted values in pairs.
func HasRun(wanted, items []Value) bool {
	if len(wanted) == 0 {
		return true
	}
	comparison := compareAll(wanted, items)
	ours, theirs := comparison.Left.Parts, comparison.Right.Parts
	for _, start := range runs(numbersOfAll(ours), numbersOfAll(theirs)) {
		if comparison.allRelated(ours, theirs[start:]) {
			return true
		}
	}
	return false
}

// runs returns the places at which the wanted numbers occur without a gap (Knuth, Morris, Pratt).
func runs(wanted, numbers []int) []int {
	const separator = 0 // Not the number of a part.
	whole := slices.Concat(wanted, []int{separator}, numbers)
	// For each place: how many of the numbers up to it are also the first ones.
	lengths := make([]int, len(whole))
	length := 0
	var starts []int
	for place := 1; place < len(whole); place++ {
		for length > 0 && whole[place] != whole[length] {
			length = lengths[length-1]
		}
		if whole[place] == whole[length] {
			length++
		}
		lengths[place] = length
		if length == len(wanted) {
			starts = append(starts, place-2*len(wanted))
		}
	}
	return starts
}

func numbersOfAll(parts []*Part) []int {
	numbers := make([]int, 0, len(parts))
	for _, part := range parts {
		numbers = append(numbers, part.number)
	}
	return numbers
}

// NotInOrder returns the wanted values from the first one on that equals no item after the earlier
// ones. Each wanted value takes the first item that it can, which leaves the most items to the next.
func NotInOrder(wanted, items []Value) []Value {
	comparison := compareAll(wanted, items)
	ours := comparison.Left.Parts
	place := 0
	for _, part := range comparison.Right.Parts {
		if place < len(ours) && comparison.Related(ours[place], part) {
			place++
		}
	}
	return wanted[place:]
}

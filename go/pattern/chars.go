package pattern

import (
	"cmp"
	"slices"
	"unicode"
)

// runeRange is a range of code points.
type runeRange struct {
	first, last rune
}

// ranges is a set of code points: ranges in ascending order that neither overlap nor touch.
type ranges []runeRange

var (
	digitRanges = ranges{{'0', '9'}}
	wordRanges  = ranges{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	spaceRanges = ranges{{'\t', '\r'}, {' ', ' '}}
	notLFRanges = ranges{{'\n', '\n'}}.complement()
	anyRanges   = ranges{}.complement()
)

func one(point rune) ranges {
	return ranges{{point, point}}
}

func (r ranges) isOne() bool {
	return len(r) == 1 && r[0].first == r[0].last
}

// merged returns the union of ranges.
func merged(all []runeRange) ranges {
	sorted := slices.SortedFunc(slices.Values(all), func(left, right runeRange) int {
		return cmp.Compare(left.first, right.first)
	})
	var union ranges
	for _, next := range sorted {
		if last := len(union) - 1; last >= 0 && next.first <= union[last].last+1 {
			union[last].last = max(union[last].last, next.last)
		} else {
			union = append(union, next)
		}
	}
	return union
}

// complement returns all other code points.
func (r ranges) complement() ranges {
	var others ranges
	start := rune(0)
	for _, next := range r {
		if start < next.first {
			others = append(others, runeRange{start, next.first - 1})
		}
		start = next.last + 1
	}
	if start <= unicode.MaxRune {
		others = append(others, runeRange{start, unicode.MaxRune})
	}
	return others
}

// withoutCase returns the set with the other case of each ASCII letter in it.
func (r ranges) withoutCase() ranges {
	all := slices.Clone(r)
	for _, next := range r {
		all = append(all, shifted(next, runeRange{'A', 'Z'}, 'a'-'A')...)
		all = append(all, shifted(next, runeRange{'a', 'z'}, 'A'-'a')...)
	}
	return merged(all)
}

// shifted returns what a range and the letters have in common, moved by an offset.
func shifted(r, letters runeRange, offset rune) ranges {
	common := runeRange{max(r.first, letters.first), min(r.last, letters.last)}
	if common.first > common.last {
		return nil
	}
	return ranges{{common.first + offset, common.last + offset}}
}

func (r ranges) contain(point rune) bool {
	for _, next := range r {
		if point <= next.last {
			return next.first <= point
		}
	}
	return false
}

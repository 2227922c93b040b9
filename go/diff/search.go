package diff

import "cmp"

// The search finds how far back few edits reach from the end of two sequences (the algorithm of
// Myers).
//
// A point (x, y) stands between the lines x - 1 and x of one side, and y - 1 and y of the other.
// Its distance is the number of deletions and insertions of a shortest difference from there to the
// end, and its diagonal is x - y. On a diagonal, the distance never grows towards the end, so one x
// for each diagonal says which points are within a distance.

// frontier says which points are within a distance.
type frontier struct {
	lowest int   // The lowest diagonal.
	least  []int // The least x on every second diagonal from there.
}

// reach is a point, with the frontier of every distance up to its own.
type reach struct {
	x, y      int
	frontiers []frontier
}

// edits returns the distance of the point.
func (r reach) edits() int {
	return len(r.frontiers) - 1
}

// within reports whether the distance of a point is at most this one, and not one more.
func (r reach) within(x, y, distance int) bool {
	if distance < 0 {
		return false
	}
	at := r.frontiers[distance]
	place := (x - y - at.lowest) >> 1
	return 0 <= place && place < len(at.least) && at.least[place] <= x
}

// search returns the reach of the start, or of the farthest point whose distance is the limit.
//
// A diagonal that has reached a border is done, and so are those beyond it. So no more points are
// visited than there are pairs of lines.
func search(left, right []int, limit int) reach {
	center := len(left) - len(right)
	at := frontier{lowest: center, least: []int{len(left)}}
	var frontiers []frontier
	for {
		lowest, highest := at.lowest-1, at.lowest+2*len(at.least)-1
		for place, x := range at.least {
			diagonal := at.lowest + 2*place
			for x > 0 && x > diagonal && left[x-1] == right[x-diagonal-1] {
				x--
			}
			at.least[place] = x
			if x == 0 {
				lowest = diagonal + 1
			}
			if x == diagonal {
				highest = diagonal - 1
				at.least = at.least[:place+1]
				break
			}
		}
		frontiers = append(frontiers, at)
		last := len(at.least) - 1
		switch {
		case at.least[last] == 0 && at.lowest+2*last == 0:
			return reach{frontiers: frontiers}
		case len(frontiers)-1 == limit:
			x, y := at.farthest(center)
			return reach{x: x, y: y, frontiers: frontiers}
		}
		at = at.oneEditMore(lowest, highest)
	}
}

// oneEditMore returns the points that one more edit reaches, without the kept lines. A deletion
// leads from the diagonal above, an insertion from the one below.
func (f frontier) oneEditMore(lowest, highest int) frontier {
	next := frontier{lowest: lowest, least: make([]int, 0, (highest-lowest)/2+1)}
	for diagonal := lowest; diagonal <= highest; diagonal += 2 {
		below := (diagonal - 1 - f.lowest) >> 1
		switch {
		case below < 0:
			next.least = append(next.least, f.least[below+1]-1)
		case below+1 == len(f.least):
			next.least = append(next.least, f.least[below])
		default:
			next.least = append(next.least, min(f.least[below], f.least[below+1]-1))
		}
	}
	return next
}

// farthest returns the point with the fewest lines before it, of both sides together. On a tie it
// is the one that leaves as many lines of one side as of the other, as nearly as possible; then the
// one with the fewest expected lines.
func (f frontier) farthest(center int) (x, y int) {
	best := 0
	for place := range f.least {
		if cmp.Or(
			cmp.Compare(f.linesBefore(place), f.linesBefore(best)),
			cmp.Compare(f.imbalance(place, center), f.imbalance(best, center)),
			cmp.Compare(f.least[place], f.least[best]),
		) < 0 {
			best = place
		}
	}
	return f.least[best], f.least[best] - f.lowest - 2*best
}

func (f frontier) linesBefore(place int) int {
	return 2*f.least[place] - f.lowest - 2*place
}

func (f frontier) imbalance(place, center int) int {
	distance := f.lowest + 2*place - center
	return max(distance, -distance)
}

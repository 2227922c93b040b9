//! Finds how far back few edits reach from the end of two sequences (the algorithm of Myers).
//!
//! A point (x, y) stands between the lines x - 1 and x of one side, and y - 1 and y of the other. Its
//! *distance* is the number of deletions and insertions of a shortest difference from there to the
//! end, and its *diagonal* is x - y. On a diagonal, the distance never grows towards the end, so one
//! x for each diagonal says which points are within a distance.

/// The points within a distance.
struct Frontier {
    /// The lowest diagonal.
    lowest: isize,
    /// The least x on every second diagonal from there.
    least: Vec<isize>,
}

/// A point, with the frontier of every distance up to its own.
pub(super) struct Reach {
    pub(super) x: usize,
    pub(super) y: usize,
    frontiers: Vec<Frontier>,
}

impl Reach {
    fn new((x, y): (isize, isize), frontiers: Vec<Frontier>) -> Self {
        Self {
            x: x.unsigned_abs(),
            y: y.unsigned_abs(),
            frontiers,
        }
    }

    /// Returns the distance of the point.
    pub(super) fn edits(&self) -> usize {
        self.frontiers.len() - 1
    }

    /// Returns whether a point is less than this number of edits from the end, and not just as many.
    pub(super) fn is_nearer(&self, x: usize, y: usize, edits: usize) -> bool {
        let Some(at) = edits.checked_sub(1).map(|edits| &self.frontiers[edits]) else {
            return false;
        };
        let (x, y) = (x.cast_signed(), y.cast_signed());
        let place = usize::try_from((x - y - at.lowest) >> 1).ok();
        place
            .and_then(|place| at.least.get(place))
            .is_some_and(|least| *least <= x)
    }

    /// Returns the number of points that were visited.
    #[cfg(test)]
    pub(super) fn visited(&self) -> usize {
        self.frontiers.iter().map(|at| at.least.len()).sum()
    }
}

/// Returns the reach of the start, or of the farthest point whose distance is the limit.
///
/// A diagonal that has reached a border is done, and so are those beyond it. So no more points are
/// visited than there are pairs of lines.
pub(super) fn search(left: &[u32], right: &[u32], limit: usize) -> Reach {
    let center = left.len().cast_signed() - right.len().cast_signed();
    let mut frontiers = Vec::new();
    let mut at = Frontier {
        lowest: center,
        least: vec![left.len().cast_signed()],
    };
    loop {
        let (lowest, highest) = at.keep_common_lines(left, right);
        if at.last() == (0, 0) {
            frontiers.push(at);
            return Reach::new((0, 0), frontiers);
        }
        if frontiers.len() == limit {
            let farthest = at.farthest(center);
            frontiers.push(at);
            return Reach::new(farthest, frontiers);
        }
        let next = at.one_edit_more(lowest, highest);
        frontiers.push(at);
        at = next;
    }
}

impl Frontier {
    fn diagonal(&self, place: usize) -> isize {
        self.lowest + 2 * place.cast_signed()
    }

    fn point(&self, place: usize) -> (isize, isize) {
        (self.least[place], self.least[place] - self.diagonal(place))
    }

    fn last(&self) -> (isize, isize) {
        self.point(self.least.len() - 1)
    }

    /// Follows the common lines, leaves out the diagonals beyond one that is done, and returns the
    /// lowest and the highest diagonal of the next distance.
    fn keep_common_lines(&mut self, left: &[u32], right: &[u32]) -> (isize, isize) {
        let (mut lowest, mut highest) = (self.lowest - 1, self.diagonal(self.least.len()) - 1);
        for place in 0..self.least.len() {
            let (mut x, mut y) = self.point(place);
            while x > 0 && y > 0 && left[x.unsigned_abs() - 1] == right[y.unsigned_abs() - 1] {
                (x, y) = (x - 1, y - 1);
            }
            self.least[place] = x;
            if x == 0 {
                lowest = self.diagonal(place) + 1;
            }
            if y == 0 {
                highest = self.diagonal(place) - 1;
                self.least.truncate(place + 1);
                break;
            }
        }
        (lowest, highest)
    }

    /// Returns the points that one more edit reaches, without the kept lines. A deletion leads from
    /// the diagonal above, an insertion from the one below.
    fn one_edit_more(&self, lowest: isize, highest: isize) -> Self {
        let least = |place: isize| {
            let place = usize::try_from(place).ok()?;
            self.least.get(place).copied()
        };
        let step = |diagonal: isize| {
            let below = (diagonal - 1 - self.lowest) >> 1;
            let deleted = least(below + 1).map(|x| x - 1);
            least(below).into_iter().chain(deleted).min()
        };
        Self {
            lowest,
            least: (lowest..=highest).step_by(2).filter_map(step).collect(),
        }
    }

    /// Returns the point with the fewest lines before it, of both sides together. On a tie it is the
    /// one that leaves as many lines of one side as of the other, as nearly as possible; then the
    /// one with the fewest expected lines.
    fn farthest(&self, center: isize) -> (isize, isize) {
        let points = (0..self.least.len()).map(|place| self.point(place));
        points
            .min_by_key(|(x, y)| (x + y, (x - y - center).abs(), *x))
            .unwrap_or_default()
    }
}

//! The difference between the common start and the common end.

use std::collections::{HashMap, HashSet};

use super::hunks::{Edit, Mark};
use super::search::{Reach, search};

/// The lines between the common start and the common end.
///
/// A line that only one side has is never kept, so the search does without it. It knows the other
/// lines, the *shared* ones, by their places among the shared ones of their side.
pub(super) struct Middle<'s, 'a> {
    expected: Side<'s, 'a>,
    actual: Side<'s, 'a>,
}

struct Side<'s, 'a> {
    lines: &'s [&'a str],
    /// Whether each line is shared.
    is_shared: Vec<bool>,
    /// The places and the numbers of the shared lines.
    places: Vec<usize>,
    numbers: Vec<u32>,
}

impl<'s, 'a> Side<'s, 'a> {
    fn new(lines: &'s [&'a str], shared: &HashMap<&str, u32>) -> Self {
        let mut side = Self {
            lines,
            is_shared: Vec::with_capacity(lines.len()),
            places: Vec::new(),
            numbers: Vec::new(),
        };
        for (place, line) in lines.iter().enumerate() {
            let number = shared.get(line);
            side.is_shared.push(number.is_some());
            if let Some(number) = number {
                side.places.push(place);
                side.numbers.push(*number);
            }
        }
        side
    }

    /// Returns the place of a shared line, or the end.
    fn place(&self, shared: usize) -> usize {
        self.places.get(shared).copied().unwrap_or(self.lines.len())
    }
}

impl<'s, 'a> Middle<'s, 'a> {
    pub(super) fn new(expected: &'s [&'a str], actual: &'s [&'a str]) -> Self {
        let in_actual: HashSet<&str> = actual.iter().copied().collect();
        let mut shared = HashMap::new();
        for line in expected.iter().filter(|line| in_actual.contains(*line)) {
            let next = u32::try_from(shared.len()).unwrap_or(u32::MAX);
            shared.entry(*line).or_insert(next);
        }
        Self {
            expected: Side::new(expected, &shared),
            actual: Side::new(actual, &shared),
        }
    }

    /// Returns the edits, found from the end in pieces of at most this many edits of shared lines.
    /// Nearly always there is one piece.
    pub(super) fn edits(&self, limit: usize) -> Vec<Edit<'a>> {
        let mut end = (self.expected.lines.len(), self.actual.lines.len());
        let (mut left, mut right) = (&self.expected.numbers[..], &self.actual.numbers[..]);
        let mut pieces = Vec::new();
        loop {
            let reach = search(left, right, limit);
            let start = match (reach.x, reach.y) {
                (0, 0) => (0, 0),
                (x, y) => (self.expected.place(x), self.actual.place(y)),
            };
            pieces.push(self.walk(start, end, &reach));
            if start == (0, 0) {
                return pieces.into_iter().rev().flatten().collect();
            }
            end = start;
            (left, right) = (&left[..reach.x], &right[..reach.y]);
        }
    }

    /// Returns the edits of a piece. On a tie, the deletion comes first.
    fn walk(&self, start: (usize, usize), end: (usize, usize), reach: &Reach) -> Vec<Edit<'a>> {
        let (expected, actual) = (&self.expected, &self.actual);
        let (mut i, mut j) = start;
        let (mut x, mut y, mut left) = (reach.x, reach.y, reach.edits());
        let mut edits = Vec::new();
        while (i, j) != end {
            if i < end.0 && j < end.1 && expected.lines[i] == actual.lines[j] {
                edits.push(Edit::new(Mark::Kept, expected.lines[i]));
                (i, j, x, y) = (i + 1, j + 1, x + 1, y + 1);
                continue;
            }
            let deletes = i < end.0
                && (j == end.1 || !expected.is_shared[i] || reach.is_nearer(x + 1, y, left));
            if deletes {
                edits.push(Edit::new(Mark::Deleted, expected.lines[i]));
                let shared = usize::from(expected.is_shared[i]);
                (i, x, left) = (i + 1, x + shared, left - shared);
            } else {
                edits.push(Edit::new(Mark::Inserted, actual.lines[j]));
                let shared = usize::from(actual.is_shared[j]);
                (j, y, left) = (j + 1, y + shared, left - shared);
            }
        }
        edits
    }

    /// Returns the points that a search visits, and the pairs of shared lines and borders.
    #[cfg(test)]
    pub(super) fn visited(&self) -> (usize, usize) {
        let (left, right) = (&self.expected.numbers, &self.actual.numbers);
        let reach = search(left, right, usize::MAX);
        (reach.visited(), (left.len() + 1) * (right.len() + 1))
    }
}

//! Sets of code points.

const LAST_POINT: u32 = 0x10_FFFF;
const UPPER: (u32, u32) = (0x41, 0x5A);
const LOWER: (u32, u32) = (0x61, 0x7A);
/// The distance from an upper-case ASCII letter to its lower-case one.
const CASE: i32 = 0x20;

/// Ranges in ascending order, with the first and last code point of each. They neither overlap nor
/// touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    pub(super) fn one(point: char) -> Self {
        Self(vec![(point.into(), point.into())])
    }

    pub(super) fn range(first: u32, last: u32) -> Self {
        Self(vec![(first, last)])
    }

    pub(super) fn any() -> Self {
        Self::range(0, LAST_POINT)
    }

    pub(super) fn digits() -> Self {
        Self::range(0x30, 0x39)
    }

    pub(super) fn word() -> Self {
        Self(vec![(0x30, 0x39), UPPER, (0x5F, 0x5F), LOWER])
    }

    pub(super) fn space() -> Self {
        Self(vec![(0x09, 0x0D), (0x20, 0x20)])
    }

    /// Returns the union of sets.
    pub(super) fn union(sets: impl IntoIterator<Item = Self>) -> Self {
        let mut all: Vec<_> = sets.into_iter().flat_map(|set| set.0).collect();
        all.sort_unstable();
        let mut union: Vec<(u32, u32)> = Vec::new();
        for (first, last) in all {
            match union.last_mut() {
                Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
                _ => union.push((first, last)),
            }
        }
        Self(union)
    }

    /// Returns all other code points.
    pub(super) fn complement(&self) -> Self {
        let mut others = Vec::new();
        let mut start = 0;
        for &(first, last) in &self.0 {
            if start < first {
                others.push((start, first - 1));
            }
            start = last + 1;
        }
        if start <= LAST_POINT {
            others.push((start, LAST_POINT));
        }
        Self(others)
    }

    /// Returns the set with the other case of each ASCII letter in it.
    pub(super) fn without_case(self) -> Self {
        let upper = self.shifted(UPPER, CASE);
        let lower = self.shifted(LOWER, -CASE);
        Self::union([self, upper, lower])
    }

    /// Returns what the set and the letters have in common, moved by an offset.
    fn shifted(&self, letters: (u32, u32), offset: i32) -> Self {
        let moved = |point: u32| point.saturating_add_signed(offset);
        let common = self.0.iter().filter_map(|&(first, last)| {
            let (first, last) = (first.max(letters.0), last.min(letters.1));
            (first <= last).then(|| (moved(first), moved(last)))
        });
        Self(common.collect())
    }

    pub(super) fn contains(&self, point: char) -> bool {
        let point = u32::from(point);
        let range = self.0.iter().find(|(_, last)| point <= *last);
        range.is_some_and(|(first, _)| *first <= point)
    }

    /// Returns the code point of a set that has only one.
    pub(super) fn only(&self) -> Option<u32> {
        match self.0[..] {
            [(first, last)] if first == last => Some(first),
            _ => None,
        }
    }
}

/// Returns whether a code point is one of `\w`.
pub(super) const fn is_word(point: char) -> bool {
    point.is_ascii_alphanumeric() || point == '_'
}

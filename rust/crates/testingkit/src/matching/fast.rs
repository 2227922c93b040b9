//! The definition of a matcher, and assertions on native values that plainly pass.
//!
//! A fast path returns true only if the assertion passes. Any other value takes the way of the kit:
//! it is converted and evaluated. A test holds the two to the same answers.

use std::cmp::Ordering;

use crate::value::{Plain, PlainList};

/// Returns whether an assertion plainly passes for a value and the arguments.
pub type Fast = fn(Plain<'_>, &[Plain<'_>]) -> bool;

/// Name and parameters of an assertion.
#[derive(Debug)]
pub struct Definition {
    name: &'static str,
    parameters: &'static [&'static str],
    fast: Option<Fast>,
}

impl Definition {
    /// Returns the definition of an assertion of the catalog.
    #[must_use]
    pub const fn new(name: &'static str, parameters: &'static [&'static str]) -> Self {
        Self {
            name,
            parameters,
            fast: fast_path(name),
        }
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) const fn parameters(&self) -> &'static [&'static str] {
        self.parameters
    }

    #[inline]
    pub(super) const fn fast(&self) -> Option<Fast> {
        self.fast
    }
}

/// The assertions that have a fast path.
pub(super) const FAST: &[(&str, Fast)] = &[
    ("equal", |actual, given| {
        equal(actual, given[0]) == Some(true)
    }),
    ("not_equal", |actual, given| {
        equal(actual, given[0]) == Some(false)
    }),
    ("is_null", |actual, _| matches!(actual, Plain::Null)),
    ("is_not_null", |actual, _| {
        !matches!(actual, Plain::Null | Plain::Other)
    }),
    ("is_true", |actual, _| matches!(actual, Plain::Bool(true))),
    ("is_false", |actual, _| matches!(actual, Plain::Bool(false))),
    ("is_less_than", |actual, given| {
        order(actual, given[0]).is_some_and(Ordering::is_lt)
    }),
    ("is_at_most", |actual, given| {
        order(actual, given[0]).is_some_and(Ordering::is_le)
    }),
    ("is_greater_than", |actual, given| {
        order(actual, given[0]).is_some_and(Ordering::is_gt)
    }),
    ("is_at_least", |actual, given| {
        order(actual, given[0]).is_some_and(Ordering::is_ge)
    }),
    ("is_between", |actual, given| {
        within(actual, given, Ordering::is_le)
    }),
    ("is_strictly_between", |actual, given| {
        within(actual, given, Ordering::is_lt)
    }),
    ("is_zero", |actual, _| {
        sign(actual).is_some_and(Ordering::is_eq)
    }),
    ("is_not_zero", |actual, _| {
        sign(actual).is_some_and(Ordering::is_ne)
    }),
    ("is_positive", |actual, _| {
        sign(actual).is_some_and(Ordering::is_gt)
    }),
    ("is_negative", |actual, _| {
        sign(actual).is_some_and(Ordering::is_lt)
    }),
    ("is_not_positive", |actual, _| {
        sign(actual).is_some_and(Ordering::is_le)
    }),
    ("is_not_negative", |actual, _| {
        sign(actual).is_some_and(Ordering::is_ge)
    }),
    ("contains_text", |actual, given| {
        on_texts(actual, given[0], |text, part| text.contains(part))
    }),
    ("not_contains_text", |actual, given| {
        on_texts(actual, given[0], |text, part| !text.contains(part))
    }),
    ("starts_with", |actual, given| {
        on_texts(actual, given[0], |text, prefix| text.starts_with(prefix))
    }),
    ("not_starts_with", |actual, given| {
        on_texts(actual, given[0], |text, prefix| !text.starts_with(prefix))
    }),
    ("ends_with", |actual, given| {
        on_texts(actual, given[0], |text, suffix| text.ends_with(suffix))
    }),
    ("not_ends_with", |actual, given| {
        on_texts(actual, given[0], |text, suffix| !text.ends_with(suffix))
    }),
    ("is_empty", |actual, _| length(actual) == Some(0)),
    ("is_not_empty", |actual, _| {
        length(actual).is_some_and(|length| length > 0)
    }),
    ("has_length", |actual, given| {
        has_length(actual, given[0], i128::eq)
    }),
    ("has_length_at_least", |actual, given| {
        has_length(actual, given[0], i128::ge)
    }),
    ("contains", |actual, given| {
        contains(actual, given[0]) == Some(true)
    }),
    ("not_contains", |actual, given| {
        contains(actual, given[0]) == Some(false)
    }),
    ("is_one_of", |actual, given| {
        contains(given[0], actual) == Some(true)
    }),
];

const fn fast_path(name: &str) -> Option<Fast> {
    let mut place = 0;
    while place < FAST.len() {
        if is_same(FAST[place].0, name) {
            return Some(FAST[place].1);
        }
        place += 1;
    }
    None
}

/// Returns whether two texts are the same; `==` is not for constants.
const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut place = 0;
    while place < left.len() && place < right.len() && left[place] == right[place] {
        place += 1;
    }
    place == left.len() && place == right.len()
}

/// Returns whether two values are equal, or `None` if one has to be converted.
#[inline]
fn equal(left: Plain<'_>, right: Plain<'_>) -> Option<bool> {
    match (left, right) {
        (Plain::Other, _) | (_, Plain::Other) => None,
        (Plain::Null, Plain::Null) => Some(true),
        (Plain::Bool(left), Plain::Bool(right)) => Some(left == right),
        (Plain::Int(left), Plain::Int(right)) => Some(left == right),
        (Plain::Float(left), Plain::Float(right)) => Some(are_equal(left, right)),
        (Plain::Text(left), Plain::Text(right)) => Some(left == right),
        (Plain::Bytes(left), Plain::Bytes(right)) => Some(left == right),
        (Plain::List(left), Plain::List(right)) => equal_lists(left, right),
        _ => Some(false),
    }
}

fn equal_lists(left: PlainList<'_>, right: PlainList<'_>) -> Option<bool> {
    match (left, right) {
        (PlainList::I32s(left), PlainList::I32s(right)) => Some(left == right),
        (PlainList::I64s(left), PlainList::I64s(right)) => Some(left == right),
        (PlainList::U8s(left), PlainList::U8s(right)) => Some(left == right),
        _ if left.len() != right.len() => Some(false),
        _ => {
            let mut pairs = left.iter().zip(right.iter());
            pairs.try_fold(true, |so_far, (left, right)| {
                Some(so_far && equal(left, right)?)
            })
        }
    }
}

#[expect(clippy::float_cmp, reason = "equal is the exact relation")]
fn are_equal(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

/// Returns the order of two values of one kind, or `None` if they have none or the kit has to decide.
#[inline]
fn order(left: Plain<'_>, right: Plain<'_>) -> Option<Ordering> {
    match (left, right) {
        (Plain::Int(left), Plain::Int(right)) => Some(left.cmp(&right)),
        (Plain::Float(left), Plain::Float(right)) => left.partial_cmp(&right),
        (Plain::Text(left), Plain::Text(right)) => Some(left.cmp(right)),
        (Plain::Bytes(left), Plain::Bytes(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Returns whether `low`, `actual` and `high` are in order, which implies that `low` and `high` are.
fn within(actual: Plain<'_>, given: &[Plain<'_>], holds: fn(Ordering) -> bool) -> bool {
    order(given[0], actual).is_some_and(holds) && order(actual, given[1]).is_some_and(holds)
}

fn sign(actual: Plain<'_>) -> Option<Ordering> {
    match actual {
        Plain::Int(number) => Some(number.cmp(&0)),
        Plain::Float(number) => number.partial_cmp(&0.0),
        _ => None,
    }
}

fn on_texts(actual: Plain<'_>, given: Plain<'_>, holds: fn(&str, &str) -> bool) -> bool {
    match (actual, given) {
        (Plain::Text(actual), Plain::Text(given)) => holds(actual, given),
        _ => false,
    }
}

fn length(actual: Plain<'_>) -> Option<usize> {
    match actual {
        Plain::Text(text) => Some(text.chars().count()),
        Plain::Bytes(octets) => Some(octets.len()),
        Plain::List(items) => Some(items.len()),
        _ => None,
    }
}

fn has_length(actual: Plain<'_>, count: Plain<'_>, holds: fn(&i128, &i128) -> bool) -> bool {
    match (length(actual), count) {
        // A count below zero is an error.
        (Some(length), Plain::Int(count)) => count >= 0 && holds(&(length as i128), &count),
        _ => false,
    }
}

fn contains(list: Plain<'_>, item: Plain<'_>) -> Option<bool> {
    let Plain::List(items) = list else {
        return None;
    };
    let mut found = items.iter().map(|own| equal(own, item));
    found.try_fold(false, |so_far, found| Some(so_far || found?))
}

#[cfg(test)]
mod tests;

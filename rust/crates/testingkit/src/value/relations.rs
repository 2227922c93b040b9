//! The three relations between values: equal, identical, equivalent (`docs/kit/value.md`,
//! relations).

use super::comparison::Comparison;
use super::content::content;
use super::depth::require_depth;
use super::order::sorted_fields;
use super::{Outcome, Record, Value};

impl Value {
    /// Returns whether two values are equal: the same kind and the same value at every depth. NaN
    /// equals NaN.
    ///
    /// # Panics
    /// If a value does not pass [`check_depth`](Self::check_depth).
    #[must_use]
    pub fn is_equal_to(&self, other: &Self) -> bool {
        require_depth(&[self, other]);
        related(self, other, Relation::Equal)
    }

    /// Returns whether two values are equal and have the same signs of zero and the same offsets of
    /// times.
    ///
    /// # Panics
    /// If a value does not pass [`check_depth`](Self::check_depth).
    #[must_use]
    pub fn is_identical_to(&self, other: &Self) -> bool {
        require_depth(&[self, other]);
        related(self, other, Relation::Identical)
    }

    /// Returns whether two values are equal if ints and floats are compared by their exact values.
    ///
    /// # Panics
    /// If a value does not pass [`check_depth`](Self::check_depth).
    #[must_use]
    pub fn is_equivalent_to(&self, other: &Self) -> bool {
        require_depth(&[self, other]);
        related(self, other, Relation::Equivalent)
    }
}

/// A relation between values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Relation {
    Equal,
    Identical,
    Equivalent,
}

impl Relation {
    /// Returns whether at most one item of a set, or key of a map, relates to this value, and no
    /// value of another kind. In canonical order, the related ones have the same place.
    pub(super) fn is_simple(self, value: &Value) -> bool {
        let mixes = self == Self::Equivalent && value.as_number().is_some();
        !mixes && !matches!(value, Value::Outcome(_)) && content(value, self).is_some()
    }
}

/// What comparing two values place by place shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    No,
    Yes,
    /// The values may relate, but not place by place.
    Open,
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Returns whether two values relate.
fn related(left: &Value, right: &Value, relation: Relation) -> bool {
    match by_place(left, right, relation) {
        Verdict::No => false,
        Verdict::Yes => true,
        Verdict::Open => {
            let (comparison, left, right) = Comparison::new(relation, left, right);
            comparison.related(left, right)
        }
    }
}

/// Compares two values place by place, which nearly always suffices.
///
/// The items of a set and the entries of a map are in canonical order, so those that relate have
/// the same place, unless records, or ints and floats, tie.
pub(crate) fn by_place(left: &Value, right: &Value, relation: Relation) -> Verdict {
    match (left, right) {
        (Value::List(one), Value::List(two)) => {
            each_by_place(one, two, |one, two| by_place(one, two, relation))
        }
        (Value::Set(one), Value::Set(two)) => {
            each_by_place(one.items(), two.items(), |one, two| {
                within(one, two, relation, by_place(one, two, relation))
            })
        }
        (Value::Map(one), Value::Map(two)) => {
            each_by_place(one.entries(), two.entries(), |one, two| {
                entries_by_place(one, two, relation)
            })
        }
        (Value::Record(one), Value::Record(two)) => records_by_place(one, two, relation),
        (Value::Message(one), Value::Message(two)) => {
            records_by_place(one.record(), two.record(), relation)
        }
        (Value::Outcome(Outcome::Returned(one)), Value::Outcome(Outcome::Returned(two))) => {
            by_place(one, two, relation)
        }
        _ => match (content(left, relation), content(right, relation)) {
            (Some(one), Some(two)) => (one == two).into(),
            _ => Verdict::No,
        },
    }
}

/// Returns the first verdict of two parts that is not yes, or yes.
fn each_by_place<T>(left: &[T], right: &[T], by_place: impl Fn(&T, &T) -> Verdict) -> Verdict {
    if left.len() != right.len() {
        return Verdict::No;
    }
    let mut verdicts = left.iter().zip(right).map(|(one, two)| by_place(one, two));
    verdicts
        .find(|verdict| *verdict != Verdict::Yes)
        .unwrap_or(Verdict::Yes)
}

/// Returns the verdict of two items, or entries with these keys, that have the same place: if
/// neither could relate only to the other one, it is open.
fn within(left: &Value, right: &Value, relation: Relation, verdict: Verdict) -> Verdict {
    if verdict == Verdict::Yes || relation.is_simple(left) || relation.is_simple(right) {
        verdict
    } else {
        Verdict::Open
    }
}

fn entries_by_place(left: &(Value, Value), right: &(Value, Value), relation: Relation) -> Verdict {
    let verdict = match by_place(&left.0, &right.0, relation) {
        Verdict::Yes => by_place(&left.1, &right.1, relation),
        verdict => verdict,
    };
    within(&left.0, &right.0, relation, verdict)
}

fn records_by_place(left: &Record, right: &Record, relation: Relation) -> Verdict {
    let (one, two) = (left.fields(), right.fields());
    if !left.name_relates_to(right) || one.len() != two.len() {
        return Verdict::No;
    }
    if one.iter().zip(two).all(|(one, two)| one.0 == two.0) {
        return each_by_place(one, two, |one, two| by_place(&one.1, &two.1, relation));
    }
    let (one, two) = (sorted_fields(left), sorted_fields(right));
    if one.iter().zip(&two).any(|(one, two)| one.0 != two.0) {
        return Verdict::No;
    }
    each_by_place(&one, &two, |one, two| by_place(&one.1, &two.1, relation))
}

//! The three relations between values: equal, identical, equivalent (`docs/kit/value.md`,
//! relations).

use super::depth::require_depth;
use super::{Map, Number, Outcome, Record, Value};

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

/// Returns whether two values that are not too deep are equal.
pub(super) fn are_equal(left: &Value, right: &Value) -> bool {
    related(left, right, Relation::Equal)
}

#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Equal,
    Identical,
    Equivalent,
}

fn related(left: &Value, right: &Value, relation: Relation) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Text(one), Value::Text(two)) => one == two,
        (Value::Bytes(one), Value::Bytes(two)) => one == two,
        (Value::Duration(one), Value::Duration(two)) => one == two,
        (Value::Time(one), Value::Time(two)) => {
            one.instant() == two.instant()
                && (relation != Relation::Identical
                    || one.utc_offset_seconds() == two.utc_offset_seconds())
        }
        (Value::Enum(one), Value::Enum(two)) => {
            (&one.type_name, one.number) == (&two.type_name, two.number)
        }
        (Value::List(one), Value::List(two)) => pairwise(one, two, relation),
        (Value::Set(one), Value::Set(two)) => mutual(one.items(), two.items(), |one, two| {
            related(one, two, relation)
        }),
        (Value::Map(one), Value::Map(two)) => maps_related(one, two, relation),
        (Value::Record(one), Value::Record(two)) => records_related(one, two, relation),
        (Value::Error(one), Value::Error(two)) => one == two,
        (Value::Outcome(one), Value::Outcome(two)) => match (one, two) {
            (Outcome::Returned(one), Outcome::Returned(two)) => related(one, two, relation),
            _ => one == two,
        },
        _ => match (left.as_number(), right.as_number()) {
            (Some(one), Some(two)) => numbers_related(one, two, relation),
            _ => false,
        },
    }
}

fn numbers_related(left: Number<'_>, right: Number<'_>, relation: Relation) -> bool {
    match (left, right) {
        (Number::Int(one), Number::Int(two)) => one == two,
        (Number::Float(one), Number::Float(two)) if one.is_nan() || two.is_nan() => {
            one.is_nan() && two.is_nan()
        }
        (Number::Float(one), Number::Float(two)) => {
            one == two
                && (relation != Relation::Identical
                    || one.is_sign_negative() == two.is_sign_negative())
        }
        _ => relation == Relation::Equivalent && left == right,
    }
}

fn pairwise(left: &[Value], right: &[Value], relation: Relation) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(one, two)| related(one, two, relation))
}

/// Returns whether both sides have the same number of items and each item has a related one on the
/// other side.
///
/// Both sides are in canonical order, so the items nearly always pair up one by one. Only if they
/// do not is each compared with all others.
fn mutual<T>(left: &[T], right: &[T], related: impl Fn(&T, &T) -> bool) -> bool {
    if left.len() != right.len() {
        return false;
    }
    left.iter().zip(right).all(|(one, two)| related(one, two))
        || (left
            .iter()
            .all(|one| right.iter().any(|two| related(one, two)))
            && right
                .iter()
                .all(|two| left.iter().any(|one| related(one, two))))
}

fn maps_related(left: &Map, right: &Map, relation: Relation) -> bool {
    mutual(left.entries(), right.entries(), |one, two| {
        related(&one.0, &two.0, relation) && related(&one.1, &two.1, relation)
    })
}

fn records_related(left: &Record, right: &Record, relation: Relation) -> bool {
    let unnamed = left.name().is_empty() || right.name().is_empty();
    (unnamed || left.name() == right.name())
        && left.fields().len() == right.fields().len()
        && left.into_iter().all(|(name, one)| {
            right
                .get(name)
                .is_some_and(|two| related(one, two, relation))
        })
}

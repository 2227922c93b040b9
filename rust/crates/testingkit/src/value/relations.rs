//! The three relations between values: equal, identical, equivalent (`docs/kit/value.md`,
//! relations).

use std::cmp::Ordering;

use super::{Map, Number, Outcome, Record, Value};

/// Whether two values are equal: same kind and same value at every depth, NaN equals NaN.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    related(left, right, Relation::Equal)
}

/// Whether two values are equal with the same float signs and the same offsets of times.
#[must_use]
pub fn identical(left: &Value, right: &Value) -> bool {
    related(left, right, Relation::Identical)
}

/// Whether two values are equal when ints and floats compare by exact value at every depth.
#[must_use]
pub fn equivalent(left: &Value, right: &Value) -> bool {
    related(left, right, Relation::Equivalent)
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
            (one.seconds, one.nanos) == (two.seconds, two.nanos)
                && (relation != Relation::Identical
                    || one.utc_offset_seconds == two.utc_offset_seconds)
        }
        (Value::Enum(one), Value::Enum(two)) => {
            (&one.type_name, one.number) == (&two.type_name, two.number)
        }
        (Value::List(one), Value::List(two)) => pairwise(one, two, relation),
        (Value::Set(one), Value::Set(two)) => mutual(&one.items, &two.items, |one, two| {
            related(one, two, relation)
        }),
        (Value::Map(one), Value::Map(two)) => maps_related(one, two, relation),
        (Value::Record(one), Value::Record(two)) => records_related(one, two, relation),
        (Value::Error(one), Value::Error(two)) => one == two,
        (Value::Outcome(one), Value::Outcome(two)) => match (one, two) {
            (Outcome::Returned(one), Outcome::Returned(two)) => related(one, two, relation),
            _ => one == two,
        },
        _ => match (Number::of(left), Number::of(right)) {
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
        _ => relation == Relation::Equivalent && left.compare(right) == Some(Ordering::Equal),
    }
}

fn pairwise(left: &[Value], right: &[Value], relation: Relation) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(one, two)| related(one, two, relation))
}

/// Same number, and each one of either side has a related one on the other.
///
/// Both sides are in canonical order, so equal ones nearly always pair up at the first attempt.
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
    mutual(&left.entries, &right.entries, |one, two| {
        related(&one.0, &two.0, relation) && related(&one.1, &two.1, relation)
    })
}

fn records_related(left: &Record, right: &Record, relation: Relation) -> bool {
    let names_agree = left.name.is_empty() || right.name.is_empty() || left.name == right.name;
    names_agree
        && left.fields.len() == right.fields.len()
        && left.fields.iter().all(|(name, one)| {
            let other = right.fields.iter().find(|(other, _)| other == name);
            other.is_some_and(|(_, two)| related(one, two, relation))
        })
}

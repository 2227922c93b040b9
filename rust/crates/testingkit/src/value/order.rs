//! The total order of values (`docs/kit/value.md`, order): for sorting, never for a verdict.
//!
//! It has two passes. The coarse one compares what equality compares; the fine one breaks the tie by
//! what equality ignores. So equal values without parts are neighbours in a sorted sequence, which
//! the constructors of sets and maps rely on.

use std::cmp::Ordering;

use super::depth::require_depth;
use super::{EnumMember, ErrorValue, Kind, Number, Outcome, Record, Time, Value};

impl Value {
    /// Returns the order of two values in the total order: `values.sort_by(Value::total_cmp)`.
    ///
    /// # Panics
    /// If a value does not pass [`check_depth`](Self::check_depth).
    #[must_use]
    pub fn total_cmp(&self, other: &Self) -> Ordering {
        require_depth(&[self, other]);
        total_order(self, other)
    }
}

/// Returns the total order of values that are not too deep.
pub(super) fn total_order(left: &Value, right: &Value) -> Ordering {
    coarse_order(left, right).then_with(|| compare(left, right, Pass::Fine))
}

/// Returns the order by the coarse pass, which ties equal values and records that differ in name
/// only.
pub(super) fn coarse_order(left: &Value, right: &Value) -> Ordering {
    compare(left, right, Pass::Coarse)
}

#[derive(Clone, Copy, PartialEq)]
enum Pass {
    Coarse,
    Fine,
}

impl Pass {
    fn in_fine(self, tie: impl FnOnce() -> Ordering) -> Ordering {
        if self == Self::Fine {
            tie()
        } else {
            Ordering::Equal
        }
    }
}

const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Float => Kind::Int as u8,
        other => other as u8,
    }
}

fn compare(left: &Value, right: &Value, pass: Pass) -> Ordering {
    match (left, right) {
        (Value::Bool(one), Value::Bool(two)) => one.cmp(two),
        (Value::Text(one), Value::Text(two)) => one.cmp(two),
        (Value::Bytes(one), Value::Bytes(two)) => one.cmp(two),
        (Value::Duration(one), Value::Duration(two)) => one.cmp(two),
        (Value::Time(one), Value::Time(two)) => compare_times(*one, *two, pass),
        (Value::Enum(one), Value::Enum(two)) => compare_enums(one, two, pass),
        (Value::List(one), Value::List(two)) => compare_sequences(one, two, pass),
        (Value::Set(one), Value::Set(two)) => compare_sequences(one.items(), two.items(), pass),
        (Value::Map(one), Value::Map(two)) => compare_entries(one.entries(), two.entries(), pass),
        (Value::Record(one), Value::Record(two)) => compare_records(one, two, pass),
        (Value::Message(one), Value::Message(two)) => {
            compare_records(one.record(), two.record(), pass)
        }
        (Value::Error(one), Value::Error(two)) => compare_errors(one, two),
        (Value::Outcome(one), Value::Outcome(two)) => compare_outcomes(one, two, pass),
        _ => match (left.as_number(), right.as_number()) {
            (Some(one), Some(two)) => compare_numbers(one, two, pass),
            _ => rank(left.kind()).cmp(&rank(right.kind())),
        },
    }
}

fn compare_numbers(left: Number<'_>, right: Number<'_>, pass: Pass) -> Ordering {
    let Some(by_value) = left.partial_cmp(&right) else {
        return left.is_nan().cmp(&right.is_nan());
    };
    by_value.then_with(|| match (left, right) {
        (Number::Int(_), Number::Float(_)) => Ordering::Less,
        (Number::Float(_), Number::Int(_)) => Ordering::Greater,
        (Number::Float(one), Number::Float(two)) => {
            pass.in_fine(|| two.is_sign_negative().cmp(&one.is_sign_negative()))
        }
        (Number::Int(_), Number::Int(_)) => Ordering::Equal,
    })
}

fn compare_times(left: Time, right: Time, pass: Pass) -> Ordering {
    let offset = Time::utc_offset_seconds;
    left.instant()
        .cmp(&right.instant())
        .then_with(|| pass.in_fine(|| offset(left).cmp(&offset(right))))
}

fn compare_enums(left: &EnumMember, right: &EnumMember, pass: Pass) -> Ordering {
    (&left.type_name, left.number)
        .cmp(&(&right.type_name, right.number))
        .then_with(|| pass.in_fine(|| left.name.cmp(&right.name)))
}

fn compare_sequences(left: &[Value], right: &[Value], pass: Pass) -> Ordering {
    let mut pairs = left
        .iter()
        .zip(right)
        .map(|(one, two)| compare(one, two, pass));
    pairs
        .find(|by_item| by_item.is_ne())
        .unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn compare_entries(left: &[(Value, Value)], right: &[(Value, Value)], pass: Pass) -> Ordering {
    let mut pairs = left.iter().zip(right).map(|(one, two)| {
        compare(&one.0, &two.0, pass).then_with(|| compare(&one.1, &two.1, pass))
    });
    pairs
        .find(|by_entry| by_entry.is_ne())
        .unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn compare_records(left: &Record, right: &Record, pass: Pass) -> Ordering {
    let (one, two) = (sorted_fields(left), sorted_fields(right));
    let mut pairs = one.iter().zip(&two).map(|(one, two)| {
        one.0
            .cmp(&two.0)
            .then_with(|| compare(&one.1, &two.1, pass))
    });
    pairs
        .find(|by_field| by_field.is_ne())
        .unwrap_or_else(|| one.len().cmp(&two.len()))
        .then_with(|| pass.in_fine(|| left.name().cmp(right.name())))
}

/// Returns the fields sorted by name, because their declared order is for display only.
pub(super) fn sorted_fields(record: &Record) -> Vec<&(String, Value)> {
    let mut fields: Vec<_> = record.into_iter().collect();
    fields.sort_by(|one, two| one.0.cmp(&two.0));
    fields
}

fn compare_errors(left: &ErrorValue, right: &ErrorValue) -> Ordering {
    let own = (&left.type_name, &left.message, left.code);
    own.cmp(&(&right.type_name, &right.message, right.code))
        .then_with(|| {
            let mut pairs = left
                .causes
                .iter()
                .zip(&right.causes)
                .map(|(one, two)| compare_errors(one, two));
            pairs
                .find(|by_cause| by_cause.is_ne())
                .unwrap_or_else(|| left.causes.len().cmp(&right.causes.len()))
        })
}

fn compare_outcomes(left: &Outcome, right: &Outcome, pass: Pass) -> Ordering {
    match (left, right) {
        (Outcome::Returned(one), Outcome::Returned(two)) => compare(one, two, pass),
        (Outcome::Failed(one), Outcome::Failed(two)) => compare_errors(one, two),
        (Outcome::Panicked(one), Outcome::Panicked(two)) => one.cmp(two),
        _ => left.ending().cmp(&right.ending()),
    }
}

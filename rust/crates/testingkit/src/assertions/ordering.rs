//! The assertions of order (`docs/kit/assertions.md`, order).

use std::cmp::Ordering;

use super::entry::{Body, Entry, Kinds, ORDERED};
use crate::value::{ErrorCode, Value};

pub(super) const ENTRIES: &[Entry] = &[
    entry("is_less_than", LIMIT, Body::Plain(is_less_than)),
    entry("is_at_least", LIMIT, Body::Opposite(is_less_than)),
    Entry {
        precondition: range_is_ordered,
        ..entry("is_between", RANGE, Body::Plain(is_between))
    },
    Entry {
        precondition: range_is_ordered,
        ..entry("is_not_between", RANGE, Body::Opposite(is_between))
    },
];
const LIMIT: &[(&str, Kinds)] = &[("limit", ORDERED)];
const RANGE: &[(&str, Kinds)] = &[("low", ORDERED), ("high", ORDERED)];

const fn entry(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    body: Body,
) -> Entry {
    Entry {
        arguments,
        actual: ORDERED,
        ..Entry::new(name, body)
    }
}

/// Returns the order of two values, or `not_comparable` if they have none.
fn compare(left: &Value, right: &Value) -> Result<Ordering, ErrorCode> {
    let order = match (left, right) {
        (Value::Text(one), Value::Text(two)) => Some(one.cmp(two)),
        (Value::Bytes(one), Value::Bytes(two)) => Some(one.cmp(two)),
        (Value::Duration(one), Value::Duration(two)) => Some(one.cmp(two)),
        (Value::Time(one), Value::Time(two)) => Some(one.instant().cmp(&two.instant())),
        _ => left
            .as_number()
            .zip(right.as_number())
            .and_then(|(one, two)| one.partial_cmp(&two)),
    };
    order.ok_or(ErrorCode::NotComparable)
}

fn range_is_ordered(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match compare(arguments[0], arguments[1])? {
        Ordering::Greater => Err(ErrorCode::BadArgument),
        _ => Ok(()),
    }
}

fn is_less_than(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    compare(actual, arguments[0]).map(Ordering::is_lt)
}

fn is_between(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let (low, high) = (
        compare(actual, arguments[0])?,
        compare(actual, arguments[1])?,
    );
    Ok(low.is_ge() && high.is_le())
}

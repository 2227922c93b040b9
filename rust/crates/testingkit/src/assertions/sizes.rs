//! The assertions of sizes (`docs/kit/assertions.md`, sizes).

use std::cmp::Ordering;

use super::collection::items;
use super::entry::{Body, Entry, Finding, INT, Kinds, SIZED};
use crate::value::{ErrorCode, Int, Value};

const COUNT: &[(&str, Kinds)] = &[("count", INT)];
const LOW_AND_HIGH: &[(&str, Kinds)] = &[("low", INT), ("high", INT)];

pub(super) const ENTRIES: &[Entry] = &[
    length("has_length", COUNT, has_length),
    length("has_length_at_least", COUNT, has_length_at_least),
    length("has_length_at_most", COUNT, has_length_at_most),
    Entry {
        precondition: range_is_ordered,
        ..length("has_length_between", LOW_AND_HIGH, has_length_between)
    },
    length(
        "has_same_length_as",
        &[("other", SIZED)],
        has_same_length_as,
    ),
    Entry {
        actual: SIZED,
        details: &["size"],
        ..Entry::new("is_empty", Body::Detailed(is_empty))
    },
    Entry {
        actual: SIZED,
        ..Entry::new(
            "is_not_empty",
            Body::Plain(|actual, _| Ok(size(actual)? > 0)),
        )
    },
];

const fn length(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    body: fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>,
) -> Entry {
    Entry {
        arguments,
        actual: SIZED,
        details: &["length"],
        precondition: counts_are_not_negative,
        ..Entry::new(name, Body::Detailed(body))
    }
}

/// Returns the number of code points, octets, items or entries.
pub(super) fn size(actual: &Value) -> Result<usize, ErrorCode> {
    match actual {
        Value::Text(text) => Ok(text.chars().count()),
        Value::Bytes(octets) => Ok(octets.len()),
        _ => items(actual).map(|items| items.len()),
    }
}

/// Refuses negative integers among the arguments.
pub(super) fn counts_are_not_negative(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let is_negative = |argument: &&Value| matches!(argument, Value::Int(int) if int.is_negative());
    if arguments.iter().any(is_negative) {
        Err(ErrorCode::BadArgument)
    } else {
        Ok(())
    }
}

fn range_is_ordered(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match (arguments[0], arguments[1]) {
        (Value::Int(low), Value::Int(high)) if low > high => Err(ErrorCode::BadArgument),
        _ => counts_are_not_negative(arguments),
    }
}

/// Returns the finding that passes if the test holds for the order of the size to each argument.
fn find(
    actual: &Value,
    arguments: &[&Value],
    holds: fn(&[Ordering]) -> bool,
) -> Result<Finding, ErrorCode> {
    let length = Int::from(size(actual)?);
    let orders: Vec<_> = arguments
        .iter()
        .filter_map(|argument| match argument {
            Value::Int(count) => Some(length.cmp(count)),
            _ => None,
        })
        .collect();
    Ok(Finding::with(holds(&orders), "length", Value::Int(length)))
}

fn has_length(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    find(actual, arguments, |orders| orders[0].is_eq())
}

fn has_length_at_least(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    find(actual, arguments, |orders| orders[0].is_ge())
}

fn has_length_at_most(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    find(actual, arguments, |orders| orders[0].is_le())
}

fn has_length_between(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    find(actual, arguments, |orders| {
        orders[0].is_ge() && orders[1].is_le()
    })
}

fn has_same_length_as(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    has_length(actual, &[&Value::from(size(arguments[0])?)])
}

fn is_empty(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let size = size(actual)?;
    Ok(Finding::with(size == 0, "size", Value::from(size)))
}

//! The assertions of sizes (`docs/kit/assertions.md`, sizes).

use std::cmp::Ordering;

use super::collection::items;
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Int, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "has_length",
        Rule::detailed(has_length).requiring(counts_are_not_negative),
    ),
    (
        "has_length_at_least",
        Rule::detailed(has_length_at_least).requiring(counts_are_not_negative),
    ),
    (
        "has_length_at_most",
        Rule::detailed(has_length_at_most).requiring(counts_are_not_negative),
    ),
    (
        "has_length_between",
        Rule::detailed(has_length_between).requiring(range_is_ordered),
    ),
    ("has_same_length_as", Rule::detailed(has_same_length_as)),
    ("is_empty", Rule::detailed(is_empty)),
    (
        "is_not_empty",
        Rule::plain(|actual, _| Ok(size(actual)? > 0)),
    ),
];

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

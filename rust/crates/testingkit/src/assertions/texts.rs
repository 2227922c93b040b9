//! The assertions of the parts of texts (`docs/kit/assertions.md`, text).

use super::entry::{Finding, Rule};
use super::sizes::counts_are_not_negative;
use crate::value::{ErrorCode, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("contains_text", Rule::plain(contains)),
    ("not_contains_text", Rule::detailed(not_contains)),
    (
        "contains_all_text",
        Rule::detailed(contains_all).requiring(items_are_texts),
    ),
    (
        "contains_any_text",
        Rule::plain(contains_any).requiring(items_are_texts),
    ),
    (
        "contains_none_text",
        Rule::detailed(contains_none).requiring(items_are_texts),
    ),
    (
        "contains_text_in_order",
        Rule::detailed(contains_in_order).requiring(items_are_texts),
    ),
    (
        "contains_text_times",
        Rule::detailed(contains_times).requiring(part_can_be_counted),
    ),
    ("is_text_within", Rule::plain(is_within)),
    ("starts_with", Rule::plain(starts_with)),
    ("not_starts_with", Rule::opposite(starts_with)),
    ("ends_with", Rule::plain(ends_with)),
    ("not_ends_with", Rule::opposite(ends_with)),
];

/// Validates that all items of the first argument are texts.
pub(super) fn items_are_texts(arguments: &[&Value]) -> Result<(), ErrorCode> {
    texts(arguments[0]).map(|_| ())
}

/// Validates that the part is not empty, and that the count is not negative.
fn part_can_be_counted(arguments: &[&Value]) -> Result<(), ErrorCode> {
    // The languages count the empty text once more than there are code points.
    if text(arguments[0])?.is_empty() {
        return Err(ErrorCode::BadArgument);
    }
    counts_are_not_negative(&arguments[1..])
}

fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.contains(text(arguments[0])?))
}

fn not_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let actual = text(actual)?;
    let Some(offset) = actual.find(text(arguments[0])?) else {
        return Ok(Finding::plain(true));
    };
    let index = actual[..offset].chars().count();
    Ok(Finding::with(false, "index", Value::from(index)))
}

fn contains_all(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let actual = text(actual)?;
    let mut missing = texts(arguments[0])?;
    missing.retain(|part| !actual.contains(part));
    Ok(Finding::with(missing.is_empty(), "missing", list(&missing)))
}

fn contains_any(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let actual = text(actual)?;
    Ok(texts(arguments[0])?
        .iter()
        .any(|part| actual.contains(part)))
}

fn contains_none(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let actual = text(actual)?;
    let mut found = texts(arguments[0])?;
    found.retain(|part| actual.contains(part));
    Ok(Finding::with(found.is_empty(), "found", list(&found)))
}

fn contains_in_order(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let mut rest = text(actual)?;
    for part in texts(arguments[0])? {
        let Some((_, after)) = rest.split_once(part) else {
            return Ok(Finding::with(false, "missing", list(&[part])));
        };
        rest = after;
    }
    Ok(Finding::plain(true))
}

fn contains_times(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let count = text(actual)?.matches(text(arguments[0])?).count();
    Ok(find_count(count, arguments[1]))
}

fn is_within(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(arguments[0])?.contains(text(actual)?))
}

fn starts_with(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.starts_with(text(arguments[0])?))
}

fn ends_with(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.ends_with(text(arguments[0])?))
}

/// Returns whether a number is the expected one, with the detail `count`.
pub(super) fn find_count(count: usize, expected: &Value) -> Finding {
    let count = Value::from(count);
    Finding::with(count.is_equal_to(expected), "count", count)
}

/// Returns the text in a value. The entries accept no other kind.
pub(super) fn text(value: &Value) -> Result<&str, ErrorCode> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Returns the texts in a list.
fn texts(value: &Value) -> Result<Vec<&str>, ErrorCode> {
    let Value::List(items) = value else {
        return Err(ErrorCode::BadArgument);
    };
    let texts = items.iter().map(|item| text(item));
    texts
        .collect::<Result<_, _>>()
        .map_err(|_| ErrorCode::BadArgument)
}

/// Returns a list of texts.
pub(super) fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().copied().map(Value::from).collect())
}

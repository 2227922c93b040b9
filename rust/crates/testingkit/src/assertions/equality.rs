//! The assertions of equality, and of null and truth (`docs/kit/assertions.md`, equality).

use super::collection::items;
use super::difference::{expanded_difference, first_difference};
use super::entry::{Finding, Rule};
use super::sizes::size;
use crate::value::{ErrorCode, Relation, Value, Verdict, by_place, index_of};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "equal",
        Rule::detailed(|actual, arguments| Ok(find_equal(actual, arguments[0]))),
    ),
    (
        "identical",
        Rule::detailed(|actual, arguments| Ok(find(actual, arguments[0], Relation::Identical))),
    ),
    (
        "equivalent",
        Rule::detailed(|actual, arguments| Ok(find(actual, arguments[0], Relation::Equivalent))),
    ),
    (
        "not_equal",
        Rule::opposite(|actual, arguments| Ok(actual.is_equal_to(arguments[0]))),
    ),
    (
        "not_identical",
        Rule::opposite(|actual, arguments| Ok(actual.is_identical_to(arguments[0]))),
    ),
    (
        "not_equivalent",
        Rule::opposite(|actual, arguments| Ok(actual.is_equivalent_to(arguments[0]))),
    ),
    ("is_null", Rule::plain(is_null)),
    ("is_not_null", Rule::opposite(is_null)),
    (
        "is_true",
        Rule::plain(|actual, _| Ok(*actual == Value::Bool(true))),
    ),
    (
        "is_false",
        Rule::plain(|actual, _| Ok(*actual == Value::Bool(false))),
    ),
    ("is_one_of", Rule::plain(is_one_of)),
    ("is_not_one_of", Rule::detailed(is_not_one_of)),
    ("is_zero_value", Rule::plain(is_zero_value)),
    ("is_not_zero_value", Rule::opposite(is_zero_value)),
];

/// Returns the finding that passes if two values relate, with the details of their first difference.
pub(super) fn find(actual: &Value, expected: &Value, relation: Relation) -> Finding {
    if by_place(actual, expected, relation) == Verdict::Yes {
        return Finding::plain(true);
    }
    match first_difference(actual, expected, relation) {
        None => Finding::plain(true),
        Some(difference) => Finding {
            details: difference.details(),
            ..Finding::default()
        },
    }
}

/// Returns the finding of `equal`.
pub(super) fn find_equal(actual: &Value, expected: &Value) -> Finding {
    let found = find(actual, expected, Relation::Equal);
    if found.passed {
        return found;
    }
    Finding {
        diff: expanded_difference(actual, expected),
        ..found
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of a test")]
fn is_null(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(matches!(actual, Value::Null))
}

fn is_one_of(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(index_of(&items(arguments[0])?, actual).is_some())
}

fn is_not_one_of(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let options = items(arguments[0])?;
    Ok(match index_of(&options, actual) {
        None => Finding::plain(true),
        Some(index) => Finding::with(false, "found", options[index].clone()),
    })
}

fn is_zero_value(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    match actual {
        Value::Null => Ok(true),
        Value::Bool(truth) => Ok(!truth),
        Value::Int(int) => Ok(int.to_i64() == Some(0)),
        Value::Float(float) => Ok(*float == 0.0),
        Value::Duration(duration) => Ok(duration.as_nanos() == 0),
        Value::Text(_) | Value::Bytes(_) | Value::List(_) | Value::Set(_) | Value::Map(_) => {
            Ok(size(actual)? == 0)
        }
        _ => Ok(false),
    }
}

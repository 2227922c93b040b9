//! The assertions of equality, and of null and truth (`docs/kit/assertions.md`, equality).

use super::collection::items;
use super::difference::{expanded_difference, first_difference};
use super::entry::{ANY, Body, Entry, Finding, Kinds, LIST, Test};
use super::sizes::size;
use crate::value::{ErrorCode, Relation, Value, Verdict, by_place, index_of};

const EXPECTED: &[(&str, Kinds)] = &[("expected", ANY)];
const OPTIONS: &[(&str, Kinds)] = &[("options", LIST)];
pub(super) const PLACE: &[&str] = &[
    "path",
    "left",
    "right",
    "index",
    "left_code_point",
    "right_code_point",
];
pub(super) const PLACE_AND_DIFF: &[&str] = &[
    "path",
    "left",
    "right",
    "index",
    "left_code_point",
    "right_code_point",
    "diff",
];

pub(super) const ENTRIES: &[Entry] = &[
    with_place("equal", PLACE_AND_DIFF, |actual, arguments| {
        Ok(find_equal(actual, arguments[0]))
    }),
    with_place("identical", PLACE, |actual, arguments| {
        Ok(find(actual, arguments[0], Relation::Identical))
    }),
    with_place("equivalent", PLACE, |actual, arguments| {
        Ok(find(actual, arguments[0], Relation::Equivalent))
    }),
    opposite("not_equal", |actual, arguments| {
        Ok(actual.is_equal_to(arguments[0]))
    }),
    opposite("not_identical", |actual, arguments| {
        Ok(actual.is_identical_to(arguments[0]))
    }),
    opposite("not_equivalent", |actual, arguments| {
        Ok(actual.is_equivalent_to(arguments[0]))
    }),
    Entry::new("is_null", Body::Plain(is_null)),
    Entry::new("is_not_null", Body::Opposite(is_null)),
    Entry::new(
        "is_true",
        Body::Plain(|actual, _| Ok(*actual == Value::Bool(true))),
    ),
    Entry::new(
        "is_false",
        Body::Plain(|actual, _| Ok(*actual == Value::Bool(false))),
    ),
    Entry {
        arguments: OPTIONS,
        ..Entry::new("is_one_of", Body::Plain(is_one_of))
    },
    Entry {
        arguments: OPTIONS,
        details: &["found"],
        ..Entry::new("is_not_one_of", Body::Detailed(is_not_one_of))
    },
    Entry::new("is_zero_value", Body::Plain(is_zero_value)),
    Entry::new("is_not_zero_value", Body::Opposite(is_zero_value)),
];

const fn with_place(
    name: &'static str,
    details: &'static [&'static str],
    body: fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>,
) -> Entry {
    Entry {
        arguments: EXPECTED,
        details,
        ..Entry::new(name, Body::Detailed(body))
    }
}

const fn opposite(name: &'static str, test: Test) -> Entry {
    Entry {
        arguments: EXPECTED,
        ..Entry::new(name, Body::Opposite(test))
    }
}

/// Finds the first place at which two values do not relate.
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

/// Finds the first difference of two values, and the difference of their texts.
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

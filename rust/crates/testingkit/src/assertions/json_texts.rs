//! The assertions of JSON texts (`docs/kit/assertions.md`, JSON texts).

use super::difference::{Difference, expanded_difference, key_segment};
use super::entry::{Finding, Rule};
use super::equality::find;
use super::structure::{first_is_path, path, unresolved};
use super::texts::text;
use crate::jsontext::{JsonError, read_json};
use crate::value::{ErrorCode, Relation, Value};

const KINDS: [&str; 6] = ["object", "array", "string", "number", "bool", "null"];

pub(super) const RULES: &[(&str, Rule)] = &[
    ("is_json", Rule::detailed(is_json)),
    (
        "json_equals",
        Rule::detailed(json_equals).requiring(expected_is_json),
    ),
    (
        "json_contains",
        Rule::detailed(json_contains).requiring(expected_is_json),
    ),
    (
        "json_path_equals",
        Rule::detailed(json_path_equals).requiring(first_is_path),
    ),
    (
        "json_kind",
        Rule::detailed(json_kind).requiring(kind_is_known),
    ),
];

/// Returns the finding of the value of a JSON text.
fn of_value(
    actual: &Value,
    find: impl FnOnce(&Value) -> Result<Finding, ErrorCode>,
) -> Result<Finding, ErrorCode> {
    match read_json(text(actual)?) {
        Ok(value) => find(&value),
        Err(JsonError { offset, reason }) => Ok(Finding {
            details: vec![
                ("offset", Value::from(offset)),
                ("reason", Value::from(reason.name())),
            ],
            ..Finding::default()
        }),
    }
}

fn expected(argument: &Value) -> Result<Value, ErrorCode> {
    read_json(text(argument)?).map_err(|_| ErrorCode::BadArgument)
}

fn expected_is_json(arguments: &[&Value]) -> Result<(), ErrorCode> {
    expected(arguments[0]).map(drop)
}

fn kind_is_known(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if KINDS.contains(&text(arguments[0])?) {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

fn is_json(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    of_value(actual, |_| Ok(Finding::plain(true)))
}

fn json_equals(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    of_value(actual, |value| {
        let expected = expected(arguments[0])?;
        let found = find(value, &expected, Relation::Equivalent);
        let diff = if found.passed {
            String::new()
        } else {
            expanded_difference(value, &expected)
        };
        Ok(Finding { diff, ..found })
    })
}

fn json_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    of_value(actual, |value| {
        let expected = expected(arguments[0])?;
        let missing = first_missing("$".to_owned(), Some(value), Some(&expected));
        Ok(Finding {
            passed: missing.is_none(),
            details: missing.map_or_else(Vec::new, |missing| missing.details()),
            ..Finding::default()
        })
    })
}

/// Returns the first place at which the left value does not contain the right one.
fn first_missing<'a>(
    path: String,
    left: Option<&'a Value>,
    right: Option<&'a Value>,
) -> Option<Difference<'a>> {
    match (left, right) {
        (Some(Value::Map(left)), Some(Value::Map(right))) => {
            right.into_iter().find_map(|(key, item)| {
                let path = format!("{path}{}", key_segment(key));
                first_missing(path, left.get(key), Some(item))
            })
        }
        (Some(Value::List(left)), Some(Value::List(right))) => (0..left.len().max(right.len()))
            .find_map(|index| {
                let path = format!("{path}[{index}]");
                first_missing(path, left.get(index), right.get(index))
            }),
        (Some(one), Some(other)) if one.is_equivalent_to(other) => None,
        _ => Some(Difference { path, left, right }),
    }
}

fn json_path_equals(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    of_value(actual, |value| {
        Ok(match path(arguments[0])?.resolve(value) {
            Ok(found) => {
                Finding::with(found.is_equivalent_to(arguments[1]), "value", found.clone())
            }
            Err(error) => unresolved(&error),
        })
    })
}

fn json_kind(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let wanted = text(arguments[0])?;
    of_value(actual, |value| {
        let kind = match value {
            Value::Map(_) => "object",
            Value::List(_) => "array",
            Value::Text(_) => "string",
            Value::Bool(_) => "bool",
            Value::Null => "null",
            _ => "number",
        };
        Ok(Finding::with(kind == wanted, "kind", Value::from(kind)))
    })
}

//! The assertions of fields and paths (`docs/kit/assertions.md`, structure).

use std::cmp::Ordering;

use super::collection::{contains_only, items, list, passes_without};
use super::difference::{Difference, first_difference};
use super::entry::{Finding, Rule};
use super::equality::find_equal;
use super::evaluate::Check;
use super::maps::{entries, map};
use super::nested::satisfies;
use super::ordering::in_sequence;
use super::texts::text;
use crate::paths::{Path, Step, Unresolved};
use crate::value::{ErrorCode, Kind, Relation, Value, repeated};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("has_field", Rule::detailed(has_field)),
    ("lacks_field", Rule::opposite(is_field)),
    ("has_field_value", Rule::detailed(has_field_value)),
    (
        "has_only_fields",
        Rule::detailed(has_only_fields).requiring(|arguments| are_texts(&items(arguments[0])?)),
    ),
    ("has_no_null_fields", Rule::detailed(has_no_null_fields)),
    (
        "has_path",
        Rule::detailed(has_path).requiring(first_is_path),
    ),
    (
        "lacks_path",
        Rule::detailed(lacks_path).requiring(first_is_path),
    ),
    (
        "path_equals",
        Rule::detailed(path_equals).requiring(first_is_path),
    ),
    (
        "path_satisfies",
        Rule::composed(path_satisfies).requiring(first_is_path),
    ),
    (
        "paths_equal",
        Rule::detailed(paths_equal).requiring(|arguments| paths(&items(arguments[0])?).map(drop)),
    ),
    (
        "equals_ignoring_fields",
        Rule::detailed(equals_ignoring_fields).requiring(lead_to_fields),
    ),
    (
        "equals_on_fields",
        Rule::detailed(equals_on_fields).requiring(resolve_in_expected),
    ),
    (
        "is_sorted_by",
        Rule::detailed(is_sorted_by).requiring(first_is_path),
    ),
    (
        "has_no_duplicates_by",
        Rule::detailed(has_no_duplicates_by).requiring(first_is_path),
    ),
];

/// Returns the path of an argument.
pub(super) fn path(argument: &Value) -> Result<Path, ErrorCode> {
    text(argument)?.parse().map_err(|_| ErrorCode::BadPath)
}

/// Returns the paths of arguments. One that is not a text comes first.
fn paths(arguments: &[&Value]) -> Result<Vec<Path>, ErrorCode> {
    are_texts(arguments)?;
    arguments.iter().map(|argument| path(argument)).collect()
}

fn are_texts(items: &[&Value]) -> Result<(), ErrorCode> {
    if items.iter().all(|item| item.kind() == Kind::Text) {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

pub(super) fn first_is_path(arguments: &[&Value]) -> Result<(), ErrorCode> {
    path(arguments[0]).map(drop)
}

fn lead_to_fields(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let is_field = |path: &Path| !matches!(path.steps.last(), None | Some(Step::Index(_)));
    if paths(&items(arguments[1])?)?.iter().all(is_field) {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

fn resolve_in_expected(arguments: &[&Value]) -> Result<(), ErrorCode> {
    for path in paths(&items(arguments[1])?)? {
        path.resolve(arguments[0])
            .map_err(|_| ErrorCode::BadArgument)?;
    }
    Ok(())
}

/// Returns the fields of a record, or of a map whose keys are all texts.
fn fields(actual: &Value) -> Result<Vec<(&str, &Value)>, ErrorCode> {
    match actual {
        Value::Record(record) => {
            let fields = record.into_iter();
            Ok(fields.map(|(name, item)| (name.as_str(), item)).collect())
        }
        _ => entries(actual)?
            .iter()
            .map(|(key, item)| match key {
                Value::Text(name) => Ok((name.as_str(), item)),
                _ => Err(ErrorCode::WrongKind),
            })
            .collect(),
    }
}

fn names(actual: &Value) -> Result<Value, ErrorCode> {
    let fields = fields(actual)?.into_iter();
    Ok(Value::List(
        fields.map(|(name, _)| Value::from(name)).collect(),
    ))
}

fn field<'a>(actual: &'a Value, name: &Value) -> Result<Option<&'a Value>, ErrorCode> {
    let name = text(name)?;
    let mut fields = fields(actual)?.into_iter();
    Ok(fields
        .find(|(known, _)| *known == name)
        .map(|(_, item)| item))
}

fn is_field(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(field(actual, arguments[0])?.is_some())
}

fn has_field(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let passed = is_field(actual, arguments)?;
    Ok(Finding::with(passed, "fields", names(actual)?))
}

fn has_field_value(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(field(actual, arguments[0])?.map_or_else(
        || Finding::plain(false),
        |found| Finding::with(found.is_equal_to(arguments[1]), "value", found.clone()),
    ))
}

fn has_only_fields(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    contains_only(&names(actual)?, arguments)
}

fn has_no_null_fields(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let fields = fields(actual)?.into_iter();
    let nulls = fields.filter(|(_, item)| item.kind() == Kind::Null);
    let names = nulls.map(|(name, _)| Value::from(name)).collect();
    Ok(passes_without([("found", Value::List(names))]))
}

/// Returns the finding of a path that does not resolve.
pub(super) fn unresolved(error: &Unresolved) -> Finding {
    Finding {
        details: vec![
            ("reason", Value::from(error.reason.name())),
            ("place", Value::from(error.place.to_string())),
        ],
        ..Finding::default()
    }
}

fn has_path(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match path(arguments[0])?.resolve(actual) {
        Ok(_) => Finding::plain(true),
        Err(error) => unresolved(&error),
    })
}

fn lacks_path(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match path(arguments[0])?.resolve(actual) {
        Ok(found) => Finding::with(false, "value", found.clone()),
        Err(_) => Finding::plain(true),
    })
}

fn path_equals(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match path(arguments[0])?.resolve(actual) {
        Ok(found) => Finding::with(found.is_equal_to(arguments[1]), "value", found.clone()),
        Err(error) => unresolved(&error),
    })
}

fn path_satisfies(
    actual: &Value,
    arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    match path(arguments[0])?.resolve(actual) {
        Ok(found) => satisfies(&checks[0][0], found),
        Err(error) => Ok(unresolved(&error)),
    }
}

fn paths_equal(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (mut missing, mut differing) = (Vec::new(), Vec::new());
    for (key, wanted) in entries(arguments[0])? {
        match path(key)?.resolve(actual) {
            Err(_) => missing.push(key),
            Ok(found) if found.is_equal_to(wanted) => {}
            Ok(found) => differing.push((key, found)),
        }
    }
    Ok(passes_without([
        ("missing", list(missing)),
        ("differing", map(differing.into_iter())?),
    ]))
}

fn equals_ignoring_fields(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (mut actual, mut expected) = (actual.clone(), arguments[0].clone());
    for path in paths(&items(arguments[1])?)? {
        actual = path.without(&actual);
        expected = path.without(&expected);
    }
    Ok(find_equal(&actual, &expected))
}

fn equals_on_fields(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    for path in paths(&items(arguments[1])?)? {
        let right = path
            .resolve(arguments[0])
            .map_err(|_| ErrorCode::BadArgument)?;
        let difference = match path.resolve(actual) {
            Ok(left) => first_difference(left, right, Relation::Equal),
            Err(_) => Some(Difference {
                path: "$".to_owned(),
                left: None,
                right: Some(right),
            }),
        };
        if let Some(difference) = difference {
            let details = difference.below(&path).details();
            return Ok(Finding {
                details,
                ..Finding::default()
            });
        }
    }
    Ok(Finding::plain(true))
}

/// Returns the value at the path of an argument in each item.
fn values<'a>(items: &[&'a Value], argument: &Value) -> Result<Vec<&'a Value>, ErrorCode> {
    let path = path(argument)?;
    let values = items.iter().map(|item| path.resolve(item));
    values
        .collect::<Result<_, _>>()
        .map_err(|_| ErrorCode::NotComparable)
}

fn is_sorted_by(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    in_sequence(&values(&items(actual)?, arguments[0])?, Ordering::is_le)
}

fn has_no_duplicates_by(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let values = values(&items(actual)?, arguments[0])?;
    Ok(passes_without([("found", list(repeated(&values)))]))
}

//! The assertions of the items of a list or set (`docs/kit/assertions.md`, members).

use super::entry::{Finding, Rule};
use super::sizes::{counts_are_not_negative, size};
use crate::value::{
    ErrorCode, Int, Value, are_equal_to, found, index_of, missing, repeated, unpaired,
};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("contains", Rule::plain(contains)),
    ("not_contains", Rule::detailed(not_contains)),
    ("contains_all", Rule::detailed(contains_all)),
    ("contains_any", Rule::plain(contains_any)),
    ("contains_none", Rule::detailed(contains_none)),
    ("contains_only", Rule::detailed(contains_only)),
    (
        "contains_exactly_in_any_order",
        Rule::detailed(contains_exactly_in_any_order),
    ),
    (
        "contains_times",
        Rule::detailed(contains_times)
            .requiring(|arguments| counts_are_not_negative(&arguments[1..])),
    ),
    ("contains_once", Rule::detailed(contains_once)),
    ("has_no_duplicates", Rule::detailed(has_no_duplicates)),
    ("has_duplicates", Rule::plain(has_duplicates)),
    ("has_single_item", Rule::detailed(has_single_item)),
    ("all_items_equal", Rule::detailed(all_items_equal)),
    ("has_no_nulls", Rule::detailed(has_no_nulls)),
    ("sums_to", Rule::detailed(sums_to)),
];

/// Returns the items of a list or set, or the keys of a map.
pub(super) fn items(actual: &Value) -> Result<Vec<&Value>, ErrorCode> {
    match actual {
        Value::List(items) => Ok(items.iter().collect()),
        Value::Set(set) => Ok(set.into_iter().collect()),
        Value::Map(map) => Ok(map.into_iter().map(|(key, _)| key).collect()),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Returns a list of items.
pub(super) fn list(items: Vec<&Value>) -> Value {
    Value::List(items.into_iter().cloned().collect())
}

/// Returns the finding with the details that are not empty. It passes if all are.
pub(super) fn passes_without<const N: usize>(details: [(&'static str, Value); N]) -> Finding {
    let details: Vec<_> = details
        .into_iter()
        .filter(|(_, detail)| size(detail) != Ok(0))
        .collect();
    Finding {
        passed: details.is_empty(),
        details,
        ..Finding::default()
    }
}

/// Returns the finding that passes without an index. The items of a set have none to show.
pub(super) fn passes_unless_at(index: Option<usize>, actual: &Value) -> Finding {
    match index {
        None => Finding::plain(true),
        Some(_) if matches!(actual, Value::Set(_)) => Finding::plain(false),
        Some(index) => Finding::with(false, "index", Value::from(index)),
    }
}

pub(super) fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(index_of(&items(actual)?, arguments[0]).is_some())
}

fn not_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let index = index_of(&items(actual)?, arguments[0]);
    Ok(passes_unless_at(index, actual))
}

pub(super) fn contains_all(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let missing = missing(&items(arguments[0])?, &items(actual)?);
    Ok(passes_without([("missing", list(missing))]))
}

pub(super) fn contains_any(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(!found(&items(arguments[0])?, &items(actual)?).is_empty())
}

pub(super) fn contains_none(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let found = found(&items(arguments[0])?, &items(actual)?);
    Ok(passes_without([("found", list(found))]))
}

pub(super) fn contains_only(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (items, wanted) = (items(actual)?, items(arguments[0])?);
    Ok(passes_without([
        ("missing", list(missing(&wanted, &items))),
        ("extra", list(missing(&items, &wanted))),
    ]))
}

fn contains_exactly_in_any_order(
    actual: &Value,
    arguments: &[&Value],
) -> Result<Finding, ErrorCode> {
    let (items, wanted) = (items(actual)?, items(arguments[0])?);
    Ok(passes_without([
        ("missing", list(unpaired(&wanted, &items))),
        ("extra", list(unpaired(&items, &wanted))),
    ]))
}

fn contains_times(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let verdicts = are_equal_to(arguments[0], &items(actual)?);
    let count = verdicts.into_iter().filter(|is_equal| *is_equal).count();
    let count = Value::from(count);
    let passed = count.is_equal_to(arguments[1]);
    Ok(Finding::with(passed, "count", count))
}

fn contains_once(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    contains_times(actual, &[arguments[0], &Value::from(1)])
}

fn has_no_duplicates(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(passes_without([("found", list(repeated(&items(actual)?)))]))
}

fn has_duplicates(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(!repeated(&items(actual)?).is_empty())
}

fn has_single_item(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let length = items(actual)?.len();
    let passed = length == 1 && contains(actual, arguments)?;
    Ok(Finding::with(passed, "length", Value::from(length)))
}

fn all_items_equal(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let items = items(actual)?;
    let index = items.first().and_then(|first| {
        let verdicts = are_equal_to(first, &items);
        verdicts.into_iter().position(|is_equal| !is_equal)
    });
    Ok(passes_unless_at(index, actual))
}

fn has_no_nulls(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    not_contains(actual, &[&Value::Null])
}

fn sums_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let mut sum = Int::from(0);
    for item in items(actual)? {
        match item {
            Value::Int(number) => sum = sum.plus(number),
            _ => return Err(ErrorCode::WrongKind),
        }
    }
    if sum.is_too_large() {
        return Err(ErrorCode::TooLarge);
    }
    let sum = Value::Int(sum);
    let passed = sum.is_equal_to(arguments[0]);
    Ok(Finding::with(passed, "sum", sum))
}

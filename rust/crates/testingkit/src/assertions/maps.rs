//! The assertions of maps (`docs/kit/assertions.md`, maps).

use super::collection::{
    contains, contains_all, contains_any, contains_none, contains_only, items, list, passes_without,
};
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Map, Value, index_of, missing, unmatched_entries};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("has_key", Rule::detailed(has_key)),
    ("lacks_key", Rule::opposite(contains)),
    ("has_keys", Rule::detailed(contains_all)),
    ("lacks_keys", Rule::detailed(contains_none)),
    ("has_any_key", Rule::plain(contains_any)),
    ("has_only_keys", Rule::detailed(contains_only)),
    ("has_value", Rule::plain(has_value)),
    ("lacks_value", Rule::detailed(lacks_value)),
    ("has_values", Rule::detailed(has_values)),
    ("has_entry", Rule::detailed(has_entry)),
    ("lacks_entry", Rule::opposite(contains_entry)),
    ("has_entries", Rule::detailed(has_entries)),
    ("is_submap_of", Rule::detailed(is_submap_of)),
];

/// Returns the entries of a map. The assertions accept no other kind.
pub(super) fn entries(value: &Value) -> Result<&[(Value, Value)], ErrorCode> {
    match value {
        Value::Map(map) => Ok(map.entries()),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Returns the values of a map, in canonical order of the keys.
pub(super) fn values(actual: &Value) -> Result<Vec<&Value>, ErrorCode> {
    Ok(entries(actual)?.iter().map(|(_, value)| value).collect())
}

/// Returns the map of these entries.
pub(super) fn map<'a>(
    entries: impl Iterator<Item = (&'a Value, &'a Value)>,
) -> Result<Value, ErrorCode> {
    Map::new(entries.map(|(key, value)| (key.clone(), value.clone())))
        .map(Value::Map)
        .map_err(|error| error.code)
}

fn has_key(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let passed = contains(actual, arguments)?;
    Ok(Finding::with(passed, "keys", list(items(actual)?)))
}

fn has_value(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(index_of(&values(actual)?, arguments[0]).is_some())
}

fn lacks_value(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match index_of(&values(actual)?, arguments[0]) {
        None => Finding::plain(true),
        Some(index) => Finding::with(false, "key", entries(actual)?[index].0.clone()),
    })
}

fn has_values(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let missing = missing(&items(arguments[0])?, &values(actual)?);
    Ok(passes_without([("missing", list(missing))]))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of a test")]
fn contains_entry(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    // If the key is NaN or a part is too deep, no map has this entry.
    let wanted = map([(arguments[0], arguments[1])].into_iter());
    Ok(wanted.is_ok_and(|wanted| unmatched_entries(&wanted, actual).is_empty()))
}

fn has_entry(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    if contains_entry(actual, arguments)? {
        return Ok(Finding::plain(true));
    }
    Ok(match index_of(&items(actual)?, arguments[0]) {
        None => Finding::plain(false),
        Some(index) => Finding::with(false, "value", entries(actual)?[index].1.clone()),
    })
}

fn has_entries(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let unmatched = unmatched_entries(arguments[0], actual);
    let missing = unmatched.iter().filter(|entry| entry.other.is_none());
    let differing = unmatched
        .iter()
        .filter_map(|entry| Some((entry.key, entry.other?)));
    Ok(passes_without([
        (
            "missing",
            map(missing.map(|entry| (entry.key, entry.value)))?,
        ),
        ("differing", map(differing)?),
    ]))
}

fn is_submap_of(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let unmatched = unmatched_entries(actual, arguments[0]);
    let (differing, extra): (Vec<_>, Vec<_>) =
        unmatched.iter().partition(|entry| entry.other.is_some());
    Ok(passes_without([
        (
            "extra",
            map(extra.iter().map(|entry| (entry.key, entry.value)))?,
        ),
        (
            "differing",
            map(differing.iter().map(|entry| (entry.key, entry.value)))?,
        ),
    ]))
}

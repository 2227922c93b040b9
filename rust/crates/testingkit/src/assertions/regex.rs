//! The assertions of patterns (`docs/kit/assertions.md`, patterns).

use super::entry::{Finding, Rule};
use super::sizes::counts_are_not_negative;
use super::texts::{find_count, text};
use crate::pattern::{Match, Pattern, PatternError, Span};
use crate::value::{ErrorCode, Map, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "matches_regex",
        Rule::plain(matches).requiring(pattern_is_portable),
    ),
    (
        "not_matches_regex",
        Rule::opposite(matches).requiring(pattern_is_portable),
    ),
    (
        "contains_regex",
        Rule::plain(contains).requiring(pattern_is_portable),
    ),
    (
        "not_contains_regex",
        Rule::detailed(not_contains).requiring(pattern_is_portable),
    ),
    (
        "has_regex_match_count",
        Rule::detailed(has_match_count).requiring(matches_can_be_counted),
    ),
    (
        "has_regex_groups",
        Rule::detailed(has_groups).requiring(groups_are_texts),
    ),
    ("is_portable_regex", Rule::detailed(is_portable)),
];

/// Returns the pattern of a text.
pub(super) fn pattern(value: &Value) -> Result<Pattern, ErrorCode> {
    Pattern::new(text(value)?).map_err(|_| ErrorCode::BadPattern)
}

pub(super) fn pattern_is_portable(arguments: &[&Value]) -> Result<(), ErrorCode> {
    pattern(arguments[0]).map(|_| ())
}

fn matches_can_be_counted(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if pattern(arguments[0])?.can_match_empty() {
        return Err(ErrorCode::BadArgument);
    }
    counts_are_not_negative(arguments)
}

fn groups_are_texts(arguments: &[&Value]) -> Result<(), ErrorCode> {
    pattern_is_portable(arguments)?;
    let is_group = |entry: &(Value, Value)| {
        matches!(
            entry,
            (Value::Text(_), Value::Text(_)) | (Value::Text(_), Value::Null)
        )
    };
    match arguments[1] {
        Value::Map(groups) if groups.entries().iter().all(is_group) => Ok(()),
        _ => Err(ErrorCode::BadArgument),
    }
}

fn matches(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(pattern(arguments[0])?.matches_whole(text(actual)?))
}

fn first_match(actual: &Value, arguments: &[&Value]) -> Result<Option<Match>, ErrorCode> {
    Ok(pattern(arguments[0])?.find(text(actual)?))
}

fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(first_match(actual, arguments)?.is_some())
}

fn not_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match first_match(actual, arguments)? {
        None => Finding::plain(true),
        Some(found) => Finding::with(false, "match", part(actual, found.span)?),
    })
}

fn has_match_count(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let count = pattern(arguments[0])?.count(text(actual)?);
    Ok(find_count(count.unwrap_or_default(), arguments[1]))
}

fn has_groups(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let Some(found) = first_match(actual, arguments)? else {
        return Ok(Finding::plain(false));
    };
    let groups = found.groups.into_iter().map(|(name, span)| {
        let group = span.map_or(Ok(Value::Null), |span| part(actual, span))?;
        Ok((Value::from(name), group))
    });
    let groups = Map::new(groups.collect::<Result<Vec<_>, ErrorCode>>()?);
    let groups = groups.map(Value::Map).map_err(|error| error.code)?;
    let passed = groups.is_equal_to(arguments[1]);
    Ok(Finding::with(passed, "groups", groups))
}

/// Returns the text in a span of the actual value.
fn part(actual: &Value, span: Span) -> Result<Value, ErrorCode> {
    let points = text(actual)?.chars();
    let part: String = points
        .skip(span.start)
        .take(span.end - span.start)
        .collect();
    Ok(Value::from(part))
}

fn is_portable(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match Pattern::new(text(actual)?) {
        Ok(_) => Finding::plain(true),
        Err(PatternError { reason, index }) => Finding {
            passed: false,
            details: vec![("reason", reason.name().into()), ("index", index.into())],
            ..Finding::default()
        },
    })
}

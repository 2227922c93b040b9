//! The assertions of texts (`docs/kit/assertions.md`, text).

use super::entry::{Body, Entry, Finding, Kinds, TEXT};
use crate::value::{ErrorCode, Value};

const PART: &[(&str, Kinds)] = &[("part", TEXT)];
const PREFIX: &[(&str, Kinds)] = &[("prefix", TEXT)];

pub(super) const ENTRIES: &[Entry] = &[
    entry("contains_text", PART, Body::Plain(contains)),
    Entry {
        details: &["index"],
        ..entry("not_contains_text", PART, Body::Detailed(not_contains))
    },
    entry("starts_with", PREFIX, Body::Plain(starts_with)),
    entry("not_starts_with", PREFIX, Body::Opposite(starts_with)),
];

const fn entry(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    body: Body,
) -> Entry {
    Entry {
        arguments,
        actual: TEXT,
        ..Entry::new(name, body)
    }
}

fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.contains(text(arguments[0])?))
}

fn starts_with(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.starts_with(text(arguments[0])?))
}

fn not_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let actual = text(actual)?;
    let Some(offset) = actual.find(text(arguments[0])?) else {
        return Ok(Finding::plain(true));
    };
    let index = actual[..offset].chars().count();
    Ok(Finding::with(false, "index", Value::from(index)))
}

/// Returns the text in a value. The entries accept no other kind.
fn text(value: &Value) -> Result<&str, ErrorCode> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(ErrorCode::WrongKind),
    }
}

//! The assertions of kinds, and of named types (`docs/kit/assertions.md`, kinds).

use super::entry::{Finding, Kinds, Rule};
use super::signatures::NUMBER;
use super::texts::text;
use crate::value::{ErrorCode, Kind, Value};

const COLLECTION: Kinds = Kinds::Of(&[Kind::List, Kind::Set, Kind::Map]);
const ALL_KINDS: [Kind; 16] = [
    Kind::Null,
    Kind::Bool,
    Kind::Int,
    Kind::Float,
    Kind::Text,
    Kind::Bytes,
    Kind::Time,
    Kind::Duration,
    Kind::Enum,
    Kind::List,
    Kind::Set,
    Kind::Map,
    Kind::Record,
    Kind::Error,
    Kind::Message,
    Kind::Outcome,
];

pub(super) const RULES: &[(&str, Rule)] = &[
    ("is_kind", Rule::detailed(is_kind).requiring(kind_is_known)),
    (
        "is_not_kind",
        Rule::opposite(has_kind).requiring(kind_is_known),
    ),
    ("is_same_kind_as", Rule::detailed(is_same_kind_as)),
    (
        "is_number",
        Rule::detailed(|actual, _| Ok(is_of(actual, NUMBER))),
    ),
    (
        "is_collection",
        Rule::detailed(|actual, _| Ok(is_of(actual, COLLECTION))),
    ),
    ("is_record_named", Rule::detailed(is_record_named)),
    (
        "is_enum_value",
        Rule::detailed(is_enum_value).requiring(member_has_a_name),
    ),
];

fn kind_is_known(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let name = text(arguments[0])?;
    if ALL_KINDS.iter().any(|kind| kind.name() == name) {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

/// Fails for the empty name, which all numbers without a member have.
fn member_has_a_name(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if text(arguments[1])?.is_empty() {
        Err(ErrorCode::BadArgument)
    } else {
        Ok(())
    }
}

fn with_kind(actual: &Value, passed: bool) -> Finding {
    Finding::with(passed, "kind", Value::from(actual.kind().name()))
}

fn has_kind(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(actual.kind().name() == text(arguments[0])?)
}

fn is_kind(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(with_kind(actual, has_kind(actual, arguments)?))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of a body")]
fn is_same_kind_as(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(with_kind(actual, actual.kind() == arguments[0].kind()))
}

fn is_of(actual: &Value, kinds: Kinds) -> Finding {
    with_kind(actual, kinds.contains(actual.kind()))
}

fn is_record_named(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let Value::Record(record) = actual else {
        return Ok(Finding::plain(false));
    };
    let passed = record.name() == text(arguments[0])?;
    Ok(Finding::with(passed, "name", Value::from(record.name())))
}

fn is_enum_value(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let Value::Enum(member) = actual else {
        return Ok(Finding::plain(false));
    };
    let passed = member.type_name == text(arguments[0])? && member.name == text(arguments[1])?;
    Ok(Finding::with(passed, "value", Value::from(member.number)))
}

//! The assertions of protobuf messages (`docs/kit/value.md, messages`, assertions).

use super::difference::key_segment;
use super::entry::{Finding, Rule};
use super::equality::{find, find_equal};
use super::field_paths::{Place, field_at, parse, with_each, without};
use super::message_texts::{proto_matches_text, text_is_valid};
use super::texts::text;
use crate::value::{ErrorCode, Message, Relation, Value, path_segment};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "proto_equal",
        Rule::detailed(|actual, arguments| Ok(find_equal(actual, arguments[0]))),
    ),
    (
        "proto_matches_text",
        Rule::detailed(proto_matches_text).requiring(text_is_valid),
    ),
    (
        "proto_not_equal",
        Rule::opposite(|actual, arguments| Ok(actual.is_equal_to(arguments[0]))),
    ),
    ("proto_equivalent", Rule::detailed(proto_equivalent)),
    ("proto_contains", Rule::detailed(proto_contains)),
    (
        "proto_equal_ignoring",
        Rule::detailed(proto_equal_ignoring).requiring(paths_are_valid),
    ),
    (
        "proto_has_field",
        Rule::plain(|actual, arguments| Ok(place(actual, arguments)?.value.is_some()))
            .requiring(path_is_valid),
    ),
    (
        "proto_lacks_field",
        Rule::detailed(proto_lacks_field).requiring(path_is_valid),
    ),
    (
        "proto_field_equals",
        Rule::detailed(proto_field_equals).requiring(path_is_valid),
    ),
    ("proto_is_type", Rule::detailed(proto_is_type)),
    ("proto_oneof_is", Rule::detailed(proto_oneof_is)),
    (
        "proto_has_no_unknown_fields",
        Rule::detailed(proto_has_no_unknown_fields),
    ),
];

fn message(value: &Value) -> Result<&Message, ErrorCode> {
    match value {
        Value::Message(message) => Ok(message),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn path_is_valid(arguments: &[&Value]) -> Result<(), ErrorCode> {
    parse(text(arguments[0])?).map(drop)
}

fn paths_are_valid(arguments: &[&Value]) -> Result<(), ErrorCode> {
    parsed_paths(arguments[1]).map(drop)
}

/// Returns the names of all paths in a list. An item that is not a text comes before a path that is
/// malformed.
fn parsed_paths(paths: &Value) -> Result<Vec<Vec<&str>>, ErrorCode> {
    let Value::List(items) = paths else {
        return Err(ErrorCode::BadArgument);
    };
    let texts = items.iter().map(|item| match item {
        Value::Text(path) => Ok(path.as_str()),
        _ => Err(ErrorCode::BadArgument),
    });
    let texts: Vec<_> = texts.collect::<Result<_, _>>()?;
    texts.into_iter().map(parse).collect()
}

fn proto_equivalent(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let actual = parts_without_defaults(actual)?;
    let expected = parts_without_defaults(arguments[0])?;
    Ok(find(&actual, &expected, Relation::Equal))
}

/// Returns a value whose messages do not have the fields that are set to what they are while unset.
fn parts_without_defaults(value: &Value) -> Result<Value, ErrorCode> {
    let Value::Message(message) = value else {
        return with_each(value, parts_without_defaults);
    };
    let mut fields = Vec::new();
    for (name, value) in message.record() {
        let value = parts_without_defaults(value)?;
        if !is_default(message, name, &value) {
            fields.push((name.clone(), value));
        }
    }
    Ok(Value::Message(message.with_fields(fields)))
}

fn is_default(message: &Message, name: &str, value: &Value) -> bool {
    let Some(field) = message.message_type().field(name) else {
        return false;
    };
    match (&field.default, value) {
        (Some(default), _) => value.is_identical_to(default),
        (None, Value::Message(inner)) => inner.record().fields().is_empty(),
        (None, _) => false,
    }
}

fn proto_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match lacking(message(actual)?, message(arguments[0])?) {
        None => Finding::plain(true),
        Some(path) if path.is_empty() => Finding::plain(false),
        Some(path) => Finding::with(false, "path", Value::from(format!("${path}"))),
    })
}

/// Returns the path of the first field of the partial message that the other one lacks.
fn lacking(message: &Message, partial: &Message) -> Option<String> {
    if message.record().name() != partial.record().name() {
        return Some(String::new());
    }
    partial.record().into_iter().find_map(|(name, wanted)| {
        let below = match (message.record().get(name), wanted) {
            (Some(Value::Message(inner)), Value::Message(wanted)) => lacking(inner, wanted)?,
            (Some(value), _) if value.is_equal_to(wanted) => return None,
            _ => String::new(),
        };
        Some(path_segment(name) + &below)
    })
}

fn proto_equal_ignoring(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (mut actual, mut expected) = (message(actual)?.clone(), message(arguments[0])?.clone());
    let same_type = actual.record().name() == expected.record().name();
    for path in parsed_paths(arguments[1])? {
        actual = without(&actual, &path)?;
        if same_type {
            expected = without(&expected, &path)?;
        }
    }
    Ok(find(
        &Value::Message(actual),
        &Value::Message(expected),
        Relation::Equal,
    ))
}

/// Returns the field at the path in the first argument.
fn place<'a>(actual: &'a Value, arguments: &[&Value]) -> Result<Place<'a>, ErrorCode> {
    field_at(message(actual)?, &parse(text(arguments[0])?)?)
}

fn with_value(passed: bool, value: Option<&Value>) -> Finding {
    value.map_or_else(
        || Finding::plain(passed),
        |value| Finding::with(passed, "value", value.clone()),
    )
}

fn proto_lacks_field(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let value = place(actual, arguments)?.value;
    Ok(with_value(value.is_none(), value))
}

fn proto_field_equals(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let place = place(actual, arguments)?;
    let implied = place.field.filter(|field| !field.explicit);
    let value = place
        .value
        .or_else(|| implied.and_then(|field| field.default.as_ref()));
    let passed = value.is_some_and(|value| value.is_equal_to(arguments[1]));
    Ok(with_value(passed, value))
}

fn proto_is_type(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let name = message(actual)?.record().name();
    let passed = name == text(arguments[0])?;
    Ok(Finding::with(passed, "name", Value::from(name)))
}

fn proto_oneof_is(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (actual, wanted) = (message(actual)?, text(arguments[1])?);
    let oneof = actual.message_type().oneof(text(arguments[0])?);
    let members = &oneof.ok_or(ErrorCode::BadArgument)?.members;
    if !wanted.is_empty() && !members.iter().any(|member| member == wanted) {
        return Err(ErrorCode::BadArgument);
    }
    let mut set = members.iter().map(String::as_str);
    let set = set.find(|member| actual.record().get(member).is_some());
    let found = set.unwrap_or_default();
    Ok(Finding::with(found == wanted, "field", Value::from(found)))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of a body")]
fn proto_has_no_unknown_fields(actual: &Value, _: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match unknown(actual) {
        None => Finding::plain(true),
        Some(path) => Finding::with(false, "path", Value::from(format!("${path}"))),
    })
}

/// Returns the path of the first message that has unknown fields.
fn unknown(value: &Value) -> Option<String> {
    match value {
        Value::Message(message) => {
            let fields = message.record();
            let is_unknown = |name: &str| message.message_type().field(name).is_none();
            if fields.into_iter().any(|(name, _)| is_unknown(name)) {
                return Some(String::new());
            }
            let mut fields = fields.into_iter();
            fields.find_map(|(name, part)| Some(path_segment(name) + &unknown(part)?))
        }
        Value::List(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some(format!("[{index}]{}", unknown(item)?)))
        }
        Value::Map(map) => {
            let mut entries = map.into_iter();
            entries.find_map(|(key, part)| Some(key_segment(key) + &unknown(part)?))
        }
        _ => None,
    }
}

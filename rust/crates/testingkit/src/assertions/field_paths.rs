//! Paths of fields of messages, such as `order.id` (`docs/kit/value.md, messages`, field paths).

use crate::value::{ErrorCode, Map, Message, MessageField, Value};

/// Returns the names of a path.
pub(super) fn parse(path: &str) -> Result<Vec<&str>, ErrorCode> {
    let names: Vec<_> = path.split('.').collect();
    if names.iter().all(|name| is_name(name)) {
        Ok(names)
    } else {
        Err(ErrorCode::BadPath)
    }
}

fn is_name(name: &str) -> bool {
    let is_part = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'_';
    name.bytes().all(is_part)
        && name
            .bytes()
            .next()
            .is_some_and(|octet| !octet.is_ascii_digit())
}

/// A field of a message. Below a message that is unset, `field` is `None`: which fields it has is not
/// known.
#[derive(Default)]
pub(super) struct Place<'a> {
    pub(super) field: Option<&'a MessageField>,
    /// The value, if the field is set.
    pub(super) value: Option<&'a Value>,
}

/// Returns the field at a path.
pub(super) fn field_at<'a>(message: &'a Message, path: &[&str]) -> Result<Place<'a>, ErrorCode> {
    let [name, below @ ..] = path else {
        return Err(ErrorCode::BadPath);
    };
    let (field, value) = own_field(message, name)?;
    match (below, value) {
        ([], _) => Ok(Place {
            field: Some(field),
            value,
        }),
        _ if field.default.is_some() => Err(ErrorCode::BadPath),
        (below, Some(Value::Message(inner))) => field_at(inner, below),
        _ => Ok(Place::default()),
    }
}

fn own_field<'a>(
    message: &'a Message,
    name: &str,
) -> Result<(&'a MessageField, Option<&'a Value>), ErrorCode> {
    let field = message.message_type().field(name);
    let field = field.ok_or(ErrorCode::BadPath)?;
    Ok((field, message.record().get(name)))
}

/// Returns a message without a field: of the message itself, or of all messages on the path.
pub(super) fn without(message: &Message, path: &[&str]) -> Result<Message, ErrorCode> {
    let [name, below @ ..] = path else {
        return Err(ErrorCode::BadPath);
    };
    own_field(message, name)?;
    let mut fields = Vec::new();
    for (known, value) in message.record() {
        if known != name {
            fields.push((known.clone(), value.clone()));
        } else if !below.is_empty() {
            fields.push((known.clone(), parts_without(value, below)?));
        }
    }
    Ok(message.with_fields(fields))
}

fn parts_without(value: &Value, path: &[&str]) -> Result<Value, ErrorCode> {
    match value {
        Value::Message(message) => without(message, path).map(Value::Message),
        Value::List(_) | Value::Map(_) => with_each(value, |part| parts_without(part, path)),
        _ => Err(ErrorCode::BadPath),
    }
}

/// Returns a list with other items, or a map with other values; any other value as it is.
pub(super) fn with_each(
    container: &Value,
    replace: impl Fn(&Value) -> Result<Value, ErrorCode>,
) -> Result<Value, ErrorCode> {
    match container {
        Value::List(items) => {
            let items: Result<_, _> = items.iter().map(replace).collect();
            items.map(Value::List)
        }
        Value::Map(map) => {
            let entries = map.into_iter();
            let entries: Result<Vec<_>, ErrorCode> = entries
                .map(|(key, value)| Ok((key.clone(), replace(value)?)))
                .collect();
            let map = Map::new(entries?).map_err(|error| error.code);
            map.map(Value::Map)
        }
        _ => Ok(container.clone()),
    }
}

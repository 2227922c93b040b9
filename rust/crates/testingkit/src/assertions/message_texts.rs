//! Compares a message with a text in the text format (`docs/kit/assertions.md`, messages as texts).

use std::collections::{BTreeMap, HashMap};

use super::difference::{Difference, first_difference};
use super::entry::Finding;
use super::equality::find_equal;
use super::prototext::{Field, Item, Number, read};
use super::texts::text;
use crate::value::{EnumMember, ErrorCode, Map, Message, MessageField, Relation, Value};

/// Takes the place of a value whose kind is not known. No message has it, so it equals nothing.
const UNKNOWN: Value = Value::Null;

type Read<T> = Result<T, ErrorCode>;

pub(super) fn text_is_valid(arguments: &[&Value]) -> Result<(), ErrorCode> {
    read(text(arguments[0])?).map(drop)
}

pub(super) fn proto_matches_text(actual: &Value, arguments: &[&Value]) -> Read<Finding> {
    let Value::Message(like) = actual else {
        return Err(ErrorCode::WrongKind);
    };
    let expected = message(read(text(arguments[0])?)?, like)?;
    if !has_unknown(&expected) {
        return Ok(find_equal(actual, &expected));
    }
    Ok(match first_difference(actual, &expected, Relation::Equal) {
        None => Finding::plain(true),
        Some(found) => Finding {
            details: Difference {
                right: found.right.filter(|right| !has_unknown(right)),
                ..found
            }
            .details(),
            ..Finding::default()
        },
    })
}

fn has_unknown(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Message(message) => message
            .record()
            .into_iter()
            .any(|(_, part)| has_unknown(part)),
        Value::List(items) => items.iter().any(has_unknown),
        Value::Map(map) => map.into_iter().any(|(_, part)| has_unknown(part)),
        _ => false,
    }
}

/// Returns the message that a text describes, of the type of another one. The values of the other one,
/// and the defaults of its type, give the kinds.
fn message(text: Vec<Field<'_>>, like: &Message) -> Read<Value> {
    let mut given = items_by_name(text, like)?;
    let mut values = BTreeMap::new();
    for declared in &like.message_type().fields {
        let items = given.remove(declared.name.as_str()).unwrap_or_default();
        if !items.is_empty() {
            let value = like.record().get(&declared.name);
            values.insert(declared.name.clone(), field(declared, items, value)?);
        }
    }
    let message = like.with_values(values).map_err(|error| error.code)?;
    Ok(Value::Message(message))
}

/// Returns what a text gives for each field. Only a repeated one can have more than one item, and only
/// one field of a oneof any.
fn items_by_name<'t>(
    text: Vec<Field<'t>>,
    like: &Message,
) -> Read<HashMap<&'t str, Vec<Item<'t>>>> {
    let mut given = HashMap::new();
    for found in text {
        let declared = like.message_type().field(found.name);
        let default = &declared.ok_or(ErrorCode::BadArgument)?.default;
        let is_repeated = matches!(default, Some(Value::List(_) | Value::Map(_)));
        if !is_repeated && (found.is_list || given.contains_key(found.name)) {
            return Err(ErrorCode::BadArgument);
        }
        let items: &mut Vec<_> = given.entry(found.name).or_default();
        items.extend(found.items);
    }
    for oneof in &like.message_type().oneofs {
        let members = oneof.members.iter();
        if members
            .filter(|name| given.contains_key(name.as_str()))
            .count()
            > 1
        {
            return Err(ErrorCode::BadArgument);
        }
    }
    Ok(given)
}

/// Returns the value that a text gives to a field, which has another one in the actual message.
fn field(declared: &MessageField, items: Vec<Item<'_>>, value: Option<&Value>) -> Read<Value> {
    match (&declared.default, value) {
        (Some(Value::List(_)), Some(Value::List(likes))) if !likes.is_empty() => {
            list(declared, items, likes)
        }
        (Some(Value::List(_)), _) => Ok(UNKNOWN),
        (Some(Value::Map(_)), _) => map(declared, items, value),
        (default, value) => {
            let item = items.into_iter().next();
            match (value.or(default.as_ref()), item) {
                (Some(like), item) => {
                    let likes = value.into_iter().chain(default);
                    ValueKind::of(declared, likes).read(item, like)
                }
                (None, Some(Item::Fields(_))) => Ok(UNKNOWN),
                (None, _) => Err(ErrorCode::BadArgument),
            }
        }
    }
}

fn list(declared: &MessageField, items: Vec<Item<'_>>, likes: &[Value]) -> Read<Value> {
    let kind = ValueKind::of(declared, likes);
    let partners = likes
        .iter()
        .map(Some)
        .chain(std::iter::repeat(likes.first()));
    let pairs = items.into_iter().zip(partners.flatten());
    let read = pairs.map(|(item, like)| kind.read(Some(item), like));
    read.collect::<Read<_>>().map(Value::List)
}

fn map(declared: &MessageField, items: Vec<Item<'_>>, value: Option<&Value>) -> Read<Value> {
    let parts: Vec<_> = items.into_iter().map(entry).collect::<Read<_>>()?;
    let Some(Value::Map(likes)) = value else {
        return Ok(UNKNOWN);
    };
    let Some((first_key, first)) = likes.entries().first() else {
        return Ok(UNKNOWN);
    };
    let keys = ValueKind::of(declared, [first_key]);
    let kind = ValueKind::of(declared, likes.into_iter().map(|(_, value)| value));
    let mut entries = Vec::new();
    for (key, part) in parts {
        let key = keys.read(key, first_key)?;
        let like = likes.get(&key).unwrap_or(first);
        let part = kind.read(part, like)?;
        entries.push((key, part));
    }
    Map::new(entries)
        .map(Value::Map)
        .map_err(|error| error.code)
}

/// Key and value of an entry of a map; `None` for one that is left out.
type Entry<'t> = (Option<Item<'t>>, Option<Item<'t>>);

fn entry(item: Item<'_>) -> Read<Entry<'_>> {
    let Item::Fields(fields) = item else {
        return Err(ErrorCode::BadArgument);
    };
    let (mut key, mut value) = (None, None);
    for field in fields {
        let part = match field.name {
            "key" => &mut key,
            "value" => &mut value,
            _ => return Err(ErrorCode::BadArgument),
        };
        if part.is_some() || field.is_list {
            return Err(ErrorCode::BadArgument);
        }
        *part = field.items.into_iter().next();
    }
    Ok((key, value))
}

/// What is known about the values of a field.
struct ValueKind<'a> {
    single: bool,
    by_name: HashMap<&'a str, &'a EnumMember>,
    by_number: HashMap<i32, &'a EnumMember>,
}

impl<'a> ValueKind<'a> {
    /// Returns what some values of a field show.
    fn of(declared: &MessageField, likes: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut kind = Self {
            single: declared.single,
            by_name: HashMap::new(),
            by_number: HashMap::new(),
        };
        for like in likes {
            let Value::Enum(member) = like else {
                break;
            };
            kind.by_name.entry(&member.name).or_insert(member);
            kind.by_number.entry(member.number).or_insert(member);
        }
        kind
    }

    /// Returns the value of an item, of the kind of another value; its default for `None`.
    fn read(&self, item: Option<Item<'_>>, like: &Value) -> Read<Value> {
        match (like, item) {
            (like, None) => self.zero(like),
            (Value::Message(like), Some(Item::Fields(fields))) => message(fields, like),
            (Value::Enum(like), Some(Item::Number(number))) => {
                let number = integer(number).and_then(|number| i32::try_from(number).ok());
                Ok(self.member(like, number.ok_or(ErrorCode::BadArgument)?))
            }
            (Value::Enum(_), Some(Item::Word(word))) if !word.starts_with('-') => {
                let member = self.by_name.get(word);
                Ok(member.map_or(UNKNOWN, |member| Value::Enum((*member).clone())))
            }
            (Value::Bool(_), Some(Item::Word("true"))) => Ok(Value::Bool(true)),
            (Value::Bool(_), Some(Item::Word("false"))) => Ok(Value::Bool(false)),
            (Value::Int(_), Some(Item::Number(number))) => integer(number)
                .map(Value::from)
                .ok_or(ErrorCode::BadArgument),
            (Value::Float(_), Some(Item::Number(number))) => self
                .float(number)
                .map(Value::Float)
                .ok_or(ErrorCode::BadArgument),
            (Value::Float(_), Some(Item::Word(word))) => special(word)
                .map(Value::Float)
                .ok_or(ErrorCode::BadArgument),
            (Value::Text(_), Some(Item::Octets(octets))) => String::from_utf8(octets)
                .map(Value::Text)
                .map_err(|_| ErrorCode::BadArgument),
            (Value::Bytes(_), Some(Item::Octets(octets))) => Ok(Value::Bytes(octets)),
            _ => Err(ErrorCode::BadArgument),
        }
    }

    fn zero(&self, like: &Value) -> Read<Value> {
        Ok(match like {
            Value::Message(like) => return message(Vec::new(), like),
            Value::Enum(like) => self.member(like, 0),
            Value::Bool(_) => Value::Bool(false),
            Value::Int(_) => Value::from(0),
            Value::Float(_) => Value::Float(0.0),
            Value::Text(_) => Value::from(""),
            _ => Value::Bytes(Vec::new()),
        })
    }

    fn member(&self, like: &EnumMember, number: i32) -> Value {
        let known = self.by_number.get(&number);
        Value::Enum(known.map_or_else(
            || EnumMember::new(like.type_name.as_str(), "", number),
            |member| (*member).clone(),
        ))
    }

    fn float(&self, number: Number<'_>) -> Option<f64> {
        let number = number.decimal()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the float of the field is rounded"
        )]
        let number = if self.single {
            f64::from(number as f32)
        } else {
            number
        };
        number.is_finite().then_some(number)
    }
}

/// Returns an integer of 64 bits, with or without sign.
fn integer(number: Number<'_>) -> Option<i128> {
    let (digits, base) = number.integer()?;
    let magnitude = i128::from(u64::from_str_radix(digits, base).ok()?);
    let integer = if number.is_negative() {
        -magnitude
    } else {
        magnitude
    };
    (integer >= i128::from(i64::MIN)).then_some(integer)
}

fn special(word: &str) -> Option<f64> {
    match word.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => Some(f64::INFINITY),
        "-inf" | "-infinity" => Some(f64::NEG_INFINITY),
        "nan" | "-nan" => Some(f64::NAN),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Assertion, Status};
    use super::*;
    use crate::value::{ConversionError, MessageType, UnknownFields, limits};

    const LEVELS: usize = limits::MAX_DEPTH - 1;

    fn node_type() -> Arc<MessageType> {
        let field = |name: &str, default, single| MessageField {
            name: name.to_owned(),
            explicit: false,
            default,
            single,
        };
        Arc::new(MessageType {
            name: "Node".to_owned(),
            fields: vec![
                field("id", Some(Value::from(0)), false),
                field("next", None, false),
                field("ids", Some(Value::List(Vec::new())), false),
                field("ratios", Some(Value::List(Vec::new())), true),
                field("by_id", Some(Value::Map(Map::default())), true),
            ],
            oneofs: Vec::new(),
        })
    }

    fn node<const N: usize>(values: [(&str, Value); N]) -> Result<Value, ConversionError> {
        let values = values.map(|(name, value)| (name.to_owned(), value)).into();
        Message::new(node_type(), values, UnknownFields::new()).map(Value::Message)
    }

    fn deepest() -> Result<Value, ConversionError> {
        (0..LEVELS).try_fold(node([])?, |inner, _| node([("next", inner)]))
    }

    fn deep_text(innermost: &str) -> String {
        format!(
            "{}{innermost}{}",
            "next {".repeat(LEVELS),
            "}".repeat(LEVELS)
        )
    }

    fn status(actual: Value, text: &str) -> Status {
        let assertion = Assertion {
            name: "proto_matches_text".to_owned(),
            arguments: vec![("text".to_owned(), Value::from(text).into())],
            note: String::new(),
        };
        assertion.evaluate(actual).status
    }

    #[test]
    fn the_deepest_message_matches_its_text() -> Result<(), ConversionError> {
        for innermost in ["", "id: 0"] {
            assert_eq!(status(deepest()?, &deep_text(innermost)), Status::Pass);
        }
        Ok(())
    }

    #[test]
    fn a_text_of_a_message_that_is_too_deep_is_too_large() -> Result<(), ConversionError> {
        for innermost in ["id: 1", "ids: 1", "next {}"] {
            let status = status(deepest()?, &deep_text(innermost));
            assert_eq!(status, Status::Error(ErrorCode::TooLarge));
        }
        Ok(())
    }

    #[test]
    fn floats_of_lists_and_maps_have_32_bits_if_the_type_declares_it() -> Result<(), ConversionError>
    {
        let by_id = Map::new([(Value::from(1), Value::from(0.1_f32))])?;
        let ratios = Value::List(vec![Value::from(0.1_f32)]);
        let actual = node([("ratios", ratios), ("by_id", Value::Map(by_id))])?;
        let text = "ratios: 0.1 by_id { key: 1 value: 0.1 }";
        assert_eq!(status(actual, text), Status::Pass);
        Ok(())
    }
}

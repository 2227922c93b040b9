//! Protobuf messages (`docs/kit/value.md, messages`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::depth::check;
use super::relations::{Relation, Verdict, by_place};
use super::{ConversionError, ErrorCode, Record, Value, path_segment};

/// A protobuf message: the record of its fields that are set, and its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub(super) message_type: Arc<MessageType>,
    pub(super) record: Record,
}

/// A type of protobuf messages.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::exhaustive_structs, reason = "what a descriptor has")]
pub struct MessageType {
    /// The full name of the type.
    pub name: String,
    /// The fields in the order of their numbers.
    pub fields: Vec<MessageField>,
    /// The oneofs that are written in the proto file.
    pub oneofs: Vec<Oneof>,
}

/// A field of a message type.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "what a descriptor has")]
pub struct MessageField {
    /// The name of the field.
    pub name: String,
    /// Whether it can be set to its default. Fields without this are set if they differ from it.
    pub explicit: bool,
    /// The value of the field while it is unset; `None` for a message.
    pub default: Option<Value>,
    /// Whether its floats have 32 bits: those of the field, its items or the values of its map.
    pub single: bool,
}

/// A oneof of a message type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "what a descriptor has")]
pub struct Oneof {
    /// The name of the oneof.
    pub name: String,
    /// The names of its fields.
    pub members: Vec<String>,
}

/// All occurrences of the fields that the type of a message does not have: as in an encoded message,
/// by number.
pub type UnknownFields = BTreeMap<u32, Vec<u8>>;

impl MessageType {
    /// Returns the field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&MessageField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the oneof with this name.
    #[must_use]
    pub fn oneof(&self, name: &str) -> Option<&Oneof> {
        self.oneofs.iter().find(|oneof| oneof.name == name)
    }
}

impl MessageField {
    /// Returns whether a field that has this value is set.
    fn is_set_to(&self, value: &Value) -> bool {
        let is_default = |default| by_place(value, default, Relation::Identical) == Verdict::Yes;
        self.explicit || !self.default.as_ref().is_some_and(is_default)
    }
}

impl Message {
    /// Returns the message with these values of its fields, and these unknown fields. A field without
    /// explicit presence is set only if its value is not identical to the default.
    ///
    /// # Errors
    /// `bad_argument` if a value is for a field that the type does not have; `too_large` if a value
    /// makes it too deep.
    pub fn new(
        message_type: Arc<MessageType>,
        mut values: BTreeMap<String, Value>,
        unknown: UnknownFields,
    ) -> Result<Self, ConversionError> {
        let mut fields = Vec::new();
        for field in &message_type.fields {
            let Some((name, value)) = values.remove_entry(&field.name) else {
                continue;
            };
            check(&value, 2).map_err(|error| error.within(&path_segment(&name)))?;
            if field.is_set_to(&value) {
                fields.push((name, value));
            }
        }
        if !values.is_empty() {
            return Err(ConversionError::new(ErrorCode::BadArgument));
        }
        let unknown = unknown.into_iter();
        fields.extend(unknown.map(|(number, octets)| (number.to_string(), Value::Bytes(octets))));
        let name = message_type.name.clone();
        Ok(Self {
            message_type,
            record: Record { name, fields },
        })
    }

    /// Returns the type.
    #[must_use]
    pub fn message_type(&self) -> &MessageType {
        &self.message_type
    }

    /// Returns the record of the fields that are set, in the order of their numbers. Unknown fields
    /// come last, each named by its number.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// Returns the message of the same type with these values of its fields, as [`Message::new`] does.
    pub(crate) fn with_values(
        &self,
        values: BTreeMap<String, Value>,
    ) -> Result<Self, ConversionError> {
        Self::new(Arc::clone(&self.message_type), values, UnknownFields::new())
    }

    /// Returns the message of the same type that has these fields set: those of this one with other
    /// values, or some of them.
    pub(crate) fn with_fields(&self, fields: Vec<(String, Value)>) -> Self {
        Self {
            message_type: Arc::clone(&self.message_type),
            record: Record {
                name: self.record.name.clone(),
                fields,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Arc<MessageType> {
        let field = |name: &str, explicit, default| MessageField {
            name: name.to_owned(),
            explicit,
            default,
            single: false,
        };
        Arc::new(MessageType {
            name: "Order".to_owned(),
            fields: vec![
                field("id", false, Some(Value::from(0))),
                field("note", true, Some(Value::from(""))),
                field("parent", true, None),
            ],
            oneofs: Vec::new(),
        })
    }

    fn values<const N: usize>(values: [(&str, Value); N]) -> BTreeMap<String, Value> {
        values.map(|(name, value)| (name.to_owned(), value)).into()
    }

    #[test]
    fn what_is_set_is_kept_in_the_order_of_the_type() -> Result<(), ConversionError> {
        let values = values([("note", Value::from("")), ("id", Value::from(0))]);
        let unknown = UnknownFields::from([(9, b"b".to_vec()), (8, b"a".to_vec())]);
        let message = Value::from(Message::new(order(), values, unknown)?);
        let expected = r#"message Order{note: "", "8": b"a", "9": b"b"}"#;
        assert_eq!(message.to_string(), expected);
        Ok(())
    }

    #[test]
    fn a_value_of_a_field_that_the_type_lacks_is_refused() {
        let values = values([("ids", Value::from(0))]);
        let refused = Message::new(order(), values, UnknownFields::new()).map_err(|e| e.code);
        assert_eq!(refused, Err(ErrorCode::BadArgument));
    }
}

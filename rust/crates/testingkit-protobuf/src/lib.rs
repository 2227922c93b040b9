//! Converts protobuf messages to values of the kit (`docs/kit/value.md`, messages).
//!
//! It is a crate of its own because the kit has no dependencies. [`Protobuf`] makes a message an
//! argument of the assertions, and [`to_value`] returns its value. A message of prost needs a
//! descriptor: it implements `ReflectMessage` of prost-reflect.
//! prost drops unknown fields, so decode a `DynamicMessage` from octets where they count.
//!
//! ```
//! use prost_reflect::{DescriptorPool, DynamicMessage};
//! use testingkit_protobuf::to_value;
//!
//! let descriptor = DescriptorPool::global()
//!     .get_message_by_name("google.protobuf.Duration")
//!     .ok_or("no such type")?;
//! let message = DynamicMessage::decode(descriptor, &b"\x08\x07"[..])?;
//! assert_eq!(to_value(&message)?.to_string(), "message google.protobuf.Duration{seconds: 7}");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use prost_reflect::{
    DynamicMessage, EnumDescriptor, FieldDescriptor, Kind, MapKey, MessageDescriptor,
    OneofDescriptor, ReflectMessage, Value as Native,
};
use testingkit::value::{
    ConversionError, EnumMember, ErrorCode, Map, Message, MessageField, MessageType, Oneof,
    ToValue, UnknownFields, Value, limits, path_segment,
};

/// A message as an argument of the assertions: it converts to the value of the message.
///
/// ```
/// use prost_types::Duration;
/// use testingkit::prelude::*;
/// use testingkit_protobuf::Protobuf;
///
/// let timeout = Duration { seconds: 7, nanos: 0 };
/// require!(Protobuf(&timeout), proto_has_field("seconds"));
/// ```
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct Protobuf<'a, M>(pub &'a M);

impl<M: ReflectMessage> ToValue for Protobuf<'_, M> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        to_value(&self.0.transcode_to_dynamic())
    }
}

type Read<T> = Result<T, ConversionError>;

/// Returns the value of a message.
///
/// # Errors
/// `too_large` if it is nested too deep.
pub fn to_value(message: &DynamicMessage) -> Result<Value, ConversionError> {
    to_value_at(message, 1)
}

/// Returns the value of a message within a value, at a level of nesting; 1 is a whole value.
///
/// # Errors
/// `too_large` if it is nested too deep.
pub fn to_value_at(message: &DynamicMessage, level: usize) -> Result<Value, ConversionError> {
    Converter::default()
        .message(message, level)
        .map(Value::from)
}

/// The types of the messages that were converted, by their names.
#[derive(Default)]
struct Converter {
    types: HashMap<String, Arc<MessageType>>,
}

impl Converter {
    /// Converts a message at a level of nesting.
    fn message(&mut self, message: &DynamicMessage, level: usize) -> Read<Message> {
        if level > limits::MAX_DEPTH {
            return Err(ConversionError::new(ErrorCode::TooLarge));
        }
        let descriptor = message.descriptor();
        let mut values = BTreeMap::new();
        for field in descriptor.fields() {
            if field.supports_presence() && !message.has_field(&field) {
                continue;
            }
            let value = self.field(&field, &message.get_field(&field), level + 1);
            let value = value.map_err(|error| error.within(&path_segment(field.name())))?;
            values.insert(field.name().to_owned(), value);
        }
        Message::new(
            self.message_type(&descriptor),
            values,
            unknown_fields(message),
        )
    }

    fn message_type(&mut self, descriptor: &MessageDescriptor) -> Arc<MessageType> {
        let name = descriptor.full_name();
        if let Some(known) = self.types.get(name) {
            return Arc::clone(known);
        }
        let found = to_type(descriptor);
        self.types.insert(name.to_owned(), Arc::clone(&found));
        found
    }

    fn field(&mut self, field: &FieldDescriptor, native: &Native, level: usize) -> Read<Value> {
        match native {
            Native::List(items) => {
                let items = items.iter().enumerate().map(|(place, item)| {
                    self.item(&field.kind(), item, level + 1)
                        .map_err(|error| error.within(&format!("[{place}]")))
                });
                items.collect::<Read<_>>().map(Value::List)
            }
            Native::Map(entries) => self.map(field, entries, level).map(Value::from),
            _ => self.item(&field.kind(), native, level),
        }
    }

    fn map(
        &mut self,
        field: &FieldDescriptor,
        entries: &HashMap<MapKey, Native>,
        level: usize,
    ) -> Read<Map> {
        let entry = field.kind();
        let entry = entry
            .as_message()
            .map(MessageDescriptor::map_entry_value_field);
        let kind = entry
            .ok_or_else(|| ConversionError::new(ErrorCode::BadArgument))?
            .kind();
        let entries = entries.iter().map(|(key, item)| {
            let key = to_key(key);
            let item = self
                .item(&kind, item, level + 1)
                .map_err(|error| error.within_key(&key))?;
            Ok((key, item))
        });
        Map::new(entries.collect::<Read<Vec<_>>>()?)
    }

    /// Converts a field, or one item or value of a repeated one or a map.
    fn item(&mut self, kind: &Kind, native: &Native, level: usize) -> Read<Value> {
        match native {
            Native::Message(message) => self.message(message, level).map(Value::from),
            _ => to_scalar(kind, native)
                .ok_or_else(|| ConversionError::new(ErrorCode::NotConvertible)),
        }
    }
}

fn to_type(descriptor: &MessageDescriptor) -> Arc<MessageType> {
    let mut fields: Vec<_> = descriptor.fields().collect();
    fields.sort_by_key(FieldDescriptor::number);
    Arc::new(MessageType {
        name: descriptor.full_name().to_owned(),
        fields: fields.iter().map(to_message_field).collect(),
        oneofs: descriptor.oneofs().filter_map(to_oneof).collect(),
    })
}

fn to_message_field(field: &FieldDescriptor) -> MessageField {
    let default = if field.is_map() {
        Some(Value::from(Map::default()))
    } else if field.is_list() {
        Some(Value::List(Vec::new()))
    } else {
        to_scalar(&field.kind(), &field.default_value())
    };
    MessageField {
        name: field.name().to_owned(),
        explicit: field.supports_presence(),
        default,
        single: is_single(&field.kind()),
    }
}

/// Returns whether the floats of a field, or of its items or the values of its map, have 32 bits.
fn is_single(kind: &Kind) -> bool {
    match kind {
        Kind::Message(entry) if entry.is_map_entry() => {
            is_single(&entry.map_entry_value_field().kind())
        }
        kind => matches!(kind, Kind::Float),
    }
}

/// Returns a oneof, or `None` for one that only marks an `optional` field of proto3.
fn to_oneof(oneof: OneofDescriptor) -> Option<Oneof> {
    let is_marker = |field: &FieldDescriptor| field.field_descriptor_proto().proto3_optional();
    if oneof.fields().any(|field| is_marker(&field)) {
        return None;
    }
    Some(Oneof {
        name: oneof.name().to_owned(),
        members: oneof
            .fields()
            .map(|field| field.name().to_owned())
            .collect(),
    })
}

fn to_key(key: &MapKey) -> Value {
    match key {
        MapKey::Bool(truth) => Value::from(*truth),
        MapKey::I32(number) => Value::from(*number),
        MapKey::I64(number) => Value::from(*number),
        MapKey::U32(number) => Value::from(*number),
        MapKey::U64(number) => Value::from(*number),
        MapKey::String(text) => Value::from(text.as_str()),
    }
}

/// Returns the value of a native value that has no parts.
fn to_scalar(kind: &Kind, native: &Native) -> Option<Value> {
    Some(match native {
        Native::Bool(truth) => Value::from(*truth),
        Native::I32(number) => Value::from(*number),
        Native::I64(number) => Value::from(*number),
        Native::U32(number) => Value::from(*number),
        Native::U64(number) => Value::from(*number),
        Native::F32(number) => Value::from(*number),
        Native::F64(number) => Value::from(*number),
        Native::String(text) => Value::from(text.as_str()),
        Native::Bytes(octets) => Value::Bytes(octets.to_vec()),
        Native::EnumNumber(number) => Value::from(to_member(kind.as_enum()?, *number)),
        Native::Message(_) | Native::List(_) | Native::Map(_) => return None,
    })
}

/// Returns a member; of two with the same number, the name is that of the first.
fn to_member(descriptor: &EnumDescriptor, number: i32) -> EnumMember {
    let mut known = descriptor.values();
    let known = known.find(|member| member.number() == number);
    let name = known.map_or_else(String::new, |member| member.name().to_owned());
    EnumMember::new(descriptor.full_name(), name, number)
}

/// Returns the unknown fields by number, each occurrence in its shortest encoding.
fn unknown_fields(message: &DynamicMessage) -> UnknownFields {
    let mut found = UnknownFields::new();
    for field in message.unknown_fields() {
        field.encode(found.entry(field.number()).or_default());
    }
    found
}

#[cfg(test)]
mod tests {
    use prost_reflect::DescriptorPool;
    use prost_reflect::prost_types::field_descriptor_proto::{Label, Type};
    use prost_reflect::prost_types::{
        DescriptorProto, FieldDescriptorProto, FileDescriptorProto, MessageOptions,
    };

    use super::*;

    fn field(name: &str, number: i32, label: Label, kind: Type) -> FieldDescriptorProto {
        FieldDescriptorProto {
            name: Some(name.to_owned()),
            number: Some(number),
            label: Some(label.into()),
            r#type: Some(kind.into()),
            ..FieldDescriptorProto::default()
        }
    }

    /// Returns a message type with floats of 32 bits in a field, a list and a map, and a wide one.
    fn floats() -> Option<MessageDescriptor> {
        let entry = DescriptorProto {
            name: Some("ByIdEntry".to_owned()),
            field: vec![
                field("key", 1, Label::Optional, Type::Int32),
                field("value", 2, Label::Optional, Type::Float),
            ],
            options: Some(MessageOptions {
                map_entry: Some(true),
                ..MessageOptions::default()
            }),
            ..DescriptorProto::default()
        };
        let by_id = FieldDescriptorProto {
            type_name: Some(".t.Floats.ByIdEntry".to_owned()),
            ..field("by_id", 3, Label::Repeated, Type::Message)
        };
        let floats = DescriptorProto {
            name: Some("Floats".to_owned()),
            field: vec![
                field("one", 1, Label::Optional, Type::Float),
                field("many", 2, Label::Repeated, Type::Float),
                by_id,
                field("wide", 4, Label::Optional, Type::Double),
            ],
            nested_type: vec![entry],
            ..DescriptorProto::default()
        };
        let mut pool = DescriptorPool::new();
        let file = FileDescriptorProto {
            name: Some("floats.proto".to_owned()),
            package: Some("t".to_owned()),
            syntax: Some("proto3".to_owned()),
            message_type: vec![floats],
            ..FileDescriptorProto::default()
        };
        pool.add_file_descriptor_proto(file).ok()?;
        pool.get_message_by_name("t.Floats")
    }

    #[test]
    fn the_type_states_which_floats_have_32_bits() {
        let fields = floats().map_or_else(Vec::new, |floats| to_type(&floats).fields.clone());
        let single: Vec<_> = fields.iter().map(|field| field.single).collect();
        assert_eq!(single, [true, true, true, false]);
    }
}

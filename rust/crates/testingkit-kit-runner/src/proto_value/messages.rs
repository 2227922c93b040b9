//! Converts protobuf messages to values, by the descriptors of this runner.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use prost_reflect::{
    DescriptorPool, DynamicMessage, EnumDescriptor, FieldDescriptor, Kind, MapKey,
    MessageDescriptor, OneofDescriptor, ReflectMessage, Value as Native,
};
use testingkit::value::{
    ConversionError, EnumMember, ErrorCode, Map, Message, MessageField, MessageType, Oneof,
    UnknownFields, Value, limits, path_segment,
};

type Read<T> = Result<T, ConversionError>;

static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(testingkit_proto::DESCRIPTORS).unwrap_or_default());

/// Reads a message of a type that this runner has a descriptor of.
pub(super) fn read_message(packed: &prost_types::Any, level: usize) -> Read<Value> {
    let bad = || ConversionError::new(ErrorCode::BadArgument);
    let name = packed.type_url.rsplit('/').next().unwrap_or_default();
    let descriptor = POOL.get_message_by_name(name).ok_or_else(bad)?;
    let message = DynamicMessage::decode(descriptor, packed.value.as_slice());
    to_message(&message.map_err(|_| bad())?, level).map(Value::from)
}

/// Converts a message at a level of nesting.
fn to_message(message: &DynamicMessage, level: usize) -> Read<Message> {
    if level > limits::MAX_DEPTH {
        return Err(ConversionError::new(ErrorCode::TooLarge));
    }
    let descriptor = message.descriptor();
    let mut values = BTreeMap::new();
    for field in descriptor.fields() {
        if field.supports_presence() && !message.has_field(&field) {
            continue;
        }
        let value = to_field(&field, &message.get_field(&field), level + 1);
        let value = value.map_err(|error| error.within(&path_segment(field.name())))?;
        values.insert(field.name().to_owned(), value);
    }
    Message::new(to_type(&descriptor), values, unknown_fields(message))
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

fn to_field(field: &FieldDescriptor, native: &Native, level: usize) -> Read<Value> {
    match native {
        Native::List(items) => {
            let items = items.iter().enumerate().map(|(place, item)| {
                to_item(&field.kind(), item, level + 1)
                    .map_err(|error| error.within(&format!("[{place}]")))
            });
            items.collect::<Read<_>>().map(Value::List)
        }
        Native::Map(entries) => to_map(field, entries, level).map(Value::from),
        _ => to_item(&field.kind(), native, level),
    }
}

fn to_map(field: &FieldDescriptor, entries: &HashMap<MapKey, Native>, level: usize) -> Read<Map> {
    let entry = field.kind();
    let entry = entry
        .as_message()
        .map(MessageDescriptor::map_entry_value_field);
    let kind = entry
        .ok_or_else(|| ConversionError::new(ErrorCode::BadArgument))?
        .kind();
    let entries = entries.iter().map(|(key, item)| {
        let key = to_key(key);
        let item = to_item(&kind, item, level + 1).map_err(|error| error.within_key(&key))?;
        Ok((key, item))
    });
    Map::new(entries.collect::<Read<Vec<_>>>()?)
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

/// Converts a field, or one item or value of a repeated one or a map.
fn to_item(kind: &Kind, native: &Native, level: usize) -> Read<Value> {
    match native {
        Native::Message(message) => to_message(message, level).map(Value::from),
        _ => to_scalar(kind, native).ok_or_else(|| ConversionError::new(ErrorCode::NotConvertible)),
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

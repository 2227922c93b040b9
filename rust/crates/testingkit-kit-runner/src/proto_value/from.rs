//! Converts messages to values.

use std::sync::LazyLock;

use prost_reflect::{DescriptorPool, DynamicMessage};
use testingkit::value::{
    ConversionError, Duration, EnumMember, ErrorCode, ErrorValue, Int, Map, Outcome, Record, Set,
    Time, Value, limits, path_segment,
};
use testingkit_proto::kit as pb;
use testingkit_proto::kit::outcome_value::Kind as OutcomeKind;
use testingkit_proto::kit::value::Kind;
use testingkit_protobuf::to_value_at;

const NANOS_PER_SECOND: i64 = 1_000_000_000;

static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(testingkit_proto::DESCRIPTORS).unwrap_or_default());

type Read<T> = Result<T, ConversionError>;

/// Reads a value. An unset message counts as a value without a kind.
///
/// # Errors
/// The code and the place of the malformed part.
pub fn from_proto(message: Option<&pb::Value>) -> Result<Value, ConversionError> {
    read(message, 1)
}

fn bad<T>() -> Read<T> {
    Err(ConversionError::new(ErrorCode::BadArgument))
}

fn check_level(level: usize) -> Read<()> {
    if level > limits::MAX_DEPTH {
        return Err(ConversionError::new(ErrorCode::TooLarge));
    }
    Ok(())
}

fn read(message: Option<&pb::Value>, level: usize) -> Read<Value> {
    check_level(level)?;
    let Some(kind) = message.and_then(|message| message.kind.as_ref()) else {
        return bad();
    };
    match kind {
        Kind::Null(number) => read_null(*number, Value::Null),
        Kind::Bool(truth) => Ok(Value::Bool(*truth)),
        Kind::Int(number) => Ok(Value::from(*number)),
        Kind::BigInt(text) => read_big_int(text),
        Kind::Float(number) => Ok(Value::Float(*number)),
        Kind::FloatBits(bits) => Ok(Value::Float(f64::from_bits(*bits))),
        Kind::Text(text) => Ok(Value::from(text.as_str())),
        Kind::Bytes(octets) => Ok(Value::Bytes(octets.clone())),
        Kind::List(list) => read_list(list, level),
        Kind::Set(set) => read_set(set, level),
        Kind::Map(map) => read_map(map, level),
        Kind::Record(record) => read_record(record, level),
        Kind::Message(packed) => read_message(packed, level),
        Kind::Enum(member) => Ok(read_enum(member)),
        Kind::Error(error) => read_error(error, level).map(Value::Error),
        Kind::Time(time) => read_time(time),
        Kind::Duration(duration) => read_duration(*duration),
        Kind::Outcome(outcome) => read_outcome(outcome, level).map(Value::Outcome),
        Kind::Lit(_) => bad(),
    }
}

fn read_null<T>(number: i32, value: T) -> Read<T> {
    if number == i32::from(pb::Null::Null) {
        Ok(value)
    } else {
        bad()
    }
}

fn read_big_int(text: &str) -> Read<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.starts_with('0') {
        return bad();
    }
    let int: Int = text.parse()?;
    if int.to_i64().is_some() {
        bad()
    } else {
        Ok(Value::Int(int))
    }
}

fn read_list(message: &pb::ListValue, level: usize) -> Read<Value> {
    let items = message.items.iter().enumerate().map(|(place, item)| {
        read(Some(item), level + 1).map_err(|error| error.within(&format!("[{place}]")))
    });
    items.collect::<Read<_>>().map(Value::List)
}

fn read_set(message: &pb::SetValue, level: usize) -> Read<Value> {
    let items = message
        .items
        .iter()
        .map(|item| read(Some(item), level + 1).map_err(ConversionError::of_container));
    Set::new(items.collect::<Read<Vec<_>>>()?).map(Value::from)
}

fn read_map(message: &pb::MapValue, level: usize) -> Read<Value> {
    let entries = message.entries.iter().map(|entry| {
        let key = read(entry.key.as_ref(), level + 1).map_err(ConversionError::of_container)?;
        let value = read(entry.value.as_ref(), level + 1);
        let value = value.map_err(|error| error.within_key(&key))?;
        Ok((key, value))
    });
    Map::new(entries.collect::<Read<Vec<_>>>()?).map(Value::from)
}

fn read_record(message: &pb::RecordValue, level: usize) -> Read<Value> {
    let fields = message.fields.iter().map(|field| {
        let value = read(field.value.as_ref(), level + 1);
        let value = value.map_err(|error| error.within(&path_segment(&field.name)))?;
        Ok((field.name.clone(), value))
    });
    Record::new(message.name.clone(), fields.collect::<Read<Vec<_>>>()?).map(Value::from)
}

/// Reads a message of a type that this runner has a descriptor of.
fn read_message(packed: &prost_types::Any, level: usize) -> Read<Value> {
    let name = packed.type_url.rsplit('/').next().unwrap_or_default();
    let Some(descriptor) = POOL.get_message_by_name(name) else {
        return bad();
    };
    match DynamicMessage::decode(descriptor, packed.value.as_slice()) {
        Ok(message) => to_value_at(&message, level),
        Err(_) => bad(),
    }
}

fn read_enum(message: &pb::EnumValue) -> Value {
    Value::from(EnumMember::new(
        message.r#type.clone(),
        message.name.clone(),
        message.number,
    ))
}

fn read_error(message: &pb::ErrorValue, level: usize) -> Read<ErrorValue> {
    check_level(level)?;
    let causes = message.causes.iter().enumerate().map(|(place, cause)| {
        read_error(cause, level + 1).map_err(|error| error.within(&format!(".causes[{place}]")))
    });
    let causes = causes.collect::<Read<Vec<_>>>()?;
    let error = ErrorValue::new(message.r#type.clone(), message.message.clone());
    Ok(error.with_code(message.code).with_causes(causes))
}

fn read_time(message: &pb::TimeValue) -> Read<Value> {
    let Ok(nanos) = u32::try_from(message.nanos) else {
        return bad();
    };
    let offset = message.utc_offset_seconds.unwrap_or(0);
    Time::new(message.seconds, nanos, offset).map(Value::from)
}

fn read_duration(message: prost_types::Duration) -> Read<Value> {
    let nanos = i64::from(message.nanos);
    let same_sign = message.seconds.signum() * nanos.signum() >= 0;
    let total = message
        .seconds
        .checked_mul(NANOS_PER_SECOND)
        .and_then(|seconds| seconds.checked_add(nanos))
        .filter(|total| *total != i64::MIN);
    match total {
        Some(total) if same_sign && nanos.abs() < NANOS_PER_SECOND => {
            Duration::from_nanos(total).map(Value::Duration)
        }
        _ => bad(),
    }
}

fn read_outcome(message: &pb::OutcomeValue, level: usize) -> Read<Outcome> {
    match message.kind.as_ref() {
        Some(OutcomeKind::Returned(value)) => read(Some(value), level + 1)
            .map(Outcome::returned)
            .map_err(|error| error.within(".returned")),
        Some(OutcomeKind::Failed(error)) => read_error(error, level + 1)
            .map(Outcome::Failed)
            .map_err(|error| error.within(".failed")),
        Some(OutcomeKind::Panicked(text)) => Ok(Outcome::Panicked(text.clone())),
        Some(OutcomeKind::Cancelled(number)) => read_null(*number, Outcome::Cancelled),
        Some(OutcomeKind::Pending(number)) => read_null(*number, Outcome::Pending),
        None => bad(),
    }
}

//! Converts values to messages.

use testingkit::value::{Duration, ErrorValue, Int, Map, Outcome, Record, Time, Value};
use testingkit_proto::kit as pb;
use testingkit_proto::kit::outcome_value::Kind as OutcomeKind;
use testingkit_proto::kit::value::Kind;

const NANOS_PER_SECOND: i64 = 1_000_000_000;

/// Writes a value in its canonical form.
#[must_use]
pub fn to_proto(value: &Value) -> pb::Value {
    let kind = match value {
        Value::Null => Kind::Null(pb::Null::Null.into()),
        Value::Bool(truth) => Kind::Bool(*truth),
        Value::Int(int) => write_int(int),
        Value::Float(number) => Kind::Float(if number.is_nan() { f64::NAN } else { *number }),
        Value::Text(text) => Kind::Text(text.clone()),
        Value::Bytes(octets) => Kind::Bytes(octets.clone()),
        Value::Time(time) => Kind::Time(write_time(*time)),
        Value::Duration(duration) => Kind::Duration(write_duration(*duration)),
        Value::Enum(member) => Kind::Enum(pb::EnumValue {
            r#type: member.type_name.clone(),
            name: member.name.clone(),
            number: member.number,
        }),
        Value::List(items) => Kind::List(pb::ListValue {
            items: write_items(items),
        }),
        Value::Set(set) => Kind::Set(pb::SetValue {
            items: write_items(set.items()),
        }),
        Value::Map(map) => Kind::Map(write_map(map)),
        Value::Record(record) => Kind::Record(write_record(record)),
        Value::Message(message) => Kind::Record(write_record(message.record())),
        Value::Error(error) => Kind::Error(write_error(error)),
        Value::Outcome(outcome) => Kind::Outcome(Box::new(write_outcome(outcome))),
        // A kind that the kit has and the protocol does not have yet.
        _ => return pb::Value { kind: None },
    };
    pb::Value { kind: Some(kind) }
}

fn write_int(int: &Int) -> Kind {
    int.to_i64()
        .map_or_else(|| Kind::BigInt(int.to_string()), Kind::Int)
}

fn write_time(time: Time) -> pb::TimeValue {
    pb::TimeValue {
        seconds: time.seconds(),
        nanos: i32::try_from(time.nanos()).unwrap_or(i32::MAX),
        utc_offset_seconds: Some(time.utc_offset_seconds()).filter(|offset| *offset != 0),
    }
}

fn write_duration(duration: Duration) -> prost_types::Duration {
    let nanos = duration.as_nanos();
    prost_types::Duration {
        seconds: nanos / NANOS_PER_SECOND,
        nanos: i32::try_from(nanos % NANOS_PER_SECOND).unwrap_or(0),
    }
}

fn write_items(items: &[Value]) -> Vec<pb::Value> {
    items.iter().map(to_proto).collect()
}

fn write_map(map: &Map) -> pb::MapValue {
    let write = |(key, value): &(Value, Value)| pb::map_value::Entry {
        key: Some(to_proto(key)),
        value: Some(to_proto(value)),
    };
    pb::MapValue {
        entries: map.into_iter().map(write).collect(),
    }
}

fn write_record(record: &Record) -> pb::RecordValue {
    let write = |(name, value): &(String, Value)| pb::record_value::Field {
        name: name.clone(),
        value: Some(to_proto(value)),
    };
    pb::RecordValue {
        name: record.name().to_owned(),
        fields: record.into_iter().map(write).collect(),
    }
}

fn write_error(error: &ErrorValue) -> pb::ErrorValue {
    pb::ErrorValue {
        r#type: error.type_name.clone(),
        message: error.message.clone(),
        code: error.code,
        causes: error.causes.iter().map(write_error).collect(),
    }
}

fn write_outcome(outcome: &Outcome) -> pb::OutcomeValue {
    let kind = match outcome {
        Outcome::Returned(value) => OutcomeKind::Returned(Box::new(to_proto(value))),
        Outcome::Failed(error) => OutcomeKind::Failed(write_error(error)),
        Outcome::Panicked(text) => OutcomeKind::Panicked(text.clone()),
        Outcome::Cancelled => OutcomeKind::Cancelled(pb::Null::Null.into()),
        Outcome::Pending => OutcomeKind::Pending(pb::Null::Null.into()),
        // An outcome that the kit has and the protocol does not have yet.
        _ => return pb::OutcomeValue { kind: None },
    };
    pb::OutcomeValue { kind: Some(kind) }
}

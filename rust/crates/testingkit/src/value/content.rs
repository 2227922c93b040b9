//! What the relations compare of values without parts, and what makes two parts the same.

use std::borrow::Cow;

use super::numbers::whole_float;
use super::{Duration, Ending, ErrorValue, Int, Outcome, Relation, Value};

/// What is compared of a part. Two parts without parts of their own relate if and only if theirs
/// are the same. The numbers stand for the parts.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Content<'a> {
    Null,
    Bool(bool),
    Int(Cow<'a, Int>),
    /// The bits; one NaN for all.
    Float(u64),
    Text(&'a str),
    Bytes(&'a [u8]),
    /// The instant, and the offset if it counts.
    Time((i64, u32), Option<i32>),
    Duration(Duration),
    Enum(&'a str, i32),
    Error(&'a ErrorValue),
    /// An outcome without a value, with the text of a panic.
    Ended(Ending, &'a str),
    Failed(&'a ErrorValue),
    Returned(u32),
    List(Vec<u32>),
    /// The number of items, and the different numbers among them.
    Set(usize, Vec<u32>),
    Map(usize, Vec<(u32, u32)>),
    /// The name if it counts, and the fields by name.
    Record(Option<&'a str>, Vec<(&'a str, u32)>),
    /// The name, and the fields that are set by name.
    Message(&'a str, Vec<(&'a str, u32)>),
    /// The place of a whole value.
    Whole,
    /// A place one step below another one.
    Below(u32, Step<'a>),
}

/// A step to a part. Items and keys are compared only if their numbers are the same, so these are
/// the steps.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Step<'a> {
    Index(usize),
    Item(u32),
    Key(u32),
    ValueOf(u32),
    Field(&'a str),
    Payload,
}

/// Returns what a relation compares of a value without parts, or `None` for one with parts.
pub(super) fn content(value: &Value, relation: Relation) -> Option<Content<'_>> {
    Some(match value {
        Value::Null => Content::Null,
        Value::Bool(truth) => Content::Bool(*truth),
        Value::Int(int) => Content::Int(Cow::Borrowed(int)),
        Value::Float(float) => of_float(*float, relation),
        Value::Text(text) => Content::Text(text),
        Value::Bytes(octets) => Content::Bytes(octets),
        Value::Time(time) => Content::Time(
            time.instant(),
            (relation == Relation::Identical).then(|| time.utc_offset_seconds()),
        ),
        Value::Duration(duration) => Content::Duration(*duration),
        Value::Enum(member) => Content::Enum(&member.type_name, member.number),
        Value::Error(error) => Content::Error(error),
        Value::Outcome(Outcome::Failed(error)) => Content::Failed(error),
        Value::Outcome(Outcome::Panicked(text)) => Content::Ended(Ending::Panicked, text),
        Value::Outcome(Outcome::Cancelled) => Content::Ended(Ending::Cancelled, ""),
        Value::Outcome(Outcome::Pending) => Content::Ended(Ending::Pending, ""),
        Value::Outcome(Outcome::Returned(_))
        | Value::List(_)
        | Value::Set(_)
        | Value::Map(_)
        | Value::Record(_)
        | Value::Message(_) => return None,
    })
}

fn of_float<'a>(float: f64, relation: Relation) -> Content<'a> {
    if float.is_nan() {
        Content::Float(f64::NAN.to_bits())
    } else if relation == Relation::Equivalent && float.is_finite() && float.fract() == 0.0 {
        Content::Int(Cow::Owned(whole_float(float)))
    } else if relation != Relation::Identical && float == 0.0 {
        Content::Float(0)
    } else {
        Content::Float(float.to_bits())
    }
}

//! Canonical text, whole or truncated (`docs/kit/render.md`, canonical text and truncation).

use std::fmt;

use super::floats::float_text;
use super::limits::Limits;
use super::names::{error_type_name, field_name, type_name};
use super::times::{duration_text, time_text};
use crate::value::depth::require_depth;
use crate::value::limits::MAX_DEPTH;
use crate::value::{EnumMember, ErrorValue, Message, Outcome, Record, Value, quote};

const MORE: &str = "…";

/// Returns the whole value on one line.
///
/// # Panics
/// If the value does not pass [`Value::check_depth`].
#[must_use]
pub fn canonical(value: &Value) -> String {
    require_depth(&[value]);
    Writer { limits: None }.text(value, 1)
}

/// Returns the value on one line, truncated to [`Limits::FAILURE`].
#[must_use]
pub fn truncated(value: &Value) -> String {
    truncated_to(value, Limits::FAILURE)
}

/// Returns the value on one line, truncated to these limits.
#[must_use]
pub fn truncated_to(value: &Value, limits: Limits) -> String {
    Writer {
        limits: Some(limits),
    }
    .text(value, 1)
}

/// Writes the canonical text. Levels over the limit are left out.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Writer { limits: None }.text(self, 1))
    }
}

/// Writes what [`Display`](fmt::Display) writes.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes the canonical text of the error. Levels over the limit are left out.
impl fmt::Debug for ErrorValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Writer { limits: None }.error(self, 1))
    }
}

/// Returns the text of a record before its fields.
pub(super) fn record_opening(record: &Record) -> String {
    let name = record.name();
    if name.is_empty() {
        "record{".to_owned()
    } else {
        format!("{}{{", type_name(name))
    }
}

/// Returns the text of a message before its fields.
pub(super) fn message_opening(message: &Message) -> String {
    format!("message {}{{", error_type_name(message.record().name()))
}

/// Writes values as text. `level` is 1 for the whole value.
struct Writer {
    limits: Option<Limits>,
}

impl Writer {
    fn text(&self, value: &Value, level: usize) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Int(int) => int.to_string(),
            Value::Float(float) => float_text(*float),
            Value::Text(text) => self.quoted(text),
            Value::Bytes(octets) => self.octets(octets),
            Value::Time(time) => format!("time({})", time_text(*time)),
            Value::Duration(duration) => format!("duration({})", duration_text(*duration)),
            Value::Enum(member) => enum_text(member),
            Value::List(items) => self.parts("[", items, "]", level, Self::text),
            Value::Set(set) => self.parts("set{", set.items(), "}", level, Self::text),
            Value::Map(map) => self.parts("{", map.entries(), "}", level, Self::entry),
            Value::Record(record) => self.parts(
                &record_opening(record),
                record.fields(),
                "}",
                level,
                Self::field,
            ),
            Value::Message(message) => self.parts(
                &message_opening(message),
                message.record().fields(),
                "}",
                level,
                Self::field,
            ),
            Value::Error(error) => self.error(error, level),
            Value::Outcome(outcome) => self.outcome(outcome, level),
        }
    }

    fn entry(&self, entry: &(Value, Value), level: usize) -> String {
        format!(
            "{}: {}",
            self.text(&entry.0, level),
            self.text(&entry.1, level)
        )
    }

    fn field(&self, field: &(String, Value), level: usize) -> String {
        format!("{}: {}", field_name(&field.0), self.text(&field.1, level))
    }

    fn error(&self, error: &ErrorValue, level: usize) -> String {
        if self.too_deep(level) {
            return format!("error({MORE})");
        }
        let mut parts = vec![
            error_type_name(&error.type_name),
            self.quoted(&error.message),
        ];
        if error.code != 0 {
            parts.push(format!("code: {}", error.code));
        }
        match error.causes.as_slice() {
            [] => {}
            [cause] => parts.push(format!("cause: {}", self.error(cause, level + 1))),
            causes => {
                parts.push(format!(
                    "causes: {}",
                    self.parts("[", causes, "]", level, Self::error)
                ));
            }
        }
        format!("error({})", parts.join(", "))
    }

    fn outcome(&self, outcome: &Outcome, level: usize) -> String {
        match outcome {
            Outcome::Returned(_) if self.too_deep(level) => format!("returned({MORE})"),
            Outcome::Returned(value) => format!("returned({})", self.text(value, level + 1)),
            Outcome::Failed(_) if self.too_deep(level) => format!("failed({MORE})"),
            Outcome::Failed(error) => format!("failed({})", self.error(error, level + 1)),
            Outcome::Panicked(text) => format!("panicked({})", self.quoted(text)),
            Outcome::Cancelled => "cancelled".to_owned(),
            Outcome::Pending => "pending".to_owned(),
        }
    }

    fn parts<T>(
        &self,
        opening: &str,
        parts: &[T],
        closing: &str,
        level: usize,
        write: impl Fn(&Self, &T, usize) -> String,
    ) -> String {
        if !parts.is_empty() && self.too_deep(level) {
            return format!("{opening}{MORE}{closing}");
        }
        let shown = self
            .limits
            .map_or(parts.len(), |limits| limits.entries.min(parts.len()));
        let mut written: Vec<_> = parts[..shown]
            .iter()
            .map(|part| write(self, part, level + 1))
            .collect();
        if shown < parts.len() {
            written.push(format!("{MORE} {} more", parts.len() - shown));
        }
        format!("{opening}{}{closing}", written.join(", "))
    }

    fn too_deep(&self, level: usize) -> bool {
        level
            > self
                .limits
                .map_or(MAX_DEPTH, |limits| limits.levels.min(MAX_DEPTH))
    }

    fn quoted(&self, text: &str) -> String {
        match self.limits {
            Some(limits) if text.chars().count() > limits.length => {
                let kept: String = text.chars().take(limits.kept).collect();
                format!(
                    "{}{MORE}+{}",
                    quote(&kept),
                    text.chars().count() - limits.kept
                )
            }
            _ => quote(text),
        }
    }

    fn octets(&self, octets: &[u8]) -> String {
        match self.limits {
            Some(limits) if octets.len() > limits.length => {
                let kept = octets_text(&octets[..limits.kept]);
                format!("{kept}{MORE}+{}", octets.len() - limits.kept)
            }
            _ => octets_text(octets),
        }
    }
}

fn enum_text(member: &EnumMember) -> String {
    if member.name.is_empty() {
        return format!("{}({})", type_name(&member.type_name), member.number);
    }
    format!(
        "{}.{}",
        type_name(&member.type_name),
        field_name(&member.name)
    )
}

fn octets_text(octets: &[u8]) -> String {
    let inner: String = octets.iter().map(|octet| octet_text(*octet)).collect();
    format!("b\"{inner}\"")
}

fn octet_text(octet: u8) -> String {
    match octet {
        b'"' => "\\\"".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\t' => "\\t".to_owned(),
        b' '..=b'~' => char::from(octet).to_string(),
        _ => format!("\\x{octet:02x}"),
    }
}

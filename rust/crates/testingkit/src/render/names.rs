//! Names in text: bare if they are unambiguous, else quoted (`docs/kit/render.md`, names).

use crate::value::{is_identifier, quote};

/// Words with which other canonical texts begin.
const RESERVED: [&str; 15] = [
    "null",
    "true",
    "false",
    "NaN",
    "inf",
    "set",
    "record",
    "error",
    "time",
    "duration",
    "returned",
    "failed",
    "panicked",
    "cancelled",
    "pending",
];

/// Returns the text of the name of a record or enum type.
pub(super) fn type_name(name: &str) -> String {
    if RESERVED.contains(&name) {
        quote(name)
    } else {
        error_type_name(name)
    }
}

/// Returns the text of the name of an error type. No other text can be in its place, so no word is
/// reserved.
pub(super) fn error_type_name(name: &str) -> String {
    if name.split('.').all(is_identifier) {
        name.to_owned()
    } else {
        quote(name)
    }
}

/// Returns the text of the name of a field or an enum member.
#[must_use]
pub fn field_name(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        quote(name)
    }
}

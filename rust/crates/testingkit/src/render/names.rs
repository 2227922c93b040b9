//! Names in text: bare where they can be read back, quoted elsewhere (`docs/kit/render.md`, names).

use crate::value::{is_identifier, quote};

/// What begins or is a canonical text already.
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

/// The name of a record or enum type.
pub(super) fn type_name(name: &str) -> String {
    if RESERVED.contains(&name) {
        quote(name)
    } else {
        error_type_name(name)
    }
}

/// The name of an error type. Nothing else stands in its place, so no word is reserved.
pub(super) fn error_type_name(name: &str) -> String {
    if name.split('.').all(is_identifier) {
        name.to_owned()
    } else {
        quote(name)
    }
}

/// The name of a field or of an enum member.
#[must_use]
pub fn field_name(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        quote(name)
    }
}

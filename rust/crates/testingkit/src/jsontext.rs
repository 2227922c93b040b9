//! A strict reader of JSON. The rules are in `docs/kit/jsontext.md`.
//!
//! ```
//! use testingkit::jsontext::{Reason, read_json};
//!
//! assert_eq!(read_json(r#"[1, 2.0, "\u00e9"]"#)?.to_string(), r#"[1, 2.0, "é"]"#);
//! let error = read_json(r#"{"a": 1, "a": 2}"#).unwrap_err();
//! assert_eq!((error.offset, error.reason), (9, Reason::DuplicateKey));
//! # Ok::<_, testingkit::jsontext::JsonError>(())
//! ```

mod reader;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::value::Value;

/// Why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The octets are not valid UTF-8.
    NotUtf8,
    /// The text starts with a byte order mark.
    ByteOrderMark,
    /// The text ends too early.
    UnexpectedEnd,
    /// The grammar does not allow a character.
    UnexpectedCharacter,
    /// Something follows the value.
    TrailingText,
    /// A string contains a control character that is not escaped.
    ControlCharacter,
    /// JSON has no such escape.
    BadEscape,
    /// An escaped surrogate is not one of a pair.
    LoneSurrogate,
    /// An object has the same key twice.
    DuplicateKey,
    /// A number has too many digits, or is beyond the range of a float.
    NumberOutOfRange,
    /// A value or key is nested too deep.
    TooDeep,
}

impl Reason {
    /// Returns the name of the reason, such as `trailing_text`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not_utf8",
            Self::ByteOrderMark => "byte_order_mark",
            Self::UnexpectedEnd => "unexpected_end",
            Self::UnexpectedCharacter => "unexpected_character",
            Self::TrailingText => "trailing_text",
            Self::ControlCharacter => "control_character",
            Self::BadEscape => "bad_escape",
            Self::LoneSurrogate => "lone_surrogate",
            Self::DuplicateKey => "duplicate_key",
            Self::NumberOutOfRange => "number_out_of_range",
            Self::TooDeep => "too_deep",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonError {
    /// Number of octets before the error.
    pub offset: usize,
    /// Why the text is not JSON.
    pub reason: Reason,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at offset {}", self.reason, self.offset)
    }
}

impl std::error::Error for JsonError {}

/// Returns the value of a JSON text.
///
/// # Errors
/// The text is not JSON.
pub fn read_json(text: impl AsRef<[u8]>) -> Result<Value, JsonError> {
    let text = str::from_utf8(text.as_ref()).map_err(|error| JsonError {
        offset: error.valid_up_to(),
        reason: Reason::NotUtf8,
    })?;
    reader::read(text)
}

//! The error codes of the kits, and the error that carries one.

use std::fmt;

use super::{Value, path_segment};

/// The class of an error. The codes are those of `ErrorCode` in `testingkit/kit/v1/value.proto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// A value of a kind that the check does not accept.
    WrongKind,
    /// An argument that is missing, unknown or outside its range.
    BadArgument,
    /// A pattern that is not portable.
    BadPattern,
    /// A malformed path.
    BadPath,
    /// Two values without an order, such as a number and NaN.
    NotComparable,
    /// A native value without a counterpart in the value model.
    NotConvertible,
    /// A native value that contains itself.
    Cycle,
    /// A value over a documented limit.
    TooLarge,
    /// A feature that this kit does not have.
    Unsupported,
}

impl ErrorCode {
    /// Returns the name of the code in failure texts, such as `wrong_kind`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WrongKind => "wrong_kind",
            Self::BadArgument => "bad_argument",
            Self::BadPattern => "bad_pattern",
            Self::BadPath => "bad_path",
            Self::NotComparable => "not_comparable",
            Self::NotConvertible => "not_convertible",
            Self::Cycle => "cycle",
            Self::TooLarge => "too_large",
            Self::Unsupported => "unsupported",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why something is not a value of the kit, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConversionError {
    /// The class of the error.
    pub code: ErrorCode,
    /// The place in the value, such as `$.items[2]`; `$` is the value itself.
    pub path: String,
}

impl ConversionError {
    /// Returns an error of the value itself.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            path: "$".to_owned(),
        }
    }

    /// Returns the error of the container that holds the value under the path segment.
    #[must_use]
    pub fn within(self, segment: &str) -> Self {
        let path = format!("${segment}{}", &self.path[1..]);
        Self {
            code: self.code,
            path,
        }
    }

    /// Returns the error of the map that holds the value under the key. Only a text, an int or a
    /// bool has a path segment; for a value under any other key the error is that of the map
    /// itself.
    #[must_use]
    pub fn within_key(self, key: &Value) -> Self {
        match key {
            Value::Text(text) => self.within(&path_segment(text)),
            Value::Int(int) => self.within(&format!("{{{int}}}")),
            Value::Bool(truth) => self.within(&format!("{{{truth}}}")),
            _ => self.of_container(),
        }
    }

    /// Returns the error of the set or map whose item or key is malformed. Items and keys have no
    /// path of their own.
    #[must_use]
    pub fn of_container(self) -> Self {
        Self::new(self.code)
    }
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code, self.path)
    }
}

impl std::error::Error for ConversionError {}

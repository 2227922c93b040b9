//! Why a question makes no sense: the closed list of codes, and the error that carries one.

use std::fmt;

use super::{Value, path_segment};

/// The class of an error. The kits answer with these and no others; they are those of `ErrorCode`
/// in `testingkit/kit/v1/value.proto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// A value of a kind the check does not take.
    WrongKind,
    /// An argument outside its range, missing, or not known.
    BadArgument,
    /// A pattern that is not portable.
    BadPattern,
    /// A path that is not well formed.
    BadPath,
    /// Two values without an order, such as a number and NaN.
    NotComparable,
    /// A native value that has no place in the value model.
    NotConvertible,
    /// A native value that contains itself.
    Cycle,
    /// A value over a stated limit.
    TooLarge,
    /// Something this kit cannot do.
    Unsupported,
}

impl ErrorCode {
    /// The name of the code in failure texts.
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

/// Something that is not a value: the class of the error, and where in the value it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionError {
    /// The class of the error.
    pub code: ErrorCode,
    /// Where in the value, such as `$.items[2]`; `$` is the value itself.
    pub path: String,
}

impl ConversionError {
    /// An error of the value itself.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            path: "$".to_owned(),
        }
    }

    /// The same error as seen by the container that holds the value under `segment`.
    #[must_use]
    pub fn within(self, segment: &str) -> Self {
        let path = format!("${segment}{}", &self.path[1..]);
        Self {
            code: self.code,
            path,
        }
    }

    /// The same error as seen by the map that holds the value under `key`. A key that is no text, int
    /// or bool gives no path, so the error is then the map's.
    #[must_use]
    pub fn within_key(self, key: &Value) -> Self {
        match key {
            Value::Text(text) => self.within(&path_segment(text)),
            Value::Int(int) => self.within(&format!("{{{int}}}")),
            Value::Bool(truth) => self.within(&format!("{{{truth}}}")),
            _ => self.of_container(),
        }
    }

    /// The same error as one of the set or map whose item or key it is about, since those have no
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

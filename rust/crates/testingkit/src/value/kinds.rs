//! The kinds of values.

use std::fmt;

use super::{Duration, Int, Map, Message, Number, Record, Set, Time};

/// The limits of values (`docs/kit/value.md`, limits).
pub mod limits {
    /// Levels of nesting, the value itself included.
    pub const MAX_DEPTH: usize = 128;
    /// Decimal digits of an integer.
    pub const MAX_INT_DIGITS: usize = 4000;
    /// 0001-01-01T00:00:00Z.
    pub const MIN_TIME_SECONDS: i64 = -62_135_596_800;
    /// 9999-12-31T23:59:59Z.
    pub const MAX_TIME_SECONDS: i64 = 253_402_300_799;
    /// One second less than a day.
    pub const MAX_OFFSET_SECONDS: i32 = 86_399;
    /// Numbers in a native range.
    pub const MAX_RANGE_ITEMS: usize = 1_000_000;
    /// Pointers and cells around a native value, in all levels together.
    pub const MAX_POINTERS: usize = 512;
}

/// A value of the kit.
///
/// Compare values with [`is_equal_to`](Self::is_equal_to),
/// [`is_identical_to`](Self::is_identical_to) and [`is_equivalent_to`](Self::is_equivalent_to).
/// `==` is not one of these relations: it compares names for display as well, and a NaN is not
/// `==` to itself.
///
/// [`Display`](fmt::Display) writes the canonical text, as [`canonical`](crate::render::canonical)
/// does.
///
/// The variants are public, so a value can be nested deeper than [`limits::MAX_DEPTH`]. It can be
/// cloned, compared with `==`, formatted and dropped. Functions that return a `Result` refuse it
/// with the error of [`check_depth`](Self::check_depth), and all others panic with it.
#[non_exhaustive]
pub enum Value {
    /// The absence of a value.
    Null,
    /// A truth value. It is never a number.
    Bool(bool),
    /// An integer with up to [`limits::MAX_INT_DIGITS`] digits.
    Int(Int),
    /// A binary64 number. All NaNs are the same.
    Float(f64),
    /// Unicode scalar values.
    Text(String),
    /// Octets.
    Bytes(Vec<u8>),
    /// An instant.
    Time(Time),
    /// A span of time.
    Duration(Duration),
    /// A member of an enumeration.
    Enum(EnumMember),
    /// A sequence.
    List(Vec<Value>),
    /// Unique items.
    Set(Set),
    /// Unique keys and their values.
    Map(Map),
    /// A struct.
    Record(Record),
    /// A protobuf message.
    Message(Message),
    /// An error as a value.
    Error(ErrorValue),
    /// How a call ended.
    Outcome(Outcome),
}

/// The kind of a value. The variants are in the total order of kinds, in which int and float share
/// a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variants are those of `Value`")]
#[non_exhaustive]
pub enum Kind {
    Null,
    Bool,
    Int,
    Float,
    Text,
    Bytes,
    Time,
    Duration,
    Enum,
    List,
    Set,
    Map,
    Record,
    Error,
    Message,
    Outcome,
}

impl Kind {
    /// Returns the name of the kind, such as `text`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Enum => "enum",
            Self::List => "list",
            Self::Set => "set",
            Self::Map => "map",
            Self::Record => "record",
            Self::Error => "error",
            Self::Message => "message",
            Self::Outcome => "outcome",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Value {
    /// Returns the kind of this value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Float(_) => Kind::Float,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
            Self::Time(_) => Kind::Time,
            Self::Duration(_) => Kind::Duration,
            Self::Enum(_) => Kind::Enum,
            Self::List(_) => Kind::List,
            Self::Set(_) => Kind::Set,
            Self::Map(_) => Kind::Map,
            Self::Record(_) => Kind::Record,
            Self::Message(_) => Kind::Message,
            Self::Error(_) => Kind::Error,
            Self::Outcome(_) => Kind::Outcome,
        }
    }

    /// Returns the number in an int or a float.
    #[must_use]
    pub const fn as_number(&self) -> Option<Number<'_>> {
        match self {
            Self::Int(int) => Some(Number::Int(int)),
            Self::Float(float) => Some(Number::Float(*float)),
            _ => None,
        }
    }
}

/// A member of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnumMember {
    /// Name of the enumeration.
    pub type_name: String,
    /// Name of the member, for display; empty if the number has none.
    pub name: String,
    /// Number of the member.
    pub number: i32,
}

impl EnumMember {
    /// Returns a member of an enumeration. An empty name stands for a number without one.
    #[must_use]
    pub fn new(type_name: impl Into<String>, name: impl Into<String>, number: i32) -> Self {
        Self {
            type_name: type_name.into(),
            name: name.into(),
            number,
        }
    }
}

/// An error as a value.
#[derive(Default)]
#[non_exhaustive]
pub struct ErrorValue {
    /// Logical name of the type.
    pub type_name: String,
    /// The error's own message, without the text of its causes.
    pub message: String,
    /// A number that goes with the error; zero for none.
    pub code: i32,
    /// The errors that led to it.
    pub causes: Vec<ErrorValue>,
}

impl ErrorValue {
    /// Returns an error without a code and causes.
    #[must_use]
    pub fn new(type_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            type_name: type_name.into(),
            message: message.into(),
            code: 0,
            causes: Vec::new(),
        }
    }

    /// Sets the code.
    #[must_use]
    pub fn with_code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    /// Adds causes.
    #[must_use]
    pub fn with_causes(mut self, causes: impl IntoIterator<Item = Self>) -> Self {
        self.causes.extend(causes);
        self
    }
}

/// How a call ended, with its result.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The call returned this value.
    Returned(Box<Value>),
    /// The call failed with this error.
    Failed(ErrorValue),
    /// The call panicked with this text.
    Panicked(String),
    /// The call was cancelled.
    Cancelled,
    /// The call has not ended.
    Pending,
}

/// The ending of an [`Outcome`]. The variants are in the total order of endings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are those of `Outcome`")]
#[non_exhaustive]
pub enum Ending {
    Returned,
    Failed,
    Panicked,
    Cancelled,
    Pending,
}

impl Outcome {
    /// Returns the outcome of a call that returned this value.
    #[must_use]
    pub fn returned(value: impl Into<Value>) -> Self {
        Self::Returned(Box::new(value.into()))
    }

    /// Returns how the call ended.
    #[must_use]
    pub const fn ending(&self) -> Ending {
        match self {
            Self::Returned(_) => Ending::Returned,
            Self::Failed(_) => Ending::Failed,
            Self::Panicked(_) => Ending::Panicked,
            Self::Cancelled => Ending::Cancelled,
            Self::Pending => Ending::Pending,
        }
    }
}

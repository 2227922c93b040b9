//! The kinds of values.

use super::{ConversionError, ErrorCode, Int};

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
}

/// A value of the kit. `==` says whether two values are the same in everything, display names
/// included, except that a NaN is not itself; the relations of the kit are [`super::equal`],
/// [`super::identical`] and [`super::equivalent`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The absence of a value.
    Null,
    /// A truth value. Never a number.
    Bool(bool),
    /// An integer of any size up to the limit.
    Int(Int),
    /// A binary64 number. Every NaN is the same NaN.
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
    /// An error as a value.
    Error(ErrorValue),
    /// How a call ended.
    Outcome(Outcome),
}

/// The kind of a value, in the total order of kinds; int and float share a place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variants are those of `Value`")]
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
    Outcome,
}

impl Kind {
    /// The name of the kind, such as `text`.
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
            Self::Outcome => "outcome",
        }
    }
}

impl Value {
    /// The kind of this value.
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
            Self::Error(_) => Kind::Error,
            Self::Outcome(_) => Kind::Outcome,
        }
    }

    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An integer.
    #[must_use]
    pub fn int(number: impl Into<Int>) -> Self {
        Self::Int(number.into())
    }
}

/// An instant with nanoseconds; the offset from UTC is for display and for `identical`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanos: u32,
    /// Offset from UTC in seconds; 0 where there is none.
    pub utc_offset_seconds: i32,
}

/// A span of time in nanoseconds, between plus and minus `i64::MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    nanos: i64,
}

impl Duration {
    /// A span of so many nanoseconds; `too_large` for `i64::MIN`, which has no opposite.
    ///
    /// # Errors
    /// `too_large` as said.
    pub fn from_nanos(nanos: i64) -> Result<Self, ConversionError> {
        if nanos == i64::MIN {
            return Err(ConversionError::new(ErrorCode::TooLarge));
        }
        Ok(Self { nanos })
    }

    /// The nanoseconds.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.nanos
    }
}

/// A member of an enumeration. The name is for display; empty where the number has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumMember {
    /// Name of the enumeration.
    pub type_name: String,
    /// Name of the member.
    pub name: String,
    /// Number of the member.
    pub number: i32,
}

/// Unique items in canonical order. Built by [`super::set_of`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Set {
    pub(super) items: Vec<Value>,
}

impl Set {
    /// The items in canonical order.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        &self.items
    }
}

/// Unique keys and their values in canonical order of the keys. Built by [`super::map_of`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    pub(super) entries: Vec<(Value, Value)>,
}

impl Map {
    /// The entries in canonical order of the keys.
    #[must_use]
    pub fn entries(&self) -> &[(Value, Value)] {
        &self.entries
    }
}

/// A struct: its name, empty for none, and its fields in declared order. Built by
/// [`super::record_of`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    pub(super) name: String,
    pub(super) fields: Vec<(String, Value)>,
}

impl Record {
    /// Name of the type; empty is anonymous.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The fields in declared order.
    #[must_use]
    pub fn fields(&self) -> &[(String, Value)] {
        &self.fields
    }
}

/// An error as a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorValue {
    /// Logical name of the type.
    pub type_name: String,
    /// The error's own message, without the text of its causes.
    pub message: String,
    /// A number that goes with the error; zero is none.
    pub code: i32,
    /// What led to it.
    pub causes: Vec<ErrorValue>,
}

/// How a call ended, with what it ended with.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It returned this.
    Returned(Box<Value>),
    /// It failed with this error.
    Failed(ErrorValue),
    /// It panicked with this text.
    Panicked(String),
    /// It was cancelled.
    Cancelled,
    /// It has not ended.
    Pending,
}

/// The ending of an [`Outcome`], in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants are those of `Outcome`")]
pub enum Ending {
    Returned,
    Failed,
    Panicked,
    Cancelled,
    Pending,
}

impl Outcome {
    /// How it ended.
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

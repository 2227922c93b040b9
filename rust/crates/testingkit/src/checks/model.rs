//! What is asked and what is answered.

use crate::value::{ErrorCode, Value};

/// A check with its arguments, which may be in any order, and a note for the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assertion {
    /// Name of the check, such as `is_between`.
    pub name: String,
    /// Names and values of the arguments.
    pub arguments: Vec<(String, Value)>,
    /// A note for the failure text; empty is none.
    pub note: String,
}

impl Assertion {
    /// The assertion without a note: `Assertion::new("has_length", [("count", Value::int(3))])`.
    #[must_use]
    pub fn new<'a>(
        name: impl Into<String>,
        arguments: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Self {
        Self {
            name: name.into(),
            arguments: arguments
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            note: String::new(),
        }
    }
}

/// What a check says.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// The assertion holds.
    Pass,
    /// It does not hold.
    Fail {
        /// What differs, in catalog order.
        details: Vec<(&'static str, Value)>,
        /// The difference in expanded text; empty where there is none to show.
        diff: String,
    },
    /// The question makes no sense. It fails the user's test.
    Error(ErrorCode),
}

/// What came of an assertion on a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What was asked.
    pub assertion: Assertion,
    /// The value it is about.
    pub actual: Value,
    /// What the check says.
    pub status: Status,
}

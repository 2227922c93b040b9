//! Assertions and verdicts.

use crate::value::{ErrorCode, Value};

/// An assertion with its arguments, and a note for the failure text.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
#[must_use = "an assertion does nothing until it is evaluated"]
pub struct Assertion {
    /// Name of the assertion, such as `is_between`.
    pub name: String,
    /// Names and values of the arguments, in any order.
    pub arguments: Vec<(String, Value)>,
    /// A note for the failure text; empty for none.
    pub note: String,
}

impl Assertion {
    /// Returns an assertion without arguments and note.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Adds an argument.
    pub fn with_argument(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.arguments.push((name.into(), value.into()));
        self
    }

    /// Sets the note.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// The result of an assertion.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "an assertion has three results in every language, and a wildcard could hide a failure"
)]
pub enum Status {
    /// The assertion holds.
    Pass,
    /// The assertion does not hold.
    #[non_exhaustive]
    Fail {
        /// The differences by the detail names of the assertion, in catalog order.
        details: Vec<(&'static str, Value)>,
        /// The difference in expanded text; empty for none.
        diff: String,
    },
    /// The assertion does not apply to its arguments or the value. This fails the user's test, for the
    /// assertion and for its negation.
    Error(ErrorCode),
}

/// The result of an assertion on a value.
///
/// [`Display`](std::fmt::Display) writes the failure text; it is empty for a pass.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "a verdict may be a failure"]
pub struct Verdict {
    /// The assertion.
    pub assertion: Assertion,
    /// The value that was checked.
    pub actual: Value,
    /// The result of the assertion.
    pub status: Status,
}

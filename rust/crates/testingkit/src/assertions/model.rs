//! Assertions and verdicts.

use std::mem;

use super::shape::Shape;
use crate::value::{ErrorCode, Value};

/// Levels of assertions and shapes in one another; the outer assertion is level 1.
pub const MAX_LEVELS: usize = 64;

/// An assertion with its arguments, and a note for the failure text.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
#[must_use = "an assertion does nothing until it is evaluated"]
pub struct Assertion {
    /// Name of the assertion, such as `is_between`.
    pub name: String,
    /// Names of the arguments and what is given for them, in any order.
    pub arguments: Vec<(String, Argument)>,
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

    /// Adds an argument: a value, an assertion, a list of assertions or a shape.
    ///
    /// ```
    /// use testingkit::assertions::Assertion;
    ///
    /// let in_range = Assertion::new("is_between").with_argument("low", 1).with_argument("high", 6);
    /// let all = Assertion::new("all_satisfy").with_argument("check", in_range);
    /// let text = all.evaluate(vec![4.into(), 7.into()]).to_string();
    /// assert!(text.contains("\n  index: 1\n"));
    /// ```
    pub fn with_argument(mut self, name: impl Into<String>, value: impl Into<Argument>) -> Self {
        self.arguments.push((name.into(), value.into()));
        self
    }

    /// Sets the note.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// What is given to an assertion.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Argument {
    /// A value.
    Value(Value),
    /// An assertion that the assertion itself evaluates.
    Check(Assertion),
    /// A list of such assertions.
    Checks(Vec<Assertion>),
    /// A shape that the assertion compares values with.
    Shape(Shape),
}

impl Argument {
    /// Returns the assertions in the argument.
    pub(super) fn nested(&self) -> &[Assertion] {
        match self {
            Self::Value(_) | Self::Shape(_) => &[],
            Self::Check(assertion) => std::slice::from_ref(assertion),
            Self::Checks(assertions) => assertions,
        }
    }

    fn take_nested(&mut self, taken: &mut Pending) {
        match self {
            Self::Value(_) => {}
            Self::Check(assertion) => taken.assertions.push(mem::take(assertion)),
            Self::Checks(assertions) => taken.assertions.append(assertions),
            Self::Shape(shape) => shape.take_nested(taken),
        }
    }
}

/// Drops nested assertions one after the other: they can be nested deeper than the stack allows.
impl Drop for Argument {
    fn drop(&mut self) {
        let mut pending = Pending::default();
        self.take_nested(&mut pending);
        pending.drop_all();
    }
}

/// What was taken out of an argument or a shape, to be dropped.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) assertions: Vec<Assertion>,
    pub(super) shapes: Vec<Shape>,
}

impl Pending {
    pub(super) fn drop_all(mut self) {
        loop {
            if let Some(mut assertion) = self.assertions.pop() {
                for (_, argument) in &mut assertion.arguments {
                    argument.take_nested(&mut self);
                }
            } else if let Some(mut shape) = self.shapes.pop() {
                shape.take_nested(&mut self);
            } else {
                break;
            }
        }
    }
}

impl<T: Into<Value>> From<T> for Argument {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl From<Assertion> for Argument {
    fn from(assertion: Assertion) -> Self {
        Self::Check(assertion)
    }
}

impl From<Shape> for Argument {
    fn from(shape: Shape) -> Self {
        Self::Shape(shape)
    }
}

impl From<Vec<Assertion>> for Argument {
    fn from(assertions: Vec<Assertion>) -> Self {
        Self::Checks(assertions)
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

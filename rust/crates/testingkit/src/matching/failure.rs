//! The failure of an assertion on native values.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use crate::assertions::{Assertion, Status, Verdict};
use crate::value::{ConversionError, Value};

/// An assertion that did not pass.
///
/// It is written as the text of its verdict. [`Debug`](fmt::Debug) adds the place, so that a test
/// that returns the failure shows it:
///
/// ```
/// use testingkit::prelude::*;
///
/// let failure = check!(7, is_between(1, 6)).unwrap_err();
/// assert_eq!(failure.to_string(), "is_between(low: 1, high: 6) failed\n  actual: 7");
/// assert!(failure.location().column() > 1);
/// ```
#[derive(Clone)]
pub struct AssertionFailure {
    cause: Cause,
    location: &'static Location<'static>,
}

#[derive(Clone)]
enum Cause {
    Verdict(Box<Verdict>),
    Unconverted(Unconverted),
}

impl AssertionFailure {
    pub(super) fn of_verdict(verdict: Verdict, location: &'static Location<'static>) -> Self {
        Self {
            cause: Cause::Verdict(Box::new(verdict)),
            location,
        }
    }

    pub(super) fn of_conversion(
        unconverted: Unconverted,
        location: &'static Location<'static>,
    ) -> Self {
        Self {
            cause: Cause::Unconverted(unconverted),
            location,
        }
    }

    /// Returns the verdict, or `None` if a value did not convert.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        match &self.cause {
            Cause::Verdict(verdict) => Some(verdict),
            Cause::Unconverted(_) => None,
        }
    }

    /// Returns whether the assertion does not apply to its arguments or the value, so that its negation
    /// does not pass either.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.verdict()
            .is_none_or(|verdict| matches!(verdict.status, Status::Error(_)))
    }

    /// Returns the place of the assertion in the program.
    #[must_use]
    pub const fn location(&self) -> &'static Location<'static> {
        self.location
    }
}

impl fmt::Display for AssertionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Verdict(verdict) => verdict.fmt(f),
            Cause::Unconverted(unconverted) => unconverted.fmt(f),
        }
    }
}

impl fmt::Debug for AssertionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line) = (self.location.file(), self.location.line());
        write!(f, "{file}:{line}\n{self}")
    }
}

impl Error for AssertionFailure {}

/// A native value that does not convert, which makes the assertion an ERROR.
#[derive(Debug, Clone)]
pub struct Unconverted(Box<Place>);

#[derive(Debug, Clone)]
struct Place {
    /// The assertion with the arguments that convert.
    assertion: Assertion,
    /// `actual`, or the name of the argument.
    name: &'static str,
    native: &'static str,
    error: ConversionError,
}

impl Unconverted {
    pub(super) fn new(name: &'static str, native: &'static str, error: ConversionError) -> Self {
        Self(Box::new(Place {
            assertion: Assertion::default(),
            name,
            native,
            error,
        }))
    }

    pub(super) fn within(mut self, assertion: Assertion) -> Self {
        self.0.assertion = assertion;
        self
    }

    /// Gives the argument a name, if it has none yet.
    pub(super) fn named(mut self, name: &'static str) -> Self {
        if self.0.name.is_empty() {
            self.0.name = name;
        }
        self
    }

    /// Returns the error of a shape that has the argument as a part, at this segment of the path. An
    /// argument of a matcher in the shape has a name and a path of its own.
    pub(super) fn below(mut self, segment: &str) -> Self {
        if self.0.name.is_empty() {
            self.0.error = self.0.error.within(segment);
        }
        self
    }

    /// Returns the error of a shape likewise, for the value of a key.
    pub(super) fn below_key(mut self, key: &Value) -> Self {
        if self.0.name.is_empty() {
            self.0.error = self.0.error.within_key(key);
        }
        self
    }

    pub(super) const fn assertion(&self) -> &Assertion {
        &self.0.assertion
    }
}

impl fmt::Display for Unconverted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place {
            assertion,
            name,
            native,
            error: ConversionError { code, path, .. },
        } = &*self.0;
        writeln!(f, "{} error: {code}", assertion.call_text())?;
        let native = without_paths(native);
        write!(f, "  {name}: {native} does not convert at {path}")?;
        match assertion.note.as_str() {
            "" => Ok(()),
            note => write!(f, "\n  note: {}", note.replace('\n', "\n    ")),
        }
    }
}

/// Returns the name of a type without the paths of its parts: `Option<Mutex<i32>>`.
fn without_paths(native: &str) -> String {
    let is_in_path = |character: char| character.is_alphanumeric() || "_:".contains(character);
    let parts = native.split_inclusive(|character| !is_in_path(character));
    parts
        .map(|part| part.rsplit("::").next().unwrap_or_default())
        .collect()
}

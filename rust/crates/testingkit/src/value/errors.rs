//! Conversion of errors (`docs/kit/value.md`, errors).

mod standard;

use std::error::Error;
use std::fmt::{self, Write as _};
use std::iter::{once, successors};

use super::{ErrorValue, limits};

/// The logical type of errors without one of their own.
const PLAIN: &str = "error";

/// An error that has a logical type, which is the same in every language.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `ErrorType`",
    note = "for an error of your own, write `impl testingkit::value::ErrorType for {Self} {{}}`",
    note = "for an error of another crate, write `result.map_err(testingkit::value::AnyError)`"
)]
pub trait ErrorType: Error {
    /// Returns the logical name of the type.
    fn testingkit_error_type(&self) -> &str {
        PLAIN
    }

    /// Returns a number that goes with the error; zero for none.
    fn testingkit_error_code(&self) -> i32 {
        0
    }

    /// Returns the cause if it has a logical type too, which [`Error::source`] cannot tell.
    fn testingkit_cause(&self) -> Option<&dyn ErrorType> {
        None
    }
}

/// Gives any error the logical type `error`: `result.map_err(AnyError)`.
///
/// A type of another crate cannot implement [`ErrorType`], and this one can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct AnyError<E>(pub E);

impl<E: fmt::Display> fmt::Display for AnyError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Error> Error for AnyError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl<E: Error> ErrorType for AnyError<E> {}

/// The error type of a [`Result`] that converts: every [`ErrorType`], a boxed error of any type, and
/// a text.
pub trait Failure {
    /// Returns the error as a value.
    fn to_error_value(&self) -> ErrorValue;
}

impl<E: ErrorType + ?Sized> Failure for E {
    fn to_error_value(&self) -> ErrorValue {
        ErrorValue::from(self)
    }
}

macro_rules! boxed_failures {
    ($($native:ty)*) => {
        $(
            impl Failure for Box<$native> {
                fn to_error_value(&self) -> ErrorValue {
                    ErrorValue::from(&**self)
                }
            }

            impl ErrorType for $native {}
        )*
    };
}
boxed_failures!(dyn Error dyn Error + Send dyn Error + Send + Sync);

impl Failure for String {
    fn to_error_value(&self) -> ErrorValue {
        ErrorValue::new(PLAIN, self)
    }
}

impl Failure for &str {
    fn to_error_value(&self) -> ErrorValue {
        ErrorValue::new(PLAIN, *self)
    }
}

/// A cause of an error.
#[derive(Clone, Copy)]
enum Cause<'a> {
    Typed(&'a dyn ErrorType),
    Plain(&'a dyn Error),
}

impl<'a> Cause<'a> {
    fn of<E: ErrorType + ?Sized>(error: &'a E) -> Option<Self> {
        match error.testingkit_cause() {
            Some(cause) => Some(Self::Typed(cause)),
            None => error.source().map(Self::Plain),
        }
    }

    fn next(self) -> Option<Self> {
        match self {
            Self::Typed(error) => Self::of(error),
            Self::Plain(error) => error.source().map(Self::Plain),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Typed(error) => text(error),
            Self::Plain(error) => text(error),
        }
    }

    /// Returns the error as a value without its causes and with its whole text.
    fn to_value(self) -> ErrorValue {
        match self {
            Self::Typed(error) => ErrorValue::new(error.testingkit_error_type(), self.text())
                .with_code(error.testingkit_error_code()),
            Self::Plain(_) => ErrorValue::new(PLAIN, self.text()),
        }
    }
}

/// Converts an error and its causes. Causes over the limit of nesting are left out.
impl<E: ErrorType + ?Sized> From<&E> for ErrorValue {
    fn from(error: &E) -> Self {
        let own = Self::new(error.testingkit_error_type(), text(error))
            .with_code(error.testingkit_error_code());
        with_causes(own, Cause::of(error))
    }
}

impl ErrorValue {
    /// Converts an error without a logical type, and its causes. Causes over the limit of nesting
    /// are left out.
    #[must_use]
    pub fn from_error(error: &dyn Error) -> Self {
        with_causes(Self::new(PLAIN, text(error)), Cause::Plain(error).next())
    }
}

/// Adds a chain of causes, up to the first one that is nested too deep.
fn with_causes(own: ErrorValue, first: Option<Cause<'_>>) -> ErrorValue {
    let causes = successors(first, |cause| cause.next()).take(limits::MAX_DEPTH);
    let chain = once(own).chain(causes.map(Cause::to_value));
    let mut chain: Vec<_> = chain.collect();
    let mut inner = chain.pop();
    let mut inner_text = inner.as_ref().map(|inner| inner.message.clone());
    while let Some(mut outer) = chain.pop() {
        let whole = outer.message.clone();
        outer.message = own_message(&whole, inner_text.as_deref()).to_owned();
        outer.causes.extend(inner);
        (inner, inner_text) = (Some(outer), Some(whole));
    }
    inner.unwrap_or_default()
}

/// Returns the text of an error, as far as its `Display` writes it.
fn text<E: fmt::Display + ?Sized>(error: &E) -> String {
    let mut text = String::new();
    // `to_string` would panic if `Display` returned an error.
    let _ = write!(text, "{error}");
    text
}

/// Returns the text of an error without `: ` and the text of its cause, if it ends in those.
fn own_message<'a>(text: &'a str, cause: Option<&str>) -> &'a str {
    let own = cause.and_then(|cause| text.strip_suffix(cause)?.strip_suffix(": "));
    own.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_ends_before_the_text_of_the_cause() {
        assert_eq!(own_message("outer: inner", Some("inner")), "outer");
        assert_eq!(own_message("outer", Some("inner")), "outer");
    }
}

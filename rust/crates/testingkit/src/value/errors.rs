//! Conversion of errors (`docs/kit/value.md`, errors).

use std::error::Error;

use super::ErrorValue;

/// The logical type of errors without one of their own.
const PLAIN: &str = "error";

/// An error that has a logical type, which is the same in every language.
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

/// Converts an error and its causes.
impl<E: ErrorType + ?Sized> From<&E> for ErrorValue {
    fn from(error: &E) -> Self {
        let (cause, cause_text) = match (error.testingkit_cause(), error.source()) {
            (Some(cause), _) => (Some(Self::from(cause)), Some(cause.to_string())),
            (None, Some(source)) => (Some(Self::from_error(source)), Some(source.to_string())),
            (None, None) => (None, None),
        };
        Self {
            type_name: error.testingkit_error_type().to_owned(),
            message: own_message(&error.to_string(), cause_text.as_deref()),
            code: error.testingkit_error_code(),
            causes: cause.into_iter().collect(),
        }
    }
}

impl ErrorValue {
    /// Converts an error without a logical type, and its causes.
    #[must_use]
    pub fn from_error(error: &dyn Error) -> Self {
        let cause_text = error.source().map(ToString::to_string);
        Self {
            type_name: PLAIN.to_owned(),
            message: own_message(&error.to_string(), cause_text.as_deref()),
            code: 0,
            causes: error.source().map(Self::from_error).into_iter().collect(),
        }
    }
}

/// Returns the text of an error without `: ` and the text of its cause, if it ends in those.
fn own_message(text: &str, cause: Option<&str>) -> String {
    let own = cause.and_then(|cause| text.strip_suffix(cause)?.strip_suffix(": "));
    own.unwrap_or(text).to_owned()
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

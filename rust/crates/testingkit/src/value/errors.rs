//! Conversion of errors (`docs/kit/value.md`, errors).

use std::error::Error;

use super::ErrorValue;

/// The logical type of errors that neither have nor give one.
const PLAIN: &str = "error";

/// An error that has a logical type, the same in every language.
pub trait ErrorType: Error {
    /// The logical name of the type.
    fn testingkit_error_type(&self) -> &str {
        PLAIN
    }

    /// A number that goes with the error; zero is none.
    fn testingkit_error_code(&self) -> i32 {
        0
    }

    /// The cause, where it has a logical type too: `source` cannot tell.
    fn testingkit_cause(&self) -> Option<&dyn ErrorType> {
        None
    }
}

/// Converts an error and its causes.
#[must_use]
pub fn error_value<E: ErrorType + ?Sized>(error: &E) -> ErrorValue {
    let (cause, cause_text) = match (error.testingkit_cause(), error.source()) {
        (Some(cause), _) => (Some(error_value(cause)), Some(cause.to_string())),
        (None, Some(source)) => (Some(plain_error_value(source)), Some(source.to_string())),
        (None, None) => (None, None),
    };
    ErrorValue {
        type_name: error.testingkit_error_type().to_owned(),
        message: own_message(&error.to_string(), cause_text.as_deref()),
        code: error.testingkit_error_code(),
        causes: cause.into_iter().collect(),
    }
}

/// Converts an error without a logical type.
#[must_use]
pub fn plain_error_value(error: &dyn Error) -> ErrorValue {
    let cause_text = error.source().map(ToString::to_string);
    ErrorValue {
        type_name: PLAIN.to_owned(),
        message: own_message(&error.to_string(), cause_text.as_deref()),
        code: 0,
        causes: error.source().map(plain_error_value).into_iter().collect(),
    }
}

/// The text of an error without that of its cause, where it ends in it.
fn own_message(text: &str, cause: Option<&str>) -> String {
    let own = cause.and_then(|cause| text.strip_suffix(cause)?.strip_suffix(": "));
    own.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_cause_is_cut_and_the_cause_kept() {
        assert_eq!(own_message("outer: inner", Some("inner")), "outer");
        assert_eq!(own_message("outer", Some("inner")), "outer");
    }
}

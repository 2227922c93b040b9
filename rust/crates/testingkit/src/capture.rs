//! The outcomes of calls.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::value::{ConversionError, Outcome, ToValue, Value};

#[cfg(test)]
mod tests;

/// How a call ended. It converts to an outcome, the actual value of assertions on outcomes.
///
/// [`outcome`] returns it.
#[derive(Debug, Clone)]
pub struct CallOutcome<R>(Ended<R>);

#[derive(Debug, Clone)]
enum Ended<R> {
    Returned(R),
    Panicked(String),
}

/// Calls a function once, and returns how the call ended, a panic included.
///
/// A function that returns a [`Result`] returned or failed; any other one returned.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(outcome(|| "12".parse::<i32>()), returns_value(12));
/// require!(outcome(|| "x".parse::<i32>()), fails_with_message_containing("invalid digit"));
/// require!(outcome(|| [1, 2].len()), returns_value(2));
/// require!(outcome(|| [1, 2][..].split_at(3).0.len()), panics());
/// ```
///
/// The message of a panic is its text, or `Box<dyn Any>` if it has none. The hook for panics runs, so
/// the message is in the output of the test, which `cargo test` shows if the test fails. A program
/// that aborts on panic (`panic = "abort"`) ends.
pub fn outcome<R: ToValue>(function: impl FnOnce() -> R) -> CallOutcome<R> {
    CallOutcome(match catch_unwind(AssertUnwindSafe(function)) {
        Ok(returned) => Ended::Returned(returned),
        Err(payload) => Ended::Panicked(message(&*payload).to_owned()),
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "Box<dyn Any>"
    }
}

impl<R: ToValue> ToValue for CallOutcome<R> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let outcome = match &self.0 {
            Ended::Panicked(message) => Value::Outcome(Outcome::Panicked(message.clone())),
            Ended::Returned(returned) => match returned.to_value()? {
                outcome @ Value::Outcome(_) => outcome,
                value => Value::Outcome(Outcome::returned(value)),
            },
        };
        outcome.to_value() // Which checks the depth.
    }
}

//! Compares a native value with a matcher.

use std::any::type_name;
use std::fmt;
use std::panic::Location;

use super::{AssertionFailure, Check, Unconverted};
use crate::assertions::{Status, Verdict};
use crate::value::{ConversionError, ToValue, Value, to_value};

/// Panics unless the assertion passes. The body of [`require!`](crate::require).
///
/// # Panics
/// The assertion does not pass, or a value does not convert.
#[inline]
#[track_caller]
pub fn require<T: ToValue + ?Sized>(
    actual: &T,
    check: &impl Check,
    note: Option<fmt::Arguments<'_>>,
) {
    if let Err(failure) = self::check(actual, check, note) {
        stop(&failure);
    }
}

#[cold]
#[track_caller]
pub(crate) fn stop(failure: &AssertionFailure) -> ! {
    panic!("{failure}");
}

/// Compares a value with a matcher. The body of [`check!`](crate::check).
///
/// # Errors
/// The assertion does not pass, or a value does not convert.
#[inline]
#[track_caller]
pub fn check<T: ToValue + ?Sized>(
    actual: &T,
    check: &impl Check,
    note: Option<fmt::Arguments<'_>>,
) -> Result<(), AssertionFailure> {
    if check.plainly_passes(actual.plain()) {
        return Ok(());
    }
    let location = Location::caller();
    match evaluate(to_value(actual), type_name::<T>(), check, note) {
        Ok(verdict) if verdict.status == Status::Pass => Ok(()),
        Ok(verdict) => Err(AssertionFailure::of_verdict(verdict, location)),
        Err(unconverted) => Err(AssertionFailure::of_conversion(unconverted, location)),
    }
}

#[cold]
fn evaluate(
    actual: Result<Value, ConversionError>,
    native: &'static str,
    check: &dyn Check,
    note: Option<fmt::Arguments<'_>>,
) -> Result<Verdict, Unconverted> {
    let note = note.map(|note| note.to_string()).unwrap_or_default();
    let assertion = match check.assertion() {
        Ok(assertion) => assertion.with_note(note),
        Err(unconverted) => {
            let assertion = unconverted.assertion().clone().with_note(note);
            return Err(unconverted.within(assertion));
        }
    };
    match actual {
        Ok(actual) => Ok(assertion.evaluate(actual)),
        Err(error) => Err(Unconverted::new("actual", native, error).within(assertion)),
    }
}

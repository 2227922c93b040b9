//! The assertions of closeness (`docs/kit/assertions.md`, closeness).

use super::entry::{Body, Entry, Finding, Kinds, NUMBER};
use crate::value::{ErrorCode, Number, Value};

const ARGUMENTS: &[(&str, Kinds)] = &[("expected", NUMBER), ("tolerance", NUMBER)];

pub(super) const ENTRIES: &[Entry] = &[
    entry("is_close_to", is_close_to),
    entry("is_not_close_to", is_not_close_to),
];

const fn entry(
    name: &'static str,
    body: fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>,
) -> Entry {
    Entry {
        arguments: ARGUMENTS,
        actual: NUMBER,
        details: &["delta"],
        precondition: tolerance_is_not_negative,
        ..Entry::new(name, Body::Detailed(body))
    }
}

fn tolerance_is_not_negative(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let bad = match arguments[1] {
        Value::Int(tolerance) => tolerance.is_negative(),
        tolerance => to_f64(tolerance).is_nan() || to_f64(tolerance) < 0.0,
    };
    if bad {
        Err(ErrorCode::BadArgument)
    } else {
        Ok(())
    }
}

fn is_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (delta, within) = measure(actual, arguments[0], arguments[1])?;
    Ok(Finding::with(within, "delta", delta))
}

fn is_not_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    if to_f64(actual).is_nan() || to_f64(arguments[0]).is_nan() {
        return Err(ErrorCode::NotComparable);
    }
    let (delta, within) = measure(actual, arguments[0], arguments[1])?;
    Ok(Finding::with(!within, "delta", delta))
}

/// Returns the difference of two numbers, and whether it is within the tolerance. NaN never is.
fn measure(
    actual: &Value,
    expected: &Value,
    tolerance: &Value,
) -> Result<(Value, bool), ErrorCode> {
    if let (Value::Int(one), Value::Int(two), Value::Int(limit)) = (actual, expected, tolerance) {
        let delta = one.abs_diff(two);
        if delta.is_too_large() {
            return Err(ErrorCode::TooLarge);
        }
        let within = delta <= *limit;
        return Ok((Value::Int(delta), within));
    }
    let (one, two) = (to_f64(actual), to_f64(expected));
    // The difference of two infinities is NaN, but they are equal.
    #[expect(clippy::float_cmp, reason = "only equal numbers have the difference 0")]
    let delta = if one == two { 0.0 } else { (one - two).abs() };
    Ok((Value::Float(delta), delta <= to_f64(tolerance)))
}

/// Returns the nearest float of a number. The entries accept numbers only; for any other kind the
/// result is NaN, which is not close to any number.
fn to_f64(value: &Value) -> f64 {
    value.as_number().map_or(f64::NAN, Number::to_f64)
}

//! The checks of closeness (`docs/kit/checks.md`, closeness).

use super::entry::{Body, Entry, Finding, Kinds, NUMBER};
use crate::value::{ErrorCode, Number, Value, limits};

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
        demand: demand_tolerance,
        ..Entry::new(name, Body::Detailed(body))
    }
}

fn demand_tolerance(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let bad = match arguments[1] {
        Value::Int(tolerance) => tolerance.is_negative(),
        tolerance => nearest_float(tolerance).is_nan() || nearest_float(tolerance) < 0.0,
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
    if nearest_float(actual).is_nan() || nearest_float(arguments[0]).is_nan() {
        return Err(ErrorCode::NotComparable);
    }
    let (delta, within) = measure(actual, arguments[0], arguments[1])?;
    Ok(Finding::with(!within, "delta", delta))
}

/// The delta, and whether it is within the tolerance; NaN is within none.
fn measure(
    actual: &Value,
    expected: &Value,
    tolerance: &Value,
) -> Result<(Value, bool), ErrorCode> {
    if let (Value::Int(one), Value::Int(two), Value::Int(limit)) = (actual, expected, tolerance) {
        let delta = one.distance(two);
        if delta.to_string().len() > limits::MAX_INT_DIGITS {
            return Err(ErrorCode::TooLarge);
        }
        let within = delta <= *limit;
        return Ok((Value::Int(delta), within));
    }
    let (one, two) = (nearest_float(actual), nearest_float(expected));
    // The difference of two infinities is NaN, but they are as close as can be.
    #[expect(clippy::float_cmp, reason = "only the same number has no distance")]
    let delta = if one == two { 0.0 } else { (one - two).abs() };
    Ok((Value::Float(delta), delta <= nearest_float(tolerance)))
}

/// The entries take numbers alone; for anything else NaN, which is close to nothing.
fn nearest_float(value: &Value) -> f64 {
    Number::of(value).map_or(f64::NAN, Number::nearest_float)
}

//! Measures how far two numbers are apart (`docs/kit/assertions.md`, closeness).

use crate::value::{ErrorCode, Number, Value};

/// Returns the delta of two numbers, and whether it is within the tolerance. NaN never is.
pub(super) fn delta(
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
pub(super) fn to_f64(value: &Value) -> f64 {
    value.as_number().map_or(f64::NAN, Number::to_f64)
}

/// Returns the nearest float of a number, or `too_large` for an integer beyond the range of floats.
pub(super) fn float_in_range(value: &Value) -> Result<f64, ErrorCode> {
    let nearest = to_f64(value);
    if matches!(value, Value::Int(_)) && nearest.is_infinite() {
        return Err(ErrorCode::TooLarge);
    }
    Ok(nearest)
}

/// Returns the difference as a part of the larger absolute value.
pub(super) fn ratio(actual: f64, expected: f64) -> f64 {
    quotient(actual, expected, 1.0, actual.abs().max(expected.abs()))
}

/// Returns the difference in percent of the expected number.
pub(super) fn percent(actual: f64, expected: f64) -> f64 {
    quotient(actual, expected, 100.0, expected.abs())
}

fn quotient(actual: f64, expected: f64, factor: f64, divisor: f64) -> f64 {
    if actual.is_nan() || expected.is_nan() {
        return f64::NAN;
    }
    #[expect(clippy::float_cmp, reason = "only equal numbers have the difference 0")]
    if actual == expected {
        return 0.0;
    }
    if divisor == 0.0 || divisor.is_infinite() {
        return f64::INFINITY;
    }
    (actual - expected).abs() * factor / divisor
}

/// Returns how many steps from float to float it takes. Neither may be NaN.
pub(super) fn ulps(actual: f64, expected: f64) -> u64 {
    place(actual).abs_diff(place(expected))
}

/// Returns the place among all floats in order; 0.0 and -0.0 share theirs.
fn place(float: f64) -> i64 {
    let place = float.abs().to_bits().cast_signed();
    if float.is_sign_negative() {
        -place
    } else {
        place
    }
}

//! The assertions of numbers (`docs/kit/assertions.md`, numbers).

use std::cmp::Ordering;

use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Int, Number, Value};

/// A power of two that no integer of the kit reaches.
const MAX_INT_BITS: u32 = 13_288;

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "is_positive",
        Rule::plain(|actual, _| Ok(has_sign(actual, Ordering::is_gt))),
    ),
    (
        "is_negative",
        Rule::plain(|actual, _| Ok(has_sign(actual, Ordering::is_lt))),
    ),
    (
        "is_not_positive",
        Rule::plain(|actual, _| Ok(has_sign(actual, Ordering::is_le))),
    ),
    (
        "is_not_negative",
        Rule::plain(|actual, _| Ok(has_sign(actual, Ordering::is_ge))),
    ),
    (
        "is_zero",
        Rule::plain(|actual, _| Ok(has_sign(actual, Ordering::is_eq))),
    ),
    (
        "is_not_zero",
        Rule::opposite(|actual, _| Ok(has_sign(actual, Ordering::is_eq))),
    ),
    ("is_even", Rule::plain(is_even)),
    ("is_odd", Rule::opposite(is_even)),
    (
        "is_multiple_of",
        Rule::detailed(is_multiple_of).requiring(divisor_is_not_zero),
    ),
    (
        "is_nan",
        Rule::plain(|actual, _| Ok(is_float_and(actual, f64::is_nan))),
    ),
    (
        "is_not_nan",
        Rule::plain(|actual, _| Ok(!is_float_and(actual, f64::is_nan))),
    ),
    (
        "is_finite",
        Rule::plain(|actual, _| Ok(is_int_or(actual, f64::is_finite))),
    ),
    (
        "is_infinite",
        Rule::plain(|actual, _| Ok(is_float_and(actual, f64::is_infinite))),
    ),
    (
        "is_negative_zero",
        Rule::plain(|actual, _| {
            Ok(is_float_and(actual, |float| {
                float == 0.0 && float.is_sign_negative()
            }))
        }),
    ),
    // The fraction of an infinity is NaN.
    (
        "is_integral",
        Rule::plain(|actual, _| Ok(is_int_or(actual, |float| float.fract() == 0.0))),
    ),
    (
        "fits_in_bits",
        Rule::plain(fits_in_bits).requiring(bits_are_positive),
    ),
];

/// Returns whether the order of a number and 0 is this one. NaN has no order.
fn has_sign(actual: &Value, wanted: fn(Ordering) -> bool) -> bool {
    let number = actual.as_number();
    number
        .and_then(|number| number.partial_cmp(&Number::Float(0.0)))
        .is_some_and(wanted)
}

fn is_float_and(actual: &Value, test: fn(f64) -> bool) -> bool {
    matches!(actual, Value::Float(float) if test(*float))
}

fn is_int_or(actual: &Value, test: fn(f64) -> bool) -> bool {
    matches!(actual, Value::Int(_)) || is_float_and(actual, test)
}

fn int(value: &Value) -> Result<&Int, ErrorCode> {
    match value {
        Value::Int(int) => Ok(int),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn is_even(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    int(actual).map(Int::is_even)
}

fn divisor_is_not_zero(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if *int(arguments[0])? == Int::from(0) {
        return Err(ErrorCode::BadArgument);
    }
    Ok(())
}

fn is_multiple_of(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let remainder = int(actual)?.rem_euclid(int(arguments[0])?);
    let passed = remainder == Int::from(0);
    Ok(Finding::with(passed, "remainder", Value::Int(remainder)))
}

fn bits_are_positive(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if *int(arguments[0])? < Int::from(1) {
        return Err(ErrorCode::BadArgument);
    }
    Ok(())
}

fn fits_in_bits(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let actual = int(actual)?;
    let signed = matches!(arguments[1], Value::Bool(true));
    let bits = int(arguments[0])?.to_i64().unwrap_or(i64::MAX);
    let width = if signed { bits - 1 } else { bits };
    let width = u32::try_from(width).map_or(MAX_INT_BITS, |width| width.min(MAX_INT_BITS));
    let is_below = *actual < Int::from_scaled(false, 1, width);
    Ok(
        is_below
            && (!actual.is_negative() || signed && *actual >= Int::from_scaled(true, 1, width)),
    )
}

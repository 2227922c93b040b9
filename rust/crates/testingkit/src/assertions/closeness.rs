//! The assertions of closeness (`docs/kit/assertions.md`, closeness).

use super::close_containers::{all_close_to, map_close_to, require_numbers, structure_close_to};
use super::entry::{Finding, Rule};
use super::measure::{delta, float_in_range, percent, ratio, to_f64, ulps};
use crate::value::{ErrorCode, Int, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "is_close_to",
        Rule::detailed(is_close_to).requiring(tolerance_is_not_negative),
    ),
    (
        "is_not_close_to",
        Rule::detailed(is_not_close_to).requiring(tolerance_is_not_negative),
    ),
    (
        "is_relatively_close_to",
        Rule::detailed(|actual, arguments| measured("ratio", ratio, actual, arguments))
            .requiring(floats_are_in_range),
    ),
    (
        "is_within_percent",
        Rule::detailed(|actual, arguments| measured("percent", percent, actual, arguments))
            .requiring(floats_are_in_range),
    ),
    (
        "is_within_ulps",
        Rule::detailed(is_within_ulps).requiring(floats_are_in_range),
    ),
    (
        "all_close_to",
        Rule::detailed(all_close_to).requiring(all_are_numbers),
    ),
    (
        "map_close_to",
        Rule::detailed(map_close_to).requiring(all_are_numbers),
    ),
    (
        "structure_close_to",
        Rule::detailed(structure_close_to).requiring(tolerance_is_not_negative),
    ),
];

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

fn floats_are_in_range(arguments: &[&Value]) -> Result<(), ErrorCode> {
    tolerance_is_not_negative(arguments)?;
    float_in_range(arguments[0]).map(|_| ())
}

fn all_are_numbers(arguments: &[&Value]) -> Result<(), ErrorCode> {
    tolerance_is_not_negative(arguments)?;
    require_numbers(arguments[0], ErrorCode::BadArgument)
}

fn is_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (delta, within) = delta(actual, arguments[0], arguments[1])?;
    Ok(Finding::with(within, "delta", delta))
}

fn is_not_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    if to_f64(actual).is_nan() || to_f64(arguments[0]).is_nan() {
        return Err(ErrorCode::NotComparable);
    }
    let (delta, within) = delta(actual, arguments[0], arguments[1])?;
    Ok(Finding::with(!within, "delta", delta))
}

/// Measures two floats. Passes if the result is at most the second argument, which NaN never is.
fn measured(
    detail: &'static str,
    measure: fn(f64, f64) -> f64,
    actual: &Value,
    arguments: &[&Value],
) -> Result<Finding, ErrorCode> {
    let result = measure(float_in_range(actual)?, float_in_range(arguments[0])?);
    let passed = result <= to_f64(arguments[1]);
    Ok(Finding::with(passed, detail, Value::Float(result)))
}

fn is_within_ulps(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (one, two) = (float_in_range(actual)?, float_in_range(arguments[0])?);
    if one.is_nan() || two.is_nan() {
        return Ok(Finding::plain(false));
    }
    let ulps = Int::from(ulps(one, two));
    let passed = matches!(arguments[1], Value::Int(limit) if ulps <= *limit);
    Ok(Finding::with(passed, "ulps", Value::Int(ulps)))
}

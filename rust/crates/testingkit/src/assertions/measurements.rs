//! The assertions of measurements (`docs/kit/assertions.md`, measurements).

use super::collection::items;
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Int, Value};

const MAX_PERMILLE: u32 = 1_000_000;

pub(super) const RULES: &[(&str, Rule)] = &[
    ("has_median_at_most", Rule::detailed(has_median_at_most)),
    (
        "has_percentile_at_most",
        Rule::detailed(has_percentile_at_most).requiring(percent_is_possible),
    ),
    (
        "has_no_regression",
        Rule::detailed(has_no_regression).requiring(baseline_is_possible),
    ),
];

fn int(value: &Value) -> Result<&Int, ErrorCode> {
    match value {
        Value::Int(int) => Ok(int),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Returns the measurements in order.
fn sorted_numbers(measurements: &Value) -> Result<Vec<&Int>, ErrorCode> {
    let numbers = items(measurements)?.into_iter().map(int);
    let mut numbers = numbers.collect::<Result<Vec<_>, _>>()?;
    numbers.sort();
    Ok(numbers)
}

fn median(measurements: &Value) -> Result<&Int, ErrorCode> {
    let numbers = sorted_numbers(measurements)?;
    let place = numbers.len().saturating_sub(1) / 2;
    numbers.get(place).copied().ok_or(ErrorCode::NotComparable)
}

fn has_median_at_most(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let median = median(actual)?;
    let passed = median <= int(arguments[0])?;
    Ok(Finding::with(passed, "median", Value::Int(median.clone())))
}

/// Returns an integer of 0 to a limit.
fn up_to(limit: u32, value: &Value) -> Result<u32, ErrorCode> {
    let number = int(value)?.to_i64();
    number
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| *number <= limit)
        .ok_or(ErrorCode::BadArgument)
}

fn percent_is_possible(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match up_to(100, arguments[0])? {
        0 => Err(ErrorCode::BadArgument),
        _ => Ok(()),
    }
}

fn has_percentile_at_most(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let numbers = sorted_numbers(actual)?;
    let percent = up_to(100, arguments[0])? as usize;
    let rank = (percent * numbers.len()).div_ceil(100);
    let percentile = *numbers
        .get(rank.saturating_sub(1))
        .ok_or(ErrorCode::NotComparable)?;
    let passed = percentile <= int(arguments[1])?;
    Ok(Finding::with(
        passed,
        "percentile",
        Value::Int(percentile.clone()),
    ))
}

fn baseline_is_possible(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let median = median(arguments[0]).map_err(|_| ErrorCode::BadArgument)?;
    if median.is_negative() {
        return Err(ErrorCode::BadArgument);
    }
    up_to(MAX_PERMILLE, arguments[1]).map(|_| ())
}

fn has_no_regression(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (median, before) = (median(actual)?, median(arguments[0])?);
    let allowed = up_to(MAX_PERMILLE, arguments[1])?;
    let passed = median.times(1000) <= before.times(1000 + allowed);
    let mut found = Finding::with(passed, "median", Value::Int(median.clone()));
    let before = Value::Int(before.clone());
    found.details.push(("baseline", before));
    Ok(found)
}

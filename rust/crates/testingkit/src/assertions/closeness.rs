//! The assertions of closeness (`docs/kit/assertions.md`, closeness).

use super::close_containers::{all_close_to, map_close_to, require_numbers, structure_close_to};
use super::entry::{ANY, Body, Entry, Finding, INT, Kinds, LIST, MAP, NUMBER};
use super::measure::{delta, float_in_range, percent, ratio, to_f64, ulps};
use crate::value::{ErrorCode, Int, Value};

const TOLERANCE: &[(&str, Kinds)] = &[("expected", NUMBER), ("tolerance", NUMBER)];
const RATIO: &[(&str, Kinds)] = &[("expected", NUMBER), ("ratio", NUMBER)];
const PERCENT: &[(&str, Kinds)] = &[("expected", NUMBER), ("percent", NUMBER)];
const LISTS: &[(&str, Kinds)] = &[("expected", LIST), ("tolerance", NUMBER)];
const MAPS: &[(&str, Kinds)] = &[("expected", MAP), ("tolerance", NUMBER)];
const STRUCTURES: &[(&str, Kinds)] = &[("expected", ANY), ("tolerance", NUMBER)];
const PLACE_AND_DELTA: &[&str] = &[
    "path",
    "left",
    "right",
    "index",
    "left_code_point",
    "right_code_point",
    "delta",
];
const ULPS: &[(&str, Kinds)] = &[("expected", NUMBER), ("ulps", INT)];

pub(super) const ENTRIES: &[Entry] = &[
    entry("is_close_to", TOLERANCE, &["delta"], is_close_to),
    entry("is_not_close_to", TOLERANCE, &["delta"], is_not_close_to),
    Entry {
        precondition: floats_are_in_range,
        ..entry(
            "is_relatively_close_to",
            RATIO,
            &["ratio"],
            |actual, arguments| measured("ratio", ratio, actual, arguments),
        )
    },
    Entry {
        precondition: floats_are_in_range,
        ..entry(
            "is_within_percent",
            PERCENT,
            &["percent"],
            |actual, arguments| measured("percent", percent, actual, arguments),
        )
    },
    Entry {
        precondition: floats_are_in_range,
        ..entry("is_within_ulps", ULPS, &["ulps"], is_within_ulps)
    },
    Entry {
        actual: LIST,
        precondition: all_are_numbers,
        ..entry("all_close_to", LISTS, &["index", "delta"], all_close_to)
    },
    Entry {
        actual: MAP,
        precondition: all_are_numbers,
        ..entry("map_close_to", MAPS, &["key", "delta"], map_close_to)
    },
    Entry {
        actual: ANY,
        ..entry(
            "structure_close_to",
            STRUCTURES,
            PLACE_AND_DELTA,
            structure_close_to,
        )
    },
];

const fn entry(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    details: &'static [&'static str],
    body: fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>,
) -> Entry {
    Entry {
        arguments,
        actual: NUMBER,
        details,
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

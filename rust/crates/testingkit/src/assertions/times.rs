//! The assertions of times (`docs/kit/assertions.md`, times).

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::entry::{Finding, Rule};
use super::text_formats::{is_date, is_rfc3339};
use super::texts::text;
use crate::render::canonical;
use crate::value::{Duration, ErrorCode, Time, Value, limits};

const NANOS_PER_SECOND: i64 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
const MAX_YEAR: u32 = 10_000;
const UNITS: [(&str, i64); 6] = [
    ("microsecond", 1_000),
    ("millisecond", 1_000_000),
    ("second", NANOS_PER_SECOND),
    ("minute", 60 * NANOS_PER_SECOND),
    ("hour", 3600 * NANOS_PER_SECOND),
    ("day", SECONDS_PER_DAY * NANOS_PER_SECOND),
];

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "is_before",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_lt)),
    ),
    (
        "is_after",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_gt)),
    ),
    (
        "is_at_or_before",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_le)),
    ),
    (
        "is_at_or_after",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_ge)),
    ),
    (
        "is_same_instant",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_eq)),
    ),
    (
        "is_close_to_time",
        Rule::detailed(is_close_to_time).requiring(tolerance_is_not_negative),
    ),
    (
        "is_in_past",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_lt)),
    ),
    (
        "is_in_future",
        Rule::detailed(|actual, arguments| compared(actual, arguments, Ordering::is_gt)),
    ),
    (
        "has_utc_offset",
        Rule::detailed(has_utc_offset).requiring(offset_is_possible),
    ),
    ("is_utc", Rule::detailed(is_utc)),
    ("has_date", Rule::detailed(has_date).requiring(date_exists)),
    (
        "has_time_of_day",
        Rule::detailed(has_time_of_day).requiring(time_of_day_exists),
    ),
    ("is_same_day_as", Rule::detailed(is_same_day_as)),
    (
        "is_truncated_to",
        Rule::detailed(is_truncated_to).requiring(|arguments| unit(arguments[0]).map(|_| ())),
    ),
    (
        "has_weekday",
        Rule::detailed(has_weekday).requiring(weekday_exists),
    ),
    (
        "formats_as_rfc3339",
        Rule::detailed(formats_as_rfc3339).requiring(text_is_rfc3339),
    ),
];

fn time(value: &Value) -> Result<Time, ErrorCode> {
    match value {
        Value::Time(time) => Ok(*time),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Passes if the order of the actual value and the argument is a wanted one.
fn compared(
    actual: &Value,
    arguments: &[&Value],
    wanted: fn(Ordering) -> bool,
) -> Result<Finding, ErrorCode> {
    let nanos = nanos_between(time(actual)?, time(arguments[0])?);
    Ok(with_delta(wanted(nanos.cmp(&0)), nanos))
}

/// Returns the nanoseconds from the other time to the actual one.
fn nanos_between(actual: Time, other: Time) -> i128 {
    let nanos = |time: Time| {
        i128::from(time.seconds()) * i128::from(NANOS_PER_SECOND) + i128::from(time.nanos())
    };
    nanos(actual) - nanos(other)
}

/// Returns a finding with the detail `delta`, which applies within the limits of a duration.
fn with_delta(passed: bool, nanos: i128) -> Finding {
    let delta = i64::try_from(nanos).ok().map(Duration::from_nanos);
    match delta {
        Some(Ok(delta)) => Finding::with(passed, "delta", Value::Duration(delta)),
        _ => Finding::plain(passed),
    }
}

fn tolerance_nanos(value: &Value) -> Result<i64, ErrorCode> {
    match value {
        Value::Duration(tolerance) => Ok(tolerance.as_nanos()),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn tolerance_is_not_negative(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require(tolerance_nanos(arguments[1])? >= 0)
}

fn is_close_to_time(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let nanos = nanos_between(time(actual)?, time(arguments[0])?);
    let tolerance = i128::from(tolerance_nanos(arguments[1])?);
    Ok(with_delta(nanos.abs() <= tolerance, nanos))
}

fn offset_is_possible(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let limit = i64::from(limits::MAX_OFFSET_SECONDS);
    require(is_within(arguments[0], -limit..=limit))
}

fn with_offset(actual: Time, expected: Option<i64>) -> Finding {
    let offset = actual.utc_offset_seconds();
    let passed = expected == Some(i64::from(offset));
    Finding::with(passed, "offset", Value::from(offset))
}

fn has_utc_offset(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(with_offset(time(actual)?, small_int(arguments[0])))
}

fn is_utc(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(with_offset(time(actual)?, Some(0)))
}

/// Returns the date and time at the offset, and the offset.
fn text_of(time: Time) -> String {
    let shown = canonical(&Value::Time(time));
    let shown = shown.trim_start_matches("time(").trim_end_matches(')');
    shown.to_owned()
}

fn date_of(time: Time) -> String {
    let shown = text_of(time);
    let (date, _) = shown.split_once('T').unwrap_or_default();
    date.to_owned()
}

fn time_of_day(time: Time) -> String {
    let shown = text_of(time);
    let (_, rest) = shown.split_once('T').unwrap_or_default();
    let (time_of_day, _) = rest.split_once(['Z', '+', '-']).unwrap_or_default();
    time_of_day.to_owned()
}

fn date_exists(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let part = |place: usize| u32::try_from(small_int(arguments[place])?).ok();
    let exists = match (part(0), part(1), part(2)) {
        (Some(year), Some(month), Some(day)) => year <= MAX_YEAR && is_date(year, month, day),
        _ => false,
    };
    require(exists)
}

fn has_date(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let date = date_of(time(actual)?);
    let [year, month, day] = three(arguments);
    let passed = date == format!("{year:04}-{month:02}-{day:02}");
    Ok(Finding::with(passed, "date", Value::Text(date)))
}

fn time_of_day_exists(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require(
        is_within(arguments[0], 0..=23)
            && is_within(arguments[1], 0..=59)
            && is_within(arguments[2], 0..=59),
    )
}

fn has_time_of_day(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let shown = time_of_day(time(actual)?);
    let [hour, minute, second] = three(arguments);
    let whole = shown.split('.').next();
    let passed = whole == Some(&format!("{hour:02}:{minute:02}:{second:02}"));
    Ok(Finding::with(passed, "time", Value::Text(shown)))
}

/// Returns the number of the day at the offset, from 1970-01-01, and the second of the day.
fn local_day(time: Time, offset: i32) -> (i64, i64) {
    let local = time.seconds() + i64::from(offset);
    (
        local.div_euclid(SECONDS_PER_DAY),
        local.rem_euclid(SECONDS_PER_DAY),
    )
}

fn is_same_day_as(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (actual, other) = (time(actual)?, time(arguments[0])?);
    let passed = local_day(actual, 0).0 == local_day(other, 0).0;
    let in_utc = Time::new(actual.seconds(), actual.nanos(), 0).map_err(|error| error.code)?;
    let date = date_of(in_utc);
    Ok(Finding::with(passed, "date", Value::Text(date)))
}

/// Returns the nanoseconds of a unit.
fn unit(name: &Value) -> Result<i64, ErrorCode> {
    let name = text(name)?;
    let unit = UNITS.iter().find(|(known, _)| *known == name);
    unit.map(|(_, nanos)| *nanos).ok_or(ErrorCode::BadArgument)
}

fn is_truncated_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let time = time(actual)?;
    let (_, second) = local_day(time, time.utc_offset_seconds());
    let nanos = second * NANOS_PER_SECOND + i64::from(time.nanos());
    let passed = nanos % unit(arguments[0])? == 0;
    Ok(Finding::with(
        passed,
        "time",
        Value::Text(time_of_day(time)),
    ))
}

fn weekday_exists(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require(is_within(arguments[0], 1..=7))
}

fn has_weekday(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let time = time(actual)?;
    let (day, _) = local_day(time, time.utc_offset_seconds());
    // 1970-01-01 was a Thursday.
    let weekday = (day + 3).rem_euclid(7) + 1;
    let passed = small_int(arguments[0]) == Some(weekday);
    Ok(Finding::with(passed, "weekday", Value::from(weekday)))
}

fn text_is_rfc3339(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require(is_rfc3339(text(arguments[0])?))
}

fn formats_as_rfc3339(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let shown = text_of(time(actual)?);
    let passed = shown == text(arguments[0])?;
    Ok(Finding::with(passed, "text", Value::Text(shown)))
}

fn require(holds: bool) -> Result<(), ErrorCode> {
    if holds {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

/// Returns an integer of 64 bits.
fn small_int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => number.to_i64(),
        _ => None,
    }
}

fn is_within(value: &Value, range: RangeInclusive<i64>) -> bool {
    small_int(value).is_some_and(|number| range.contains(&number))
}

/// Returns the first three arguments, which are small integers.
fn three(arguments: &[&Value]) -> [i64; 3] {
    [0, 1, 2].map(|place| small_int(arguments[place]).unwrap_or_default())
}

//! The assertions of timed outcomes (`docs/kit/assertions.md`, timed outcomes).

use super::entry::{Finding, Rule};
use super::outcomes::name;
use crate::value::{Duration, Ending, ErrorCode, Outcome, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "completes_within",
        Rule::detailed(|actual, arguments| {
            of_timed(actual, arguments[0], |ending, elapsed, limit| {
                ending != Ending::Pending && elapsed <= limit
            })
        })
        .requiring(duration_is_not_negative),
    ),
    (
        "times_out_after",
        Rule::detailed(|actual, arguments| {
            of_timed(actual, arguments[0], |ending, elapsed, limit| {
                ending == Ending::Pending && elapsed >= limit
            })
        })
        .requiring(duration_is_not_negative),
    ),
];

fn duration(argument: &Value) -> Result<Duration, ErrorCode> {
    match argument {
        Value::Duration(duration) if duration.as_nanos() >= 0 => Ok(*duration),
        _ => Err(ErrorCode::BadArgument),
    }
}

fn duration_is_not_negative(arguments: &[&Value]) -> Result<(), ErrorCode> {
    duration(arguments[0]).map(drop)
}

/// Returns the outcome and the elapsed time of a timed outcome.
fn timed(actual: &Value) -> Option<(&Outcome, Duration)> {
    let Value::Record(record) = actual else {
        return None;
    };
    let (outcome, elapsed) = (record.get("outcome")?, record.get("elapsed")?);
    match (outcome, elapsed) {
        (Value::Outcome(outcome), Value::Duration(elapsed))
            if record.name() == "Timed" && record.fields().len() == 2 =>
        {
            Some((outcome, *elapsed))
        }
        _ => None,
    }
}

/// Requires this of how the call ended, the elapsed time, and the duration of the argument.
fn of_timed(
    actual: &Value,
    argument: &Value,
    holds: fn(Ending, Duration, Duration) -> bool,
) -> Result<Finding, ErrorCode> {
    let (outcome, elapsed) = timed(actual).ok_or(ErrorCode::WrongKind)?;
    let ending = outcome.ending();
    Ok(Finding {
        passed: holds(ending, elapsed, duration(argument)?),
        details: vec![
            ("elapsed", Value::Duration(elapsed)),
            ("outcome", Value::from(name(ending))),
        ],
        ..Finding::default()
    })
}

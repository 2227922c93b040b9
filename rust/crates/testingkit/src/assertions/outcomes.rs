//! The assertions of outcomes and errors (`docs/kit/assertions.md`, outcomes and errors).

use super::entry::{Finding, Rule};
use super::evaluate::Check;
use super::nested::satisfies;
use super::regex::{pattern, pattern_is_portable};
use super::texts::text;
use crate::value::{Ending, ErrorCode, ErrorValue, Outcome, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("succeeds", Rule::detailed(succeeds)),
    ("returns_value", Rule::detailed(returns_value)),
    ("returns_satisfying", Rule::composed(returns_satisfying)),
    ("fails", Rule::detailed(fails)),
    (
        "fails_with_type",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_type, |error| is_of_type(error, wanted))
        }),
    ),
    (
        "fails_with_exact_type",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_type, |error| error.type_name == wanted)
        }),
    ),
    (
        "fails_with_code",
        Rule::detailed(|actual, arguments| {
            let wanted = code(arguments[0])?;
            of_error(actual, of_code, |error| error.code == wanted)
        })
        .requiring(code_is_possible),
    ),
    (
        "fails_with_message",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_message, |error| error.message == wanted)
        }),
    ),
    (
        "fails_with_message_containing",
        Rule::detailed(|actual, arguments| {
            let part = text(arguments[0])?;
            of_error(actual, of_message, |error| error.message.contains(part))
        }),
    ),
    (
        "fails_with_message_matching",
        Rule::detailed(|actual, arguments| {
            let pattern = pattern(arguments[0])?;
            of_error(actual, of_message, |error| {
                pattern.find(&error.message).is_some()
            })
        })
        .requiring(pattern_is_portable),
    ),
    (
        "has_cause_of_type",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                error.causes.iter().any(|cause| is_of_type(cause, wanted))
            })
        }),
    ),
    (
        "has_root_cause_message",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                let mut links = chain(error).into_iter();
                links.any(|link| link.causes.is_empty() && link.message == wanted)
            })
        }),
    ),
    (
        "has_error_in_chain",
        Rule::detailed(|actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                let mut links = chain(error).into_iter();
                links.any(|link| is_of_type(link, wanted))
            })
        }),
    ),
    (
        "has_no_cause",
        Rule::detailed(|actual, _| of_error(actual, of_chain, |error| error.causes.is_empty())),
    ),
    (
        "panics",
        Rule::detailed(|actual, _| ends_with(actual, Ending::Panicked)),
    ),
    ("panics_with_message", Rule::detailed(panics_with_message)),
    ("does_not_panic", Rule::detailed(does_not_panic)),
    (
        "is_cancelled",
        Rule::detailed(|actual, _| ends_with(actual, Ending::Cancelled)),
    ),
];

/// How a call ended, with its result.
#[derive(Clone, Copy)]
enum Ended<'a> {
    Returned(&'a Value),
    Failed(&'a ErrorValue),
    Panicked(&'a str),
    Cancelled,
    Pending,
}

impl Ended<'_> {
    const fn ending(self) -> Ending {
        match self {
            Self::Returned(_) => Ending::Returned,
            Self::Failed(_) => Ending::Failed,
            Self::Panicked(_) => Ending::Panicked,
            Self::Cancelled => Ending::Cancelled,
            Self::Pending => Ending::Pending,
        }
    }
}

/// Reads an outcome. An error is the outcome that failed with it.
fn ended(actual: &Value) -> Result<Ended<'_>, ErrorCode> {
    match actual {
        Value::Error(error) | Value::Outcome(Outcome::Failed(error)) => Ok(Ended::Failed(error)),
        Value::Outcome(Outcome::Returned(value)) => Ok(Ended::Returned(value)),
        Value::Outcome(Outcome::Panicked(message)) => Ok(Ended::Panicked(message)),
        Value::Outcome(Outcome::Cancelled) => Ok(Ended::Cancelled),
        Value::Outcome(Outcome::Pending) => Ok(Ended::Pending),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn succeeds(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match ended(actual)? {
        Ended::Returned(_) => Finding::plain(true),
        Ended::Failed(error) => Finding::with(false, "error", Value::Error(error.clone())),
        _ => Finding::plain(false),
    })
}

fn returns_value(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match ended(actual)? {
        Ended::Returned(value) if value.is_equal_to(arguments[0]) => Finding::plain(true),
        Ended::Returned(value) => Finding::with(false, "value", value.clone()),
        Ended::Failed(error) => Finding::with(false, "error", Value::Error(error.clone())),
        _ => Finding::plain(false),
    })
}

fn returns_satisfying(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    Ok(match ended(actual)? {
        Ended::Returned(value) => satisfies(&checks[0][0], value)?,
        Ended::Failed(error) => Finding::with(false, "error", Value::Error(error.clone())),
        _ => Finding::plain(false),
    })
}

fn fails(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match ended(actual)? {
        Ended::Failed(_) => Finding::plain(true),
        Ended::Returned(value) => Finding::with(false, "value", value.clone()),
        _ => Finding::plain(false),
    })
}

/// Requires this of the error that the call failed with.
fn of_error(
    actual: &Value,
    detail: fn(&ErrorValue) -> (&'static str, Value),
    holds: impl Fn(&ErrorValue) -> bool,
) -> Result<Finding, ErrorCode> {
    let Ended::Failed(error) = ended(actual)? else {
        return Ok(Finding::plain(false));
    };
    let (name, detail) = detail(error);
    Ok(Finding::with(holds(error), name, detail))
}

fn of_type(error: &ErrorValue) -> (&'static str, Value) {
    ("type", Value::Text(error.type_name.clone()))
}

fn of_code(error: &ErrorValue) -> (&'static str, Value) {
    ("code", Value::from(error.code))
}

fn of_message(error: &ErrorValue) -> (&'static str, Value) {
    ("message", Value::Text(error.message.clone()))
}

fn of_chain(error: &ErrorValue) -> (&'static str, Value) {
    let links = chain(error).into_iter().map(|link| {
        let link =
            ErrorValue::new(link.type_name.clone(), link.message.clone()).with_code(link.code);
        Value::Error(link)
    });
    ("chain", Value::List(links.collect()))
}

/// Returns the error and all its causes, depth first.
fn chain(error: &ErrorValue) -> Vec<&ErrorValue> {
    let mut links = vec![error];
    links.extend(error.causes.iter().flat_map(chain));
    links
}

/// Returns whether an error is of a type or of a subtype.
fn is_of_type(error: &ErrorValue, wanted: &str) -> bool {
    match error.type_name.strip_prefix(wanted) {
        Some(rest) => rest.is_empty() || !wanted.is_empty() && rest.starts_with('.'),
        None => false,
    }
}

fn code(value: &Value) -> Result<i32, ErrorCode> {
    let code = match value {
        Value::Int(number) => number.to_i64(),
        _ => None,
    };
    code.and_then(|code| i32::try_from(code).ok())
        .ok_or(ErrorCode::BadArgument)
}

fn code_is_possible(arguments: &[&Value]) -> Result<(), ErrorCode> {
    code(arguments[0]).map(|_| ())
}

fn ends_with(actual: &Value, wanted: Ending) -> Result<Finding, ErrorCode> {
    let ending = ended(actual)?.ending();
    Ok(Finding::with(
        ending == wanted,
        "outcome",
        Value::from(name(ending)),
    ))
}

pub(super) const fn name(ending: Ending) -> &'static str {
    match ending {
        Ending::Returned => "returned",
        Ending::Failed => "failed",
        Ending::Panicked => "panicked",
        Ending::Cancelled => "cancelled",
        Ending::Pending => "pending",
    }
}

fn panics_with_message(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let wanted = text(arguments[0])?;
    Ok(match ended(actual)? {
        Ended::Panicked(message) => {
            Finding::with(message == wanted, "message", Value::from(message))
        }
        _ => Finding::plain(false),
    })
}

fn does_not_panic(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match ended(actual)? {
        Ended::Returned(_) | Ended::Failed(_) => Finding::plain(true),
        Ended::Panicked(message) => Finding::with(false, "message", Value::from(message)),
        Ended::Cancelled | Ended::Pending => Finding::plain(false),
    })
}

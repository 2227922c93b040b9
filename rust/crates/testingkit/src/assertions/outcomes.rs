//! The assertions of outcomes and errors (`docs/kit/assertions.md`, outcomes and errors).

use super::entry::{ANY, Body, Entry, Finding, INT, Kinds, TEXT};
use super::evaluate::Check;
use super::nested::{ONE, satisfies};
use super::regex::{PATTERN, pattern, pattern_is_portable};
use super::texts::text;
use crate::value::{Ending, ErrorCode, ErrorValue, Kind, Outcome, Value};

const ENDED: Kinds = Kinds::Of(&[Kind::Outcome, Kind::Error]);
const TYPE: &[(&str, Kinds)] = &[("type", TEXT)];
const MESSAGE: &[(&str, Kinds)] = &[("text", TEXT)];

/// The function of an assertion with details.
type Detailed = fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>;

pub(super) const ENTRIES: &[Entry] = &[
    entry("succeeds", &[], &["error"], succeeds),
    entry(
        "returns_value",
        &[("value", ANY)],
        &["value", "error"],
        returns_value,
    ),
    Entry {
        arguments: ONE,
        actual: ENDED,
        details: &["failure", "error"],
        ..Entry::new("returns_satisfying", Body::Composed(returns_satisfying))
    },
    entry("fails", &[], &["value"], fails),
    entry("fails_with_type", TYPE, &["type"], |actual, arguments| {
        let wanted = text(arguments[0])?;
        of_error(actual, of_type, |error| is_of_type(error, wanted))
    }),
    entry(
        "fails_with_exact_type",
        TYPE,
        &["type"],
        |actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_type, |error| error.type_name == wanted)
        },
    ),
    Entry {
        precondition: code_is_possible,
        ..entry(
            "fails_with_code",
            &[("code", INT)],
            &["code"],
            |actual, arguments| {
                let wanted = code(arguments[0])?;
                of_error(actual, of_code, |error| error.code == wanted)
            },
        )
    },
    entry(
        "fails_with_message",
        MESSAGE,
        &["message"],
        |actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_message, |error| error.message == wanted)
        },
    ),
    entry(
        "fails_with_message_containing",
        MESSAGE,
        &["message"],
        |actual, arguments| {
            let part = text(arguments[0])?;
            of_error(actual, of_message, |error| error.message.contains(part))
        },
    ),
    Entry {
        precondition: pattern_is_portable,
        ..entry(
            "fails_with_message_matching",
            PATTERN,
            &["message"],
            |actual, arguments| {
                let pattern = pattern(arguments[0])?;
                of_error(actual, of_message, |error| {
                    pattern.find(&error.message).is_some()
                })
            },
        )
    },
    entry(
        "has_cause_of_type",
        TYPE,
        &["chain"],
        |actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                error.causes.iter().any(|cause| is_of_type(cause, wanted))
            })
        },
    ),
    entry(
        "has_root_cause_message",
        MESSAGE,
        &["chain"],
        |actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                let mut links = chain(error).into_iter();
                links.any(|link| link.causes.is_empty() && link.message == wanted)
            })
        },
    ),
    entry(
        "has_error_in_chain",
        TYPE,
        &["chain"],
        |actual, arguments| {
            let wanted = text(arguments[0])?;
            of_error(actual, of_chain, |error| {
                let mut links = chain(error).into_iter();
                links.any(|link| is_of_type(link, wanted))
            })
        },
    ),
    entry("has_no_cause", &[], &["chain"], |actual, _| {
        of_error(actual, of_chain, |error| error.causes.is_empty())
    }),
    entry("panics", &[], &["outcome"], |actual, _| {
        ends_with(actual, Ending::Panicked)
    }),
    entry(
        "panics_with_message",
        MESSAGE,
        &["message"],
        panics_with_message,
    ),
    entry("does_not_panic", &[], &["message"], does_not_panic),
    entry("is_cancelled", &[], &["outcome"], |actual, _| {
        ends_with(actual, Ending::Cancelled)
    }),
];

const fn entry(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    details: &'static [&'static str],
    body: Detailed,
) -> Entry {
    Entry {
        arguments,
        actual: ENDED,
        details,
        ..Entry::new(name, Body::Detailed(body))
    }
}

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

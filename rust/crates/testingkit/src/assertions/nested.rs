//! Evaluates assertions among the arguments of others (`docs/kit/assertions.md`, nested assertions).

use super::entry::Finding;
use super::evaluate::Check;
use crate::value::{ErrorCode, Value};

/// The number of failure texts in the detail `failures`.
const MAX_FAILURES: usize = 100;

/// An assertion and the value that it is evaluated on.
pub(super) type Evaluation<'a> = (&'a Check<'a>, &'a Value);

/// Returns the finding that passes if the assertion does, with the detail `failure`.
pub(super) fn satisfies(check: &Check<'_>, actual: &Value) -> Result<Finding, ErrorCode> {
    let finding = check.find(actual)?;
    if finding.passed {
        return Ok(finding);
    }
    Ok(Finding::with(
        false,
        "failure",
        check.failure(actual, &finding),
    ))
}

/// Returns the place and the text of the first evaluation that does not pass. It goes on to the end,
/// since a later one may be an error.
pub(super) fn first_failure<'a>(
    evaluations: impl IntoIterator<Item = Evaluation<'a>>,
) -> Result<Option<(usize, Value)>, ErrorCode> {
    let mut first = None;
    for (place, (check, value)) in evaluations.into_iter().enumerate() {
        let finding = check.find(value)?;
        if first.is_none() && !finding.passed {
            first = Some((place, check.failure(value, &finding)));
        }
    }
    Ok(first)
}

/// Returns the places of the evaluations that pass.
pub(super) fn passing<'a>(
    evaluations: impl IntoIterator<Item = Evaluation<'a>>,
) -> Result<Vec<usize>, ErrorCode> {
    let mut places = Vec::new();
    for (place, (check, value)) in evaluations.into_iter().enumerate() {
        if check.find(value)?.passed {
            places.push(place);
        }
    }
    Ok(places)
}

/// Returns the finding that passes if every evaluation does.
pub(super) fn all_pass<'a>(
    evaluations: impl IntoIterator<Item = Evaluation<'a>>,
) -> Result<Finding, ErrorCode> {
    let mut failures = Vec::new();
    for (check, value) in evaluations {
        let finding = check.find(value)?;
        if !finding.passed && failures.len() < MAX_FAILURES {
            failures.push(check.failure(value, &finding));
        }
    }
    Ok(passes_without(failures))
}

/// Returns the finding that passes with the first evaluation that does. Without one, the first error
/// counts.
pub(super) fn any_passes<'a>(
    evaluations: impl IntoIterator<Item = Evaluation<'a>>,
) -> Result<Finding, ErrorCode> {
    let mut failures = Vec::new();
    let mut first_error = None;
    for (check, value) in evaluations {
        match check.find(value) {
            Ok(finding) if finding.passed => return Ok(finding),
            Ok(finding) if failures.len() < MAX_FAILURES => {
                failures.push(check.failure(value, &finding));
            }
            Ok(_) => {}
            Err(code) => first_error = first_error.or(Some(code)),
        }
    }
    match first_error {
        Some(code) => Err(code),
        None => Ok(Finding {
            passed: false,
            ..passes_without(failures)
        }),
    }
}

fn passes_without(failures: Vec<Value>) -> Finding {
    if failures.is_empty() {
        Finding::plain(true)
    } else {
        Finding::with(false, "failures", Value::List(failures))
    }
}

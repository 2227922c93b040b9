//! The evaluator: one for all checks (`docs/kit/checks.md`, errors).

use super::catalog;
use super::entry::{Entry, Finding};
use super::{Assertion, Status, Verdict};
use crate::value::{ErrorCode, Value};

/// Whether the value keeps the assertion.
#[must_use]
pub fn evaluate(assertion: Assertion, actual: Value) -> Verdict {
    let status = match find(&assertion, &actual) {
        Err(code) => Status::Error(code),
        Ok(finding) if finding.passed => Status::Pass,
        Ok(Finding { details, diff, .. }) => Status::Fail { details, diff },
    };
    Verdict {
        assertion,
        actual,
        status,
    }
}

fn find(assertion: &Assertion, actual: &Value) -> Result<Finding, ErrorCode> {
    let entry = catalog::find(&assertion.name).ok_or(ErrorCode::BadArgument)?;
    let arguments = arguments(entry, &assertion.arguments).ok_or(ErrorCode::BadArgument)?;
    (entry.demand)(&arguments)?;
    if !entry.actual.have(actual.kind()) {
        return Err(ErrorCode::WrongKind);
    }
    entry.body.find(actual, &arguments)
}

/// The arguments in catalog order; none unless each one is there once, of a kind that it may have.
fn arguments<'a>(entry: &Entry, given: &'a [(String, Value)]) -> Option<Vec<&'a Value>> {
    // As many as are wanted, and each wanted one among them: so none is unknown or there twice.
    if given.len() != entry.arguments.len() {
        return None;
    }
    entry
        .arguments
        .iter()
        .map(|(name, kinds)| {
            let (_, value) = given.iter().find(|(given, _)| given == name)?;
            kinds.have(value.kind()).then_some(value)
        })
        .collect()
}

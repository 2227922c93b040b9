//! Evaluates an assertion with any assertion (`docs/kit/assertions.md`, errors).

use super::catalog;
use super::entry::{Entry, Finding};
use super::{Assertion, Status, Verdict};
use crate::value::{ConversionError, ErrorCode, Value};

impl Assertion {
    /// Evaluates the assertion on a value.
    pub fn evaluate(self, actual: impl Into<Value>) -> Verdict {
        let actual = actual.into();
        let status = match find(&self, &actual) {
            Err(code) => Status::Error(code),
            Ok(finding) if finding.passed => Status::Pass,
            Ok(Finding { details, diff, .. }) => Status::Fail { details, diff },
        };
        Verdict {
            assertion: self,
            actual,
            status,
        }
    }
}

fn find(assertion: &Assertion, actual: &Value) -> Result<Finding, ErrorCode> {
    check_depths(assertion, actual).map_err(|error| error.code)?;
    let entry = catalog::find(&assertion.name).ok_or(ErrorCode::BadArgument)?;
    let arguments = arguments(entry, &assertion.arguments).ok_or(ErrorCode::BadArgument)?;
    (entry.precondition)(&arguments)?;
    if !entry.actual.contains(actual.kind()) {
        return Err(ErrorCode::WrongKind);
    }
    entry.body.find(actual, &arguments)
}

fn check_depths(assertion: &Assertion, actual: &Value) -> Result<(), ConversionError> {
    actual.check_depth()?;
    let mut arguments = assertion.arguments.iter();
    arguments.try_for_each(|(_, value)| value.check_depth())
}

/// Returns the arguments in catalog order, or `None` unless each one is given once and has an
/// allowed kind.
fn arguments<'a>(entry: &Entry, given: &'a [(String, Value)]) -> Option<Vec<&'a Value>> {
    // The numbers agree and each known argument is found below, so none is unknown or given twice.
    if given.len() != entry.arguments.len() {
        return None;
    }
    entry
        .arguments
        .iter()
        .map(|(name, kinds)| {
            let (_, value) = given.iter().find(|(given, _)| given == name)?;
            kinds.contains(value.kind()).then_some(value)
        })
        .collect()
}

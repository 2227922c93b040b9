//! Evaluates an assertion with any assertion (`docs/kit/assertions.md`, errors).

use super::catalog;
use super::entry::{Entry, Finding};
use super::model::{Argument, MAX_LEVELS};
use super::shape::Shape;
use super::shapes::keys_and_names_are_possible;
use super::text::failure_text;
use super::{Assertion, Status, Verdict};
use crate::value::{ErrorCode, Value};

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
    check_depth(actual)?;
    check_levels(assertion, 1)?;
    Check::new(assertion)?.find(actual)
}

fn check_depth(value: &Value) -> Result<(), ErrorCode> {
    value.check_depth().map_err(|error| error.code)
}

/// Validates that neither an assertion nor a value in the arguments is nested too deep.
fn check_levels(assertion: &Assertion, level: usize) -> Result<(), ErrorCode> {
    if level > MAX_LEVELS {
        return Err(ErrorCode::TooLarge);
    }
    assertion.arguments.iter().try_for_each(|(_, argument)| {
        match argument {
            Argument::Value(value) => check_depth(value)?,
            Argument::Shape(shape) => check_shape(shape, level + 1)?,
            Argument::Check(_) | Argument::Checks(_) => {}
        }
        let mut nested = argument.nested().iter();
        nested.try_for_each(|assertion| check_levels(assertion, level + 1))
    })
}

fn check_shape(shape: &Shape, level: usize) -> Result<(), ErrorCode> {
    if level > MAX_LEVELS {
        return Err(ErrorCode::TooLarge);
    }
    match shape {
        Shape::Value(value) => return check_depth(value),
        Shape::Check(assertion) => return check_levels(assertion, level),
        Shape::Map(map) => map
            .entries
            .iter()
            .try_for_each(|(key, _)| check_depth(key))?,
        Shape::Any | Shape::List(_) | Shape::Record(_) => {}
    }
    let mut parts = shape.parts().into_iter();
    parts.try_for_each(|part| check_shape(part, level + 1))
}

/// An assertion with its entry and valid arguments.
#[derive(Debug)]
pub(super) struct Check<'a> {
    assertion: &'a Assertion,
    entry: &'static Entry,
    values: Vec<&'a Value>,
    checks: Vec<Vec<Self>>,
    shape: Option<Box<BoundShape<'a>>>,
}

impl<'a> Check<'a> {
    /// Validates the assertion, and then the assertions in its arguments.
    fn new(assertion: &'a Assertion) -> Result<Self, ErrorCode> {
        let entry = catalog::find(&assertion.name).ok_or(ErrorCode::BadArgument)?;
        let arguments = arguments(entry, &assertion.arguments).ok_or(ErrorCode::BadArgument)?;
        let values: Vec<_> = arguments
            .iter()
            .filter_map(|argument| match argument {
                Argument::Value(value) => Some(value),
                _ => None,
            })
            .collect();
        (entry.rule.precondition)(&values)?;
        let mut checks = Vec::new();
        let mut bound = None;
        for argument in arguments {
            match argument {
                Argument::Value(_) => {}
                Argument::Shape(shape) => {
                    keys_and_names_are_possible(shape)?;
                    bound = Some(Box::new(BoundShape::new(shape)?));
                }
                Argument::Check(_) | Argument::Checks(_) => {
                    let nested = argument.nested().iter().map(Self::new);
                    checks.push(nested.collect::<Result<_, _>>()?);
                }
            }
        }
        Ok(Self {
            assertion,
            entry,
            values,
            checks,
            shape: bound,
        })
    }

    /// Evaluates the assertion on a value.
    pub(super) fn find(&self, actual: &Value) -> Result<Finding, ErrorCode> {
        if !self.entry.signature.actual.contains(actual.kind()) {
            return Err(ErrorCode::WrongKind);
        }
        let (values, checks) = (&self.values, &self.checks);
        self.entry
            .rule
            .body
            .find(actual, values, checks, self.shape.as_deref())
    }

    /// Returns the failure text for a finding that did not pass.
    pub(super) fn failure(&self, actual: &Value, finding: &Finding) -> Value {
        let Finding { details, diff, .. } = finding;
        Value::Text(failure_text(self.assertion, actual, details, diff))
    }
}

/// A shape whose assertions are valid.
#[derive(Debug)]
pub(super) struct BoundShape<'a> {
    pub(super) shape: &'a Shape,
    /// The assertion that the shape is.
    pub(super) check: Option<Check<'a>>,
    /// The shapes in it, in the order of [`Shape::parts`].
    pub(super) parts: Vec<Self>,
}

impl<'a> BoundShape<'a> {
    fn new(shape: &'a Shape) -> Result<Self, ErrorCode> {
        let check = match shape {
            Shape::Check(assertion) => Some(Check::new(assertion)?),
            _ => None,
        };
        let parts = shape.parts().into_iter().map(Self::new);
        Ok(Self {
            shape,
            check,
            parts: parts.collect::<Result<_, _>>()?,
        })
    }
}

/// Returns the arguments in catalog order, or `None` unless each one is given once and has an
/// allowed kind.
fn arguments<'a>(entry: &Entry, given: &'a [(String, Argument)]) -> Option<Vec<&'a Argument>> {
    // The numbers agree and each known argument is found below, so none is unknown or given twice.
    if given.len() != entry.signature.arguments.len() {
        return None;
    }
    entry
        .signature
        .arguments
        .iter()
        .map(|(name, kinds)| {
            let (_, argument) = given.iter().find(|(given, _)| given == name)?;
            kinds.accept(argument).then_some(argument)
        })
        .collect()
}

//! The catalog entry of an assertion, and the result of its body.

use super::evaluate::{BoundShape, Check};
use super::model::Argument;
use crate::value::{ErrorCode, Kind, Value};

/// The kinds that an argument or the actual value may have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kinds {
    Any,
    Of(&'static [Kind]),
    /// Not a value, but an assertion.
    Check,
    /// Not a value, but a list of assertions.
    Checks,
    /// Not a value, but a shape.
    Shape,
}

impl Kinds {
    pub(super) fn contains(self, kind: Kind) -> bool {
        match self {
            Self::Any => true,
            Self::Of(kinds) => kinds.contains(&kind),
            Self::Check | Self::Checks | Self::Shape => false,
        }
    }

    pub(super) fn accept(self, argument: &Argument) -> bool {
        match argument {
            Argument::Value(value) => self.contains(value.kind()),
            Argument::Check(_) => matches!(self, Self::Check),
            Argument::Checks(_) => matches!(self, Self::Checks),
            Argument::Shape(_) => matches!(self, Self::Shape),
        }
    }
}

pub(super) const CHECK: Kinds = Kinds::Check;
pub(super) const CHECKS: Kinds = Kinds::Checks;
pub(super) const SHAPE: Kinds = Kinds::Shape;

/// The result of an assertion's body. Details and diff are used only if it did not pass.
#[derive(Debug, Default)]
pub(super) struct Finding {
    pub(super) passed: bool,
    pub(super) details: Vec<(&'static str, Value)>,
    pub(super) diff: String,
}

impl Finding {
    /// Returns a finding without details.
    pub(super) fn plain(passed: bool) -> Self {
        Self {
            passed,
            ..Self::default()
        }
    }

    /// Returns a finding with one detail.
    pub(super) fn with(passed: bool, name: &'static str, detail: Value) -> Self {
        Self {
            passed,
            details: vec![(name, detail)],
            ..Self::default()
        }
    }
}

/// An assertion without details. Every body gets the actual value and the arguments that are values, in
/// catalog order, all of kinds that the entry allows.
pub(super) type Test = fn(&Value, &[&Value]) -> Result<bool, ErrorCode>;

/// The function of an assertion.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body {
    /// Passes if the test returns true.
    Plain(Test),
    /// Passes if the test returns false.
    Opposite(Test),
    /// An assertion with details.
    Detailed(Detailed),
    /// An assertion that evaluates others. It also gets the assertions of each other argument.
    Composed(Composed),
    /// An assertion whose argument is a shape.
    Shaped(Shaped),
}

pub(super) type Detailed = fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>;

pub(super) type Composed = fn(&Value, &[&Value], &[Vec<Check<'_>>]) -> Result<Finding, ErrorCode>;

pub(super) type Shaped = fn(&Value, &BoundShape<'_>) -> Result<Finding, ErrorCode>;

impl Body {
    pub(super) fn find(
        self,
        actual: &Value,
        arguments: &[&Value],
        checks: &[Vec<Check<'_>>],
        shape: Option<&BoundShape<'_>>,
    ) -> Result<Finding, ErrorCode> {
        match self {
            Self::Plain(test) => test(actual, arguments).map(Finding::plain),
            Self::Opposite(test) => test(actual, arguments).map(|held| Finding::plain(!held)),
            Self::Detailed(body) => body(actual, arguments),
            Self::Composed(body) => body(actual, arguments, checks),
            Self::Shaped(body) => body(actual, shape.ok_or(ErrorCode::BadArgument)?),
        }
    }
}

/// What an assertion takes and shows. It is generated from the catalog in `catalog/`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signature {
    pub(super) name: &'static str,
    pub(super) arguments: &'static [(&'static str, Kinds)],
    pub(super) actual: Kinds,
    pub(super) details: &'static [&'static str],
}

/// Validates the arguments that are values; it does not see the actual value.
pub(super) type Precondition = fn(&[&Value]) -> Result<(), ErrorCode>;

/// What an assertion does. It is written by hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) precondition: Precondition,
    pub(super) body: Body,
}

impl Rule {
    pub(super) const fn plain(test: Test) -> Self {
        Self::new(Body::Plain(test))
    }

    pub(super) const fn opposite(test: Test) -> Self {
        Self::new(Body::Opposite(test))
    }

    pub(super) const fn detailed(body: Detailed) -> Self {
        Self::new(Body::Detailed(body))
    }

    pub(super) const fn composed(body: Composed) -> Self {
        Self::new(Body::Composed(body))
    }

    pub(super) const fn shaped(body: Shaped) -> Self {
        Self::new(Body::Shaped(body))
    }

    const fn new(body: Body) -> Self {
        Self {
            precondition: no_precondition,
            body,
        }
    }

    /// Returns the rule with a precondition.
    pub(super) const fn requiring(self, precondition: Precondition) -> Self {
        Self {
            precondition,
            ..self
        }
    }
}

const fn no_precondition(_arguments: &[&Value]) -> Result<(), ErrorCode> {
    Ok(())
}

/// One assertion of the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub(super) signature: Signature,
    pub(super) rule: Rule,
}

impl Entry {
    /// Joins a signature and its rule.
    pub(super) const fn new(signature: &Signature, rule: Option<Rule>) -> Self {
        match rule {
            Some(rule) => Self {
                signature: *signature,
                rule,
            },
            None => panic!("{}", signature.name), // It has no rule.
        }
    }

    /// Returns the name of the assertion, such as `is_between`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.signature.name
    }

    /// Returns the names of the arguments in the order of the failure text.
    pub fn arguments(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.signature.arguments.iter().map(|(name, _)| *name)
    }

    /// Returns the names of the details in the order of the failure text.
    #[must_use]
    pub const fn details(&self) -> &'static [&'static str] {
        self.signature.details
    }
}

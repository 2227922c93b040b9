//! The assertions that combine others (`docs/kit/assertions.md`, composition).

use super::entry::{Finding, Rule};
use super::evaluate::Check;
use super::nested::{Evaluation, all_pass, any_passes, passing, satisfies};
use super::texts::text;
use super::transforms;
use crate::value::{ErrorCode, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("satisfies_all", Rule::composed(satisfies_all)),
    ("satisfies_any", Rule::composed(satisfies_any)),
    ("satisfies_none", Rule::composed(satisfies_none)),
    ("does_not_satisfy", Rule::composed(does_not_satisfy)),
    ("satisfies_when", Rule::composed(satisfies_when)),
    (
        "transformed_by",
        Rule::composed(transformed_by).requiring(transform_is_known),
    ),
];

fn each<'a>(checks: &'a [Check<'a>], actual: &'a Value) -> impl Iterator<Item = Evaluation<'a>> {
    checks.iter().map(move |check| (check, actual))
}

fn satisfies_all(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    all_pass(each(&checks[0], actual))
}

fn satisfies_any(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    any_passes(each(&checks[0], actual))
}

fn satisfies_none(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let places = passing(each(&checks[0], actual))?;
    Ok(match places.first() {
        None => Finding::plain(true),
        Some(index) => Finding::with(false, "index", Value::from(*index)),
    })
}

fn does_not_satisfy(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    Ok(Finding::plain(!checks[0][0].find(actual)?.passed))
}

fn satisfies_when(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    if checks[0][0].find(actual)?.passed {
        satisfies(&checks[1][0], actual)
    } else {
        Ok(Finding::plain(true))
    }
}

fn transform_is_known(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match transforms::find(text(arguments[0])?) {
        Some(_) => Ok(()),
        None => Err(ErrorCode::BadArgument),
    }
}

fn transformed_by(
    actual: &Value,
    arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let transform = transforms::find(text(arguments[0])?).ok_or(ErrorCode::BadArgument)?;
    let Some(transformed) = transform.apply(actual)? else {
        return Ok(Finding::plain(false));
    };
    let mut finding = satisfies(&checks[0][0], &transformed)?;
    finding.details.insert(0, ("transformed", transformed));
    Ok(finding)
}

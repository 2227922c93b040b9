//! The assertions that evaluate others on items and entries (`docs/kit/assertions.md`, checks of items).

use super::check_pairs::{turned, unpaired};
use super::collection::{items, list, passes_unless_at};
use super::entry::{Finding, Rule};
use super::evaluate::Check;
use super::maps::values;
use super::nested::{Evaluation, any_passes, first_failure, passing, satisfies};
use super::sizes::counts_are_not_negative;
use super::texts::find_count;
use crate::value::{ErrorCode, Value, are_equal_to};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("all_satisfy", Rule::composed(all_satisfy)),
    ("any_satisfies", Rule::composed(any_satisfies)),
    ("none_satisfies", Rule::composed(none_satisfies)),
    (
        "exactly_satisfy",
        Rule::composed(exactly_satisfy).requiring(counts_are_not_negative),
    ),
    ("each_in_order", Rule::composed(each_in_order)),
    ("each_in_any_order", Rule::composed(each_in_any_order)),
    ("all_keys_satisfy", Rule::composed(all_keys_satisfy)),
    ("all_values_satisfy", Rule::composed(all_values_satisfy)),
    ("has_entry_satisfying", Rule::composed(has_entry_satisfying)),
];

fn each<'a>(check: &'a Check<'a>, values: Vec<&'a Value>) -> impl Iterator<Item = Evaluation<'a>> {
    values.into_iter().map(move |value| (check, value))
}

fn all_satisfy(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let first = first_failure(each(&checks[0][0], items(actual)?))?;
    let Some((index, failure)) = first else {
        return Ok(Finding::plain(true));
    };
    let mut finding = passes_unless_at(Some(index), actual);
    finding.details.push(("failure", failure));
    Ok(finding)
}

fn any_satisfies(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    any_passes(each(&checks[0][0], items(actual)?))
}

fn none_satisfies(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let places = passing(each(&checks[0][0], items(actual)?))?;
    Ok(passes_unless_at(places.first().copied(), actual))
}

fn exactly_satisfy(
    actual: &Value,
    arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let places = passing(each(&checks[0][0], items(actual)?))?;
    Ok(find_count(places.len(), arguments[0]))
}

fn each_in_order(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let (items, checks) = (items(actual)?, &checks[0]);
    let first = first_failure(checks.iter().zip(items.iter().copied()))?;
    let Some((index, failure)) = first else {
        let shorter = Value::from(checks.len().min(items.len()));
        let passed = checks.len() == items.len();
        return Ok(Finding::with(passed, "index", shorter));
    };
    let mut finding = Finding::with(false, "index", Value::from(index));
    finding.details.push(("failure", failure));
    Ok(finding)
}

fn each_in_any_order(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let (items, checks) = (items(actual)?, &checks[0]);
    let (options, first_error) = evaluate_pairs(checks, &items);
    let lacking = unpaired(&options, items.len());
    let extra = unpaired(&turned(&options, items.len()), checks.len());
    if lacking.is_empty() && extra.is_empty() {
        return Ok(Finding::plain(true));
    }
    if let Some(code) = first_error {
        return Err(code);
    }
    let mut finding = Finding::plain(false);
    if let Some(index) = lacking.first() {
        finding.details.push(("index", Value::from(*index)));
    }
    if !extra.is_empty() {
        let extra = extra.into_iter().map(|place| items[place]).collect();
        finding.details.push(("extra", list(extra)));
    }
    Ok(finding)
}

/// Returns for each check the places of the items for which it passes, and the first error.
fn evaluate_pairs(checks: &[Check<'_>], items: &[&Value]) -> (Vec<Vec<usize>>, Option<ErrorCode>) {
    let mut first_error = None;
    let mut passes = |check: &Check<'_>, item| match check.find(item) {
        Ok(finding) => finding.passed,
        Err(code) => {
            first_error = first_error.or(Some(code));
            false
        }
    };
    let mut places = |check| {
        let items = items.iter().enumerate();
        items
            .filter_map(|(place, item)| passes(check, item).then_some(place))
            .collect()
    };
    let options = checks.iter().map(&mut places).collect();
    (options, first_error)
}

fn all_keys_satisfy(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    all_in_map(actual, items(actual)?, &checks[0][0])
}

fn all_values_satisfy(
    actual: &Value,
    _arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    all_in_map(actual, values(actual)?, &checks[0][0])
}

/// Returns the finding that passes if the assertion does for all the values, which are the keys or the
/// values of a map.
fn all_in_map<'a>(
    actual: &'a Value,
    values: Vec<&'a Value>,
    check: &'a Check<'a>,
) -> Result<Finding, ErrorCode> {
    let Some((place, failure)) = first_failure(each(check, values))? else {
        return Ok(Finding::plain(true));
    };
    let mut finding = Finding::with(false, "key", items(actual)?[place].clone());
    finding.details.push(("failure", failure));
    Ok(finding)
}

fn has_entry_satisfying(
    actual: &Value,
    arguments: &[&Value],
    checks: &[Vec<Check<'_>>],
) -> Result<Finding, ErrorCode> {
    let check = &checks[0][0];
    let is_equal = are_equal_to(arguments[0], &items(actual)?);
    let candidates: Vec<_> = values(actual)?
        .into_iter()
        .zip(is_equal)
        .filter_map(|(value, is_equal)| is_equal.then_some(value))
        .collect();
    let passed = !passing(each(check, candidates.clone()))?.is_empty();
    match candidates.first() {
        Some(value) if !passed => satisfies(check, value),
        _ => Ok(Finding::plain(passed)),
    }
}

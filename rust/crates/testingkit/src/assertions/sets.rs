//! The assertions of sets (`docs/kit/assertions.md`, sets).

use super::collection::{contains_all, contains_any, contains_only, items, list, passes_without};
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Value, found, missing};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("is_subset_of", Rule::detailed(is_subset_of)),
    ("is_superset_of", Rule::detailed(contains_all)),
    ("is_proper_subset_of", Rule::detailed(is_proper_subset_of)),
    ("is_disjoint_from", Rule::detailed(is_disjoint_from)),
    ("intersects", Rule::plain(contains_any)),
    ("has_same_members_as", Rule::detailed(contains_only)),
];

fn is_subset_of(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let extra = missing(&items(actual)?, &items(arguments[0])?);
    Ok(passes_without([("extra", list(extra))]))
}

fn is_proper_subset_of(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let subset = is_subset_of(actual, arguments)?;
    Ok(Finding {
        passed: subset.passed && !contains_all(actual, arguments)?.passed,
        ..subset
    })
}

fn is_disjoint_from(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let found = found(&items(actual)?, &items(arguments[0])?);
    Ok(passes_without([("found", list(found))]))
}

//! The assertions of sets (`docs/kit/assertions.md`, sets).

use super::collection::{
    MISSING_AND_EXTRA, contains_all, contains_any, contains_only, entry, items, list,
    passes_without,
};
use super::entry::{Body, Entry, Finding, ITEMS, Kinds};
use crate::value::{ErrorCode, Value, found, missing};

const OTHER: &[(&str, Kinds)] = &[("other", ITEMS)];

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "is_subset_of",
        OTHER,
        &["extra"],
        Body::Detailed(is_subset_of),
    ),
    entry(
        "is_superset_of",
        OTHER,
        &["missing"],
        Body::Detailed(contains_all),
    ),
    entry(
        "is_proper_subset_of",
        OTHER,
        &["extra"],
        Body::Detailed(is_proper_subset_of),
    ),
    entry(
        "is_disjoint_from",
        OTHER,
        &["found"],
        Body::Detailed(is_disjoint_from),
    ),
    entry("intersects", OTHER, &[], Body::Plain(contains_any)),
    entry(
        "has_same_members_as",
        OTHER,
        MISSING_AND_EXTRA,
        Body::Detailed(contains_only),
    ),
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

// Generated from `catalog/` by `make generate`. Do not edit.

//! Measurements.

use crate::matching::{Definition, Matcher, takes};

/// Passes when the median <= `limit`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([10, 20, 30], has_median_at_most(20));
/// assert!(!has_median_at_most(20).matches(&[10, 30, 50]));
/// ```
pub const fn has_median_at_most<Limit: takes::Integer>(limit: Limit) -> Matcher<(Limit,)> {
    static DEFINITION: Definition = Definition::new("has_median_at_most", &["limit"]);
    Matcher::new(&DEFINITION, (limit,))
}

/// Passes when the percentile <= `limit`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([10, 20, 30], has_percentile_at_most(90, 50));
/// assert!(!has_percentile_at_most(90, 50).matches(&[10, 20, 60]));
/// ```
pub const fn has_percentile_at_most<Percent: takes::Integer, Limit: takes::Integer>(
    percent: Percent,
    limit: Limit,
) -> Matcher<(Percent, Limit)> {
    static DEFINITION: Definition =
        Definition::new("has_percentile_at_most", &["percent", "limit"]);
    Matcher::new(&DEFINITION, (percent, limit))
}

/// Passes when median * 1000 <= median of `baseline` * (1000 + `allowed_permille`).
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([115, 118, 121], has_no_regression([100, 110, 120], 100));
/// assert!(!has_no_regression([100, 110, 120], 100).matches(&[120, 130, 140]));
/// ```
pub const fn has_no_regression<Baseline: takes::List, AllowedPermille: takes::Integer>(
    baseline: Baseline,
    allowed_permille: AllowedPermille,
) -> Matcher<(Baseline, AllowedPermille)> {
    static DEFINITION: Definition =
        Definition::new("has_no_regression", &["baseline", "allowed_permille"]);
    Matcher::new(&DEFINITION, (baseline, allowed_permille))
}

// Generated from `catalog/` by `make generate`. Do not edit.

//! Closeness.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when the delta of `actual` and `expected` is at most `tolerance`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(3.125, is_close_to(3.0, 0.25));
/// assert!(!is_close_to(3.0, 0.25).matches(&3.5));
/// ```
pub const fn is_close_to<Expected: takes::Number, Tolerance: takes::Number>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition = Definition::new("is_close_to", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

/// Passes when the delta of `actual` and `expected` is more than `tolerance`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(3.5, is_not_close_to(3.0, 0.25));
/// assert!(!is_not_close_to(3.0, 0.25).matches(&3.125));
/// ```
pub const fn is_not_close_to<Expected: takes::Number, Tolerance: takes::Number>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition = Definition::new("is_not_close_to", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

/// Passes when the measured ratio is at most `ratio`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(3.0, is_relatively_close_to(4.0, 0.25));
/// assert!(!is_relatively_close_to(4.0, 0.25).matches(&2.0));
/// ```
pub const fn is_relatively_close_to<Expected: takes::Number, Ratio: takes::Number>(
    expected: Expected,
    ratio: Ratio,
) -> Matcher<(Expected, Ratio)> {
    static DEFINITION: Definition =
        Definition::new("is_relatively_close_to", &["expected", "ratio"]);
    Matcher::new(&DEFINITION, (expected, ratio))
}

/// Passes when the measured percent are at most `percent`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(104, is_within_percent(100, 5));
/// assert!(!is_within_percent(100, 5).matches(&106));
/// ```
pub const fn is_within_percent<Expected: takes::Number, Percent: takes::Number>(
    expected: Expected,
    percent: Percent,
) -> Matcher<(Expected, Percent)> {
    static DEFINITION: Definition = Definition::new("is_within_percent", &["expected", "percent"]);
    Matcher::new(&DEFINITION, (expected, percent))
}

/// Passes when the measured ulps are at most `ulps`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1.0000000000000002, is_within_ulps(1.0, 4));
/// assert!(!is_within_ulps(1.0, 4).matches(&1.5));
/// ```
pub const fn is_within_ulps<Expected: takes::Number, Ulps: takes::Integer>(
    expected: Expected,
    ulps: Ulps,
) -> Matcher<(Expected, Ulps)> {
    static DEFINITION: Definition = Definition::new("is_within_ulps", &["expected", "ulps"]);
    Matcher::new(&DEFINITION, (expected, ulps))
}

/// Passes when both lists have as many items, and each pair of items is close.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1.125, 2.0], all_close_to([1.0, 2.0], 0.25));
/// assert!(!all_close_to([1.0, 2.0], 0.25).matches(&[1.5, 2.0]));
/// ```
pub const fn all_close_to<Expected: takes::List<Item: takes::Number>, Tolerance: takes::Number>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition = Definition::new("all_close_to", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

/// Passes when both maps have the same keys, with close values.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("x", 1.125)]), map_close_to(BTreeMap::from([("x", 1.0)]), 0.25));
/// assert!(!map_close_to(BTreeMap::from([("x", 1.0)]), 0.25).matches(&BTreeMap::from([("x", 1.5)])));
/// ```
pub const fn map_close_to<Expected: takes::Map, Tolerance: takes::Number>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition = Definition::new("map_close_to", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

/// Passes when `actual` equals `expected`, except that floats need only be close.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("x", [1.125])]), structure_close_to(BTreeMap::from([("x", [1.0])]), 0.25));
/// assert!(!structure_close_to(BTreeMap::from([("x", [1.0])]), 0.25).matches(&BTreeMap::from([("x", [1.5])])));
/// ```
pub const fn structure_close_to<Expected: ToValue, Tolerance: takes::Number>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition =
        Definition::new("structure_close_to", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

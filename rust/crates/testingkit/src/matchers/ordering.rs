// Generated from `catalog/` by `make generate`. Do not edit.

//! Order.

use crate::matching::{Definition, Matcher, takes};

/// Passes when `actual` < `limit`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(9, is_less_than(10));
/// assert!(!is_less_than(10).matches(&10));
/// ```
pub const fn is_less_than<Limit: takes::Ordered>(limit: Limit) -> Matcher<(Limit,)> {
    static DEFINITION: Definition = Definition::new("is_less_than", &["limit"]);
    Matcher::new(&DEFINITION, (limit,))
}

/// Passes when `actual` <= `limit`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(10, is_at_most(10));
/// assert!(!is_at_most(10).matches(&11));
/// ```
pub const fn is_at_most<Limit: takes::Ordered>(limit: Limit) -> Matcher<(Limit,)> {
    static DEFINITION: Definition = Definition::new("is_at_most", &["limit"]);
    Matcher::new(&DEFINITION, (limit,))
}

/// Passes when `actual` > `limit`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(11, is_greater_than(10));
/// assert!(!is_greater_than(10).matches(&10));
/// ```
pub const fn is_greater_than<Limit: takes::Ordered>(limit: Limit) -> Matcher<(Limit,)> {
    static DEFINITION: Definition = Definition::new("is_greater_than", &["limit"]);
    Matcher::new(&DEFINITION, (limit,))
}

/// Passes when `actual` >= `limit`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(10, is_at_least(10));
/// assert!(!is_at_least(10).matches(&9));
/// ```
pub const fn is_at_least<Limit: takes::Ordered>(limit: Limit) -> Matcher<(Limit,)> {
    static DEFINITION: Definition = Definition::new("is_at_least", &["limit"]);
    Matcher::new(&DEFINITION, (limit,))
}

/// Passes when `low` <= `actual` <= `high`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(10, is_between(1, 10));
/// assert!(!is_between(1, 10).matches(&12));
/// ```
pub const fn is_between<Low: takes::Ordered, High: takes::Ordered>(
    low: Low,
    high: High,
) -> Matcher<(Low, High)> {
    static DEFINITION: Definition = Definition::new("is_between", &["low", "high"]);
    Matcher::new(&DEFINITION, (low, high))
}

/// Passes when `low` < `actual` < `high`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(9, is_strictly_between(1, 10));
/// assert!(!is_strictly_between(1, 10).matches(&10));
/// ```
pub const fn is_strictly_between<Low: takes::Ordered, High: takes::Ordered>(
    low: Low,
    high: High,
) -> Matcher<(Low, High)> {
    static DEFINITION: Definition = Definition::new("is_strictly_between", &["low", "high"]);
    Matcher::new(&DEFINITION, (low, high))
}

/// Passes when `actual` < `low` or `actual` > `high`.
///
/// `actual` is ordered.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(12, is_not_between(1, 10));
/// assert!(!is_not_between(1, 10).matches(&10));
/// ```
pub const fn is_not_between<Low: takes::Ordered, High: takes::Ordered>(
    low: Low,
    high: High,
) -> Matcher<(Low, High)> {
    static DEFINITION: Definition = Definition::new("is_not_between", &["low", "high"]);
    Matcher::new(&DEFINITION, (low, high))
}

/// Passes when each item <= the next one.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 2], is_sorted());
/// assert!(!is_sorted().matches(&[1, 3, 2]));
/// ```
pub const fn is_sorted() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_sorted", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when each item >= the next one.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 2, 1], is_sorted_descending());
/// assert!(!is_sorted_descending().matches(&[2, 3, 1]));
/// ```
pub const fn is_sorted_descending() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_sorted_descending", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when each item < the next one.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], is_strictly_increasing());
/// assert!(!is_strictly_increasing().matches(&[1, 2, 2]));
/// ```
pub const fn is_strictly_increasing() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_strictly_increasing", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when each item > the next one.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([3, 2, 1], is_strictly_decreasing());
/// assert!(!is_strictly_decreasing().matches(&[3, 2, 2]));
/// ```
pub const fn is_strictly_decreasing() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_strictly_decreasing", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when each value at `path` <= that of the next item.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!((BTreeMap::from([("n", 1)]), BTreeMap::from([("n", 2)])), is_sorted_by("$.n"));
/// assert!(!is_sorted_by("$.n").matches(&(BTreeMap::from([("n", 2)]), BTreeMap::from([("n", 1)]))));
/// ```
pub const fn is_sorted_by<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("is_sorted_by", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when the smallest item compares as the same as `value`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([3, 1, 2], has_minimum(1));
/// assert!(!has_minimum(1).matches(&[3, 2]));
/// ```
pub const fn has_minimum<Value: takes::Ordered>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_minimum", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when the largest item compares as the same as `value`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([3, 1, 2], has_maximum(3));
/// assert!(!has_maximum(3).matches(&[1, 2]));
/// ```
pub const fn has_maximum<Value: takes::Ordered>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_maximum", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

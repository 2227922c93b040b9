// Generated from `catalog/` by `make generate`. Do not edit.

//! Checks of items.

use crate::matching::{Definition, Matcher, Nested, NestedList, takes};

/// Passes when `check` passes for every item.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 10], all_satisfy(is_between(1, 10)));
/// assert!(!all_satisfy(is_between(1, 10)).matches(&[1, 12]));
/// ```
pub const fn all_satisfy<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("all_satisfy", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when `check` passes for at least one item.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 10], any_satisfies(is_greater_than(9)));
/// assert!(!any_satisfies(is_greater_than(9)).matches(&[1, 2]));
/// ```
pub const fn any_satisfies<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("any_satisfies", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when `check` passes for no item.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([0, 1], none_satisfies(is_negative()));
/// assert!(!none_satisfies(is_negative()).matches(&[1, -1]));
/// ```
pub const fn none_satisfies<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("none_satisfies", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when `check` passes for exactly `count` items.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([-1, 2], exactly_satisfy(1, is_negative()));
/// assert!(!exactly_satisfy(1, is_negative()).matches(&[1, 2]));
/// ```
pub const fn exactly_satisfy<Count: takes::Integer, Check: takes::Check>(
    count: Count,
    check: Check,
) -> Matcher<(Count, Nested<Check>)> {
    static DEFINITION: Definition = Definition::new("exactly_satisfy", &["count", "check"]);
    Matcher::new(&DEFINITION, (count, Nested(check)))
}

/// Passes when there are as many checks as items, and each check passes for the item at the same
/// index.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([-1, 1], each_in_order((is_negative(), is_positive())));
/// assert!(!each_in_order((is_negative(), is_positive())).matches(&[1, -1]));
/// ```
pub const fn each_in_order<Checks: takes::Checks>(
    checks: Checks,
) -> Matcher<(NestedList<Checks>,)> {
    static DEFINITION: Definition = Definition::new("each_in_order", &["checks"]);
    Matcher::new(&DEFINITION, (NestedList(checks),))
}

/// Passes when all checks and items can be paired.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, -1], each_in_any_order((is_negative(), is_positive())));
/// assert!(!each_in_any_order((is_negative(), is_positive())).matches(&[1, 2]));
/// ```
pub const fn each_in_any_order<Checks: takes::Checks>(
    checks: Checks,
) -> Matcher<(NestedList<Checks>,)> {
    static DEFINITION: Definition = Definition::new("each_in_any_order", &["checks"]);
    Matcher::new(&DEFINITION, (NestedList(checks),))
}

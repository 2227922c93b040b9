// Generated from `catalog/` by `make generate`. Do not edit.

//! Composition.

use crate::matching::{Definition, Matcher, Nested, NestedList, takes};

/// Passes when every check passes.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(4, satisfies_all((is_positive(), is_even())));
/// assert!(!satisfies_all((is_positive(), is_even())).matches(&5));
/// ```
pub const fn satisfies_all<Checks: takes::Checks>(
    checks: Checks,
) -> Matcher<(NestedList<Checks>,)> {
    static DEFINITION: Definition = Definition::new("satisfies_all", &["checks"]);
    Matcher::new(&DEFINITION, (NestedList(checks),))
}

/// Passes when at least one check passes.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(4, satisfies_any((is_negative(), is_even())));
/// assert!(!satisfies_any((is_negative(), is_even())).matches(&5));
/// ```
pub const fn satisfies_any<Checks: takes::Checks>(
    checks: Checks,
) -> Matcher<(NestedList<Checks>,)> {
    static DEFINITION: Definition = Definition::new("satisfies_any", &["checks"]);
    Matcher::new(&DEFINITION, (NestedList(checks),))
}

/// Passes when no check passes.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(5, satisfies_none((is_negative(), is_even())));
/// assert!(!satisfies_none((is_negative(), is_even())).matches(&4));
/// ```
pub const fn satisfies_none<Checks: takes::Checks>(
    checks: Checks,
) -> Matcher<(NestedList<Checks>,)> {
    static DEFINITION: Definition = Definition::new("satisfies_none", &["checks"]);
    Matcher::new(&DEFINITION, (NestedList(checks),))
}

/// Passes when `check` fails.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(5, does_not_satisfy(is_even()));
/// assert!(!does_not_satisfy(is_even()).matches(&4));
/// ```
pub const fn does_not_satisfy<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("does_not_satisfy", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when `condition` fails, or both pass.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(-1, satisfies_when(is_positive(), is_even()));
/// assert!(!satisfies_when(is_positive(), is_even()).matches(&5));
/// ```
pub const fn satisfies_when<Condition: takes::Check, Check: takes::Check>(
    condition: Condition,
    check: Check,
) -> Matcher<(Nested<Condition>, Nested<Check>)> {
    static DEFINITION: Definition = Definition::new("satisfies_when", &["condition", "check"]);
    Matcher::new(&DEFINITION, (Nested(condition), Nested(check)))
}

/// Passes when `check` passes for the transformed value.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(" a ", transformed_by("trim", equal("a")));
/// assert!(!transformed_by("trim", equal("a")).matches(&" b "));
/// ```
pub const fn transformed_by<Transform: takes::Text, Check: takes::Check>(
    transform: Transform,
    check: Check,
) -> Matcher<(Transform, Nested<Check>)> {
    static DEFINITION: Definition = Definition::new("transformed_by", &["transform", "check"]);
    Matcher::new(&DEFINITION, (transform, Nested(check)))
}

// Generated from `catalog/` by `make generate`. Do not edit.

//! Equality.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when `actual` equals `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("id", 7)]), equal(BTreeMap::from([("id", 7)])));
/// assert!(!equal(BTreeMap::from([("id", 7)])).matches(&BTreeMap::from([("id", 8)])));
/// ```
pub const fn equal<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equal", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` does not equal `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(2, not_equal(1));
/// assert!(!not_equal(1).matches(&1));
/// ```
pub const fn not_equal<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("not_equal", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is identical to `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0.0, identical(0.0));
/// assert!(!identical(0.0).matches(&-0.0));
/// ```
pub const fn identical<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("identical", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is not identical to `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(-0.0, not_identical(0.0));
/// assert!(!not_identical(0.0).matches(&0.0));
/// ```
pub const fn not_identical<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("not_identical", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is equivalent to `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(2, equivalent(2.0));
/// assert!(!equivalent(2.0).matches(&3));
/// ```
pub const fn equivalent<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equivalent", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is not equivalent to `expected`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(3, not_equivalent(2.0));
/// assert!(!not_equivalent(2.0).matches(&2));
/// ```
pub const fn not_equivalent<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("not_equivalent", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is null.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!((), is_null());
/// assert!(!is_null().matches(&0));
/// ```
pub const fn is_null() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_null", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not null.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0, is_not_null());
/// assert!(!is_not_null().matches(&()));
/// ```
pub const fn is_not_null() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_null", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is the bool true.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(true, is_true());
/// assert!(!is_true().matches(&false));
/// ```
pub const fn is_true() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_true", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is the bool false.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(false, is_false());
/// assert!(!is_false().matches(&true));
/// ```
pub const fn is_false() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_false", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` equals some item of `options`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("red", is_one_of(["red", "green"]));
/// assert!(!is_one_of(["red", "green"]).matches(&"blue"));
/// ```
pub const fn is_one_of<Options: takes::List>(options: Options) -> Matcher<(Options,)> {
    static DEFINITION: Definition = Definition::new("is_one_of", &["options"]);
    Matcher::new(&DEFINITION, (options,))
}

/// Passes when `actual` equals no item of `options`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("blue", is_not_one_of(["red", "green"]));
/// assert!(!is_not_one_of(["red", "green"]).matches(&"red"));
/// ```
pub const fn is_not_one_of<Options: takes::List>(options: Options) -> Matcher<(Options,)> {
    static DEFINITION: Definition = Definition::new("is_not_one_of", &["options"]);
    Matcher::new(&DEFINITION, (options,))
}

/// Passes when `actual` is a zero value.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0, is_zero_value());
/// assert!(!is_zero_value().matches(&1));
/// ```
pub const fn is_zero_value() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_zero_value", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not a zero value.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1, is_not_zero_value());
/// assert!(!is_not_zero_value().matches(&0));
/// ```
pub const fn is_not_zero_value() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_zero_value", &[]);
    Matcher::new(&DEFINITION, ())
}

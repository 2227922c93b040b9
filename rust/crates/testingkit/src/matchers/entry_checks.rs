// Generated from `catalog/` by `make generate`. Do not edit.

//! Checks of entries.

use crate::matching::{Definition, Matcher, Nested, takes};
use crate::value::ToValue;

/// Passes when `check` passes for every key.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), all_keys_satisfy(is_ascii_lowercase()));
/// assert!(!all_keys_satisfy(is_ascii_lowercase()).matches(&BTreeMap::from([("B", 2), ("a", 1)])));
/// ```
pub const fn all_keys_satisfy<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("all_keys_satisfy", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when `check` passes for every value.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), all_values_satisfy(is_positive()));
/// assert!(!all_values_satisfy(is_positive()).matches(&BTreeMap::from([("a", 1), ("b", -2)])));
/// ```
pub const fn all_values_satisfy<Check: takes::Check>(check: Check) -> Matcher<(Nested<Check>,)> {
    static DEFINITION: Definition = Definition::new("all_values_satisfy", &["check"]);
    Matcher::new(&DEFINITION, (Nested(check),))
}

/// Passes when some entry has a key that equals `key` and a value for which `check` passes.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_entry_satisfying("a", is_positive()));
/// assert!(!has_entry_satisfying("a", is_positive()).matches(&BTreeMap::from([("a", -1)])));
/// ```
pub const fn has_entry_satisfying<Key: ToValue, Check: takes::Check>(
    key: Key,
    check: Check,
) -> Matcher<(Key, Nested<Check>)> {
    static DEFINITION: Definition = Definition::new("has_entry_satisfying", &["key", "check"]);
    Matcher::new(&DEFINITION, (key, Nested(check)))
}

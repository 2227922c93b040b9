// Generated from `catalog/` by `make generate`. Do not edit.

//! Maps.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when a key of the map equals `key`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_key("a"));
/// assert!(!has_key("a").matches(&BTreeMap::from([("b", 1)])));
/// ```
pub const fn has_key<Key: ToValue>(key: Key) -> Matcher<(Key,)> {
    static DEFINITION: Definition = Definition::new("has_key", &["key"]);
    Matcher::new(&DEFINITION, (key,))
}

/// Passes when no key of the map equals `key`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("b", 1)]), lacks_key("a"));
/// assert!(!lacks_key("a").matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn lacks_key<Key: ToValue>(key: Key) -> Matcher<(Key,)> {
    static DEFINITION: Definition = Definition::new("lacks_key", &["key"]);
    Matcher::new(&DEFINITION, (key,))
}

/// Passes when every item of `keys` equals some key of the map.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), has_keys(["a", "b"]));
/// assert!(!has_keys(["a", "b"]).matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn has_keys<Keys: takes::List>(keys: Keys) -> Matcher<(Keys,)> {
    static DEFINITION: Definition = Definition::new("has_keys", &["keys"]);
    Matcher::new(&DEFINITION, (keys,))
}

/// Passes when no item of `keys` equals a key of the map.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("c", 1)]), lacks_keys(["a", "b"]));
/// assert!(!lacks_keys(["a", "b"]).matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn lacks_keys<Keys: takes::List>(keys: Keys) -> Matcher<(Keys,)> {
    static DEFINITION: Definition = Definition::new("lacks_keys", &["keys"]);
    Matcher::new(&DEFINITION, (keys,))
}

/// Passes when some item of `keys` equals some key of the map.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_any_key(["a", "b"]));
/// assert!(!has_any_key(["a", "b"]).matches(&BTreeMap::from([("c", 1)])));
/// ```
pub const fn has_any_key<Keys: takes::List>(keys: Keys) -> Matcher<(Keys,)> {
    static DEFINITION: Definition = Definition::new("has_any_key", &["keys"]);
    Matcher::new(&DEFINITION, (keys,))
}

/// Passes when every item of `keys` equals some key of the map, and every key some item.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), has_only_keys(["a", "b"]));
/// assert!(!has_only_keys(["a", "b"]).matches(&BTreeMap::from([("a", 1), ("c", 3)])));
/// ```
pub const fn has_only_keys<Keys: takes::List>(keys: Keys) -> Matcher<(Keys,)> {
    static DEFINITION: Definition = Definition::new("has_only_keys", &["keys"]);
    Matcher::new(&DEFINITION, (keys,))
}

/// Passes when some value of the map equals `value`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_value(1));
/// assert!(!has_value(1).matches(&BTreeMap::from([("a", 2)])));
/// ```
pub const fn has_value<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_value", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when no value of the map equals `value`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 2)]), lacks_value(1));
/// assert!(!lacks_value(1).matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn lacks_value<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("lacks_value", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when every item of `values` equals some value of the map.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), has_values([1, 2]));
/// assert!(!has_values([1, 2]).matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn has_values<Values: takes::List>(values: Values) -> Matcher<(Values,)> {
    static DEFINITION: Definition = Definition::new("has_values", &["values"]);
    Matcher::new(&DEFINITION, (values,))
}

/// Passes when some entry has a key that equals `key` and a value that equals `value`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_entry("a", 1));
/// assert!(!has_entry("a", 1).matches(&BTreeMap::from([("a", 2)])));
/// ```
pub const fn has_entry<Key: ToValue, Value: ToValue>(
    key: Key,
    value: Value,
) -> Matcher<(Key, Value)> {
    static DEFINITION: Definition = Definition::new("has_entry", &["key", "value"]);
    Matcher::new(&DEFINITION, (key, value))
}

/// Passes when no entry has a key that equals `key` and a value that equals `value`.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 2)]), lacks_entry("a", 1));
/// assert!(!lacks_entry("a", 1).matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn lacks_entry<Key: ToValue, Value: ToValue>(
    key: Key,
    value: Value,
) -> Matcher<(Key, Value)> {
    static DEFINITION: Definition = Definition::new("lacks_entry", &["key", "value"]);
    Matcher::new(&DEFINITION, (key, value))
}

/// Passes when for every entry of `entries`, some entry of `actual` has an equal key and an equal
/// value.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), has_entries(BTreeMap::from([("a", 1)])));
/// assert!(!has_entries(BTreeMap::from([("a", 1)])).matches(&BTreeMap::from([("b", 2)])));
/// ```
pub const fn has_entries<Entries: takes::Map>(entries: Entries) -> Matcher<(Entries,)> {
    static DEFINITION: Definition = Definition::new("has_entries", &["entries"]);
    Matcher::new(&DEFINITION, (entries,))
}

/// Passes when for every entry of `actual`, some entry of `other` has an equal key and an equal
/// value.
///
/// `actual` is map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), is_submap_of(BTreeMap::from([("a", 1), ("b", 2)])));
/// assert!(!is_submap_of(BTreeMap::from([("a", 1), ("b", 2)])).matches(&BTreeMap::from([("c", 3)])));
/// ```
pub const fn is_submap_of<Other: takes::Map>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_submap_of", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

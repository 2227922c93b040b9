// Generated from `catalog/` by `make generate`. Do not edit.

//! Structure.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when there is a field with this name.
///
/// `actual` is record or map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_field("a"));
/// assert!(!has_field("a").matches(&BTreeMap::from([("b", 1)])));
/// ```
pub const fn has_field<Name: takes::Text>(name: Name) -> Matcher<(Name,)> {
    static DEFINITION: Definition = Definition::new("has_field", &["name"]);
    Matcher::new(&DEFINITION, (name,))
}

/// Passes when there is none.
///
/// `actual` is record or map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("b", 1)]), lacks_field("a"));
/// assert!(!lacks_field("a").matches(&BTreeMap::from([("a", 1)])));
/// ```
pub const fn lacks_field<Name: takes::Text>(name: Name) -> Matcher<(Name,)> {
    static DEFINITION: Definition = Definition::new("lacks_field", &["name"]);
    Matcher::new(&DEFINITION, (name,))
}

/// Passes when there is a field with this name, and it equals `value`.
///
/// `actual` is record or map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1)]), has_field_value("a", 1));
/// assert!(!has_field_value("a", 1).matches(&BTreeMap::from([("a", 2)])));
/// ```
pub const fn has_field_value<Name: takes::Text, Value: ToValue>(
    name: Name,
    value: Value,
) -> Matcher<(Name, Value)> {
    static DEFINITION: Definition = Definition::new("has_field_value", &["name", "value"]);
    Matcher::new(&DEFINITION, (name, value))
}

/// Passes when every item of `names` is the name of a field, and every name of a field is an item
/// of `names`.
///
/// `actual` is record or map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), has_only_fields(["a", "b"]));
/// assert!(!has_only_fields(["a", "b"]).matches(&BTreeMap::from([("a", 1), ("c", 3)])));
/// ```
pub const fn has_only_fields<Names: takes::List<Item: takes::Text>>(
    names: Names,
) -> Matcher<(Names,)> {
    static DEFINITION: Definition = Definition::new("has_only_fields", &["names"]);
    Matcher::new(&DEFINITION, (names,))
}

/// Passes when no field is null.
///
/// `actual` is record or map.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
/// use testingkit::value;
///
/// require!(BTreeMap::from([("a", 1)]), has_no_null_fields());
/// assert!(!has_no_null_fields().matches(&value::Value::from(value::Map::new([(value::Value::from("a"), value::Value::Null)])?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn has_no_null_fields() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("has_no_null_fields", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `path` resolves.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", [1, 2])]), has_path("$.a[1]"));
/// assert!(!has_path("$.a[1]").matches(&BTreeMap::from([("a", [1])])));
/// ```
pub const fn has_path<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("has_path", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when `path` does not resolve.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", [1])]), lacks_path("$.a[1]"));
/// assert!(!lacks_path("$.a[1]").matches(&BTreeMap::from([("a", [1, 2])])));
/// ```
pub const fn lacks_path<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("lacks_path", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when `path` resolves to a value that equals `value`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", [1, 2])]), path_equals("$.a[1]", 2));
/// assert!(!path_equals("$.a[1]", 2).matches(&BTreeMap::from([("a", [1, 3])])));
/// ```
pub const fn path_equals<Path: takes::Text, Value: ToValue>(
    path: Path,
    value: Value,
) -> Matcher<(Path, Value)> {
    static DEFINITION: Definition = Definition::new("path_equals", &["path", "value"]);
    Matcher::new(&DEFINITION, (path, value))
}

/// Passes when every key of `entries` is a path that resolves to a value that equals that of the
/// entry.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("a", 1), ("b", 2)]), paths_equal(BTreeMap::from([("$.a", 1), ("$.b", 2)])));
/// assert!(!paths_equal(BTreeMap::from([("$.a", 1), ("$.b", 2)])).matches(&BTreeMap::from([("a", 1), ("b", 3)])));
/// ```
pub const fn paths_equal<Entries: takes::Map>(entries: Entries) -> Matcher<(Entries,)> {
    static DEFINITION: Definition = Definition::new("paths_equal", &["entries"]);
    Matcher::new(&DEFINITION, (entries,))
}

/// Passes when equal without what is at the paths `names`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("id", 7), ("n", 2)]), equals_ignoring_fields(BTreeMap::from([("id", 1), ("n", 2)]), ["$.id"]));
/// assert!(!equals_ignoring_fields(BTreeMap::from([("id", 1), ("n", 2)]), ["$.id"]).matches(&BTreeMap::from([("id", 7), ("n", 3)])));
/// ```
pub const fn equals_ignoring_fields<Expected: ToValue, Names: takes::List<Item: takes::Text>>(
    expected: Expected,
    names: Names,
) -> Matcher<(Expected, Names)> {
    static DEFINITION: Definition =
        Definition::new("equals_ignoring_fields", &["expected", "names"]);
    Matcher::new(&DEFINITION, (expected, names))
}

/// Passes when at every path of `names`, both have equal values.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!(BTreeMap::from([("id", 7), ("n", 2)]), equals_on_fields(BTreeMap::from([("id", 1), ("n", 2)]), ["$.n"]));
/// assert!(!equals_on_fields(BTreeMap::from([("id", 1), ("n", 2)]), ["$.n"]).matches(&BTreeMap::from([("id", 7), ("n", 3)])));
/// ```
pub const fn equals_on_fields<Expected: ToValue, Names: takes::List<Item: takes::Text>>(
    expected: Expected,
    names: Names,
) -> Matcher<(Expected, Names)> {
    static DEFINITION: Definition = Definition::new("equals_on_fields", &["expected", "names"]);
    Matcher::new(&DEFINITION, (expected, names))
}

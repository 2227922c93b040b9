// Generated from `catalog/` by `make generate`. Do not edit.

//! Members.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when some item of `actual` is equal to `item`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], contains(2));
/// assert!(!contains(2).matches(&[1, 3]));
/// ```
pub const fn contains<Item: ToValue>(item: Item) -> Matcher<(Item,)> {
    static DEFINITION: Definition = Definition::new("contains", &["item"]);
    Matcher::new(&DEFINITION, (item,))
}

/// Passes when no item of `actual` is equal to `item`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 3], not_contains(2));
/// assert!(!not_contains(2).matches(&[1, 2, 3]));
/// ```
pub const fn not_contains<Item: ToValue>(item: Item) -> Matcher<(Item,)> {
    static DEFINITION: Definition = Definition::new("not_contains", &["item"]);
    Matcher::new(&DEFINITION, (item,))
}

/// Passes when every item of `items` occurs in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 3, 1], contains_all([1, 2]));
/// assert!(!contains_all([1, 2]).matches(&[1, 3]));
/// ```
pub const fn contains_all<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_all", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when at least one item of `items` occurs in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 3], contains_any([1, 2]));
/// assert!(!contains_any([1, 2]).matches(&[3, 4]));
/// ```
pub const fn contains_any<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_any", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when no item of `items` occurs in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([3, 4], contains_none([1, 2]));
/// assert!(!contains_none([1, 2]).matches(&[2, 3]));
/// ```
pub const fn contains_none<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_none", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when every item of `items` occurs in `actual`, and every item of `actual` in `items`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 1, 2], contains_only([1, 2]));
/// assert!(!contains_only([1, 2]).matches(&[1, 2, 3]));
/// ```
pub const fn contains_only<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_only", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when all items of `actual` and `items` can be paired.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 1], contains_exactly_in_any_order([1, 2]));
/// assert!(!contains_exactly_in_any_order([1, 2]).matches(&[2, 2]));
/// ```
pub const fn contains_exactly_in_any_order<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_exactly_in_any_order", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when exactly `count` items of `actual` are equal to `item`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 1], contains_times(1, 2));
/// assert!(!contains_times(1, 2).matches(&[1, 2]));
/// ```
pub const fn contains_times<Item: ToValue, Count: takes::Integer>(
    item: Item,
    count: Count,
) -> Matcher<(Item, Count)> {
    static DEFINITION: Definition = Definition::new("contains_times", &["item", "count"]);
    Matcher::new(&DEFINITION, (item, count))
}

/// Passes when exactly one item is equal to `item`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], contains_once(2));
/// assert!(!contains_once(2).matches(&[2, 2]));
/// ```
pub const fn contains_once<Item: ToValue>(item: Item) -> Matcher<(Item,)> {
    static DEFINITION: Definition = Definition::new("contains_once", &["item"]);
    Matcher::new(&DEFINITION, (item,))
}

/// Passes when no two items are equal.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_no_duplicates());
/// assert!(!has_no_duplicates().matches(&[1, 2, 1]));
/// ```
pub const fn has_no_duplicates() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("has_no_duplicates", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when no two values at `path` are equal.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!((BTreeMap::from([("n", 1)]), BTreeMap::from([("n", 2)])), has_no_duplicates_by("$.n"));
/// assert!(!has_no_duplicates_by("$.n").matches(&(BTreeMap::from([("n", 1)]), BTreeMap::from([("n", 1)]))));
/// ```
pub const fn has_no_duplicates_by<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("has_no_duplicates_by", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when two items are equal.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 1], has_duplicates());
/// assert!(!has_duplicates().matches(&[1, 2]));
/// ```
pub const fn has_duplicates() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("has_duplicates", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when there is exactly one item, and it is equal to `value`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1], has_single_item(1));
/// assert!(!has_single_item(1).matches(&[1, 2]));
/// ```
pub const fn has_single_item<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_single_item", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when every item is equal to the first one, or there is none.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 2], all_items_equal());
/// assert!(!all_items_equal().matches(&[2, 3]));
/// ```
pub const fn all_items_equal() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("all_items_equal", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when no item is null.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_no_nulls());
/// assert!(!has_no_nulls().matches(&[Some(1), None]));
/// ```
pub const fn has_no_nulls() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("has_no_nulls", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when the exact sum of the items is `value`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], sums_to(6));
/// assert!(!sums_to(6).matches(&[1, 2]));
/// ```
pub const fn sums_to<Value: takes::Integer>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("sums_to", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

// Generated from `catalog/` by `make generate`. Do not edit.

//! Sequences.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when `actual` and `items` are equal.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], contains_exactly([1, 2]));
/// assert!(!contains_exactly([1, 2]).matches(&[2, 1]));
/// ```
pub const fn contains_exactly<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_exactly", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when items of `actual` that follow each other without a gap are equal to those of
/// `items`, in their order.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], contains_sequence([2, 3]));
/// assert!(!contains_sequence([2, 3]).matches(&[2, 1, 3]));
/// ```
pub const fn contains_sequence<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_sequence", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when items of `actual` are equal to those of `items`, in their order; other items may be
/// between them.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], contains_subsequence([1, 3]));
/// assert!(!contains_subsequence([1, 3]).matches(&[3, 2, 1]));
/// ```
pub const fn contains_subsequence<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("contains_subsequence", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when the first items of `actual` are equal to `items`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], starts_with_items([1, 2]));
/// assert!(!starts_with_items([1, 2]).matches(&[1, 3]));
/// ```
pub const fn starts_with_items<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("starts_with_items", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when the last items of `actual` are equal to `items`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], ends_with_items([2, 3]));
/// assert!(!ends_with_items([2, 3]).matches(&[1, 3]));
/// ```
pub const fn ends_with_items<Items: takes::List>(items: Items) -> Matcher<(Items,)> {
    static DEFINITION: Definition = Definition::new("ends_with_items", &["items"]);
    Matcher::new(&DEFINITION, (items,))
}

/// Passes when the item at `index` is equal to `value`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(["a", "b"], has_item_at(1, "b"));
/// assert!(!has_item_at(1, "b").matches(&["a", "c"]));
/// ```
pub const fn has_item_at<Index: takes::Integer, Value: ToValue>(
    index: Index,
    value: Value,
) -> Matcher<(Index, Value)> {
    static DEFINITION: Definition = Definition::new("has_item_at", &["index", "value"]);
    Matcher::new(&DEFINITION, (index, value))
}

/// Passes when the first item is equal to `value`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(["a", "b"], has_first("a"));
/// assert!(!has_first("a").matches(&["b", "a"]));
/// ```
pub const fn has_first<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_first", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when the last item is equal to `value`.
///
/// `actual` is list.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(["a", "b"], has_last("b"));
/// assert!(!has_last("b").matches(&["b", "a"]));
/// ```
pub const fn has_last<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_last", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

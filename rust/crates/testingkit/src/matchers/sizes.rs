// Generated from `catalog/` by `make generate`. Do not edit.

//! Sizes.

use crate::matching::{Definition, Matcher, takes};

/// Passes when the size is `count`.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_length(2));
/// assert!(!has_length(2).matches(&[1]));
/// ```
pub const fn has_length<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_length", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when the size is at least `count`.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_length_at_least(2));
/// assert!(!has_length_at_least(2).matches(&[1]));
/// ```
pub const fn has_length_at_least<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_length_at_least", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when the size is at most `count`.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_length_at_most(2));
/// assert!(!has_length_at_most(2).matches(&[1, 2, 3]));
/// ```
pub const fn has_length_at_most<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_length_at_most", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when the size is at least `low` and at most `high`.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1], has_length_between(1, 2));
/// assert!(!has_length_between(1, 2).matches(&[0; 0]));
/// ```
pub const fn has_length_between<Low: takes::Integer, High: takes::Integer>(
    low: Low,
    high: High,
) -> Matcher<(Low, High)> {
    static DEFINITION: Definition = Definition::new("has_length_between", &["low", "high"]);
    Matcher::new(&DEFINITION, (low, high))
}

/// Passes when the size is that of `other`.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(["a", "b"], has_same_length_as([1, 2]));
/// assert!(!has_same_length_as([1, 2]).matches(&["a"]));
/// ```
pub const fn has_same_length_as<Other: takes::Sizable>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("has_same_length_as", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when the size is 0.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([0; 0], is_empty());
/// assert!(!is_empty().matches(&[1]));
/// ```
pub const fn is_empty() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_empty", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when the size is not 0.
///
/// `actual` is sized.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1], is_not_empty());
/// assert!(!is_not_empty().matches(&[0; 0]));
/// ```
pub const fn is_not_empty() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_empty", &[]);
    Matcher::new(&DEFINITION, ())
}

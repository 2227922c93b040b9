// Generated from `catalog/` by `make generate`. Do not edit.

//! Equality of texts.

use crate::matching::{Definition, Matcher, takes};

/// Passes when both texts are equal after `A` to `Z` become `a` to `z`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("Hello", equals_ignoring_ascii_case("hello"));
/// assert!(!equals_ignoring_ascii_case("hello").matches(&"Help"));
/// ```
pub const fn equals_ignoring_ascii_case<Expected: takes::Text>(
    expected: Expected,
) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equals_ignoring_ascii_case", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when both texts are equal after whitespace is removed.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("ab", equals_ignoring_whitespace("a b"));
/// assert!(!equals_ignoring_whitespace("a b").matches(&"abc"));
/// ```
pub const fn equals_ignoring_whitespace<Expected: takes::Text>(
    expected: Expected,
) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equals_ignoring_whitespace", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when both texts are equal after whitespace at the start and at the end is removed and
/// every other run of whitespace becomes one space (U+0020).
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(" a  b ", equals_normalizing_whitespace("a b"));
/// assert!(!equals_normalizing_whitespace("a b").matches(&"ab"));
/// ```
pub const fn equals_normalizing_whitespace<Expected: takes::Text>(
    expected: Expected,
) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equals_normalizing_whitespace", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when both texts are equal after CR LF becomes LF, and then every other CR.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("a\r\nb", equals_normalizing_newlines("a\nb"));
/// assert!(!equals_normalizing_newlines("a\nb").matches(&"ab"));
/// ```
pub const fn equals_normalizing_newlines<Expected: takes::Text>(
    expected: Expected,
) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equals_normalizing_newlines", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

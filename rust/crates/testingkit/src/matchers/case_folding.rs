// Generated from `catalog/` by `make generate`. Do not edit.

//! Case.

use crate::matching::{Definition, Matcher, takes};

/// Passes when both texts are the same after they are folded.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("STRAẞE", equals_ignoring_case("straße"));
/// assert!(!equals_ignoring_case("straße").matches(&"strasse"));
/// ```
pub const fn equals_ignoring_case<Expected: takes::Text>(
    expected: Expected,
) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("equals_ignoring_case", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when the folded `part` occurs in the folded `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("CAFÉ", contains_ignoring_case("é"));
/// assert!(!contains_ignoring_case("é").matches(&"cafe"));
/// ```
pub const fn contains_ignoring_case<Part: takes::Text>(part: Part) -> Matcher<(Part,)> {
    static DEFINITION: Definition = Definition::new("contains_ignoring_case", &["part"]);
    Matcher::new(&DEFINITION, (part,))
}

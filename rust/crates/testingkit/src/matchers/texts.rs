// Generated from `catalog/` by `make generate`. Do not edit.

//! Text.

use crate::matching::{Definition, Matcher, takes};

/// Passes when `part` occurs in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", contains_text("ell"));
/// assert!(!contains_text("ell").matches(&"world"));
/// ```
pub const fn contains_text<Part: takes::Text>(part: Part) -> Matcher<(Part,)> {
    static DEFINITION: Definition = Definition::new("contains_text", &["part"]);
    Matcher::new(&DEFINITION, (part,))
}

/// Passes when `part` does not occur in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("world", not_contains_text("ell"));
/// assert!(!not_contains_text("ell").matches(&"hello"));
/// ```
pub const fn not_contains_text<Part: takes::Text>(part: Part) -> Matcher<(Part,)> {
    static DEFINITION: Definition = Definition::new("not_contains_text", &["part"]);
    Matcher::new(&DEFINITION, (part,))
}

/// Passes when every item of `parts` occurs in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", contains_all_text(["he", "lo"]));
/// assert!(!contains_all_text(["he", "lo"]).matches(&"help"));
/// ```
pub const fn contains_all_text<Parts: takes::List<Item: takes::Text>>(
    parts: Parts,
) -> Matcher<(Parts,)> {
    static DEFINITION: Definition = Definition::new("contains_all_text", &["parts"]);
    Matcher::new(&DEFINITION, (parts,))
}

/// Passes when some item of `parts` occurs in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", contains_any_text(["he", "wo"]));
/// assert!(!contains_any_text(["he", "wo"]).matches(&"bye"));
/// ```
pub const fn contains_any_text<Parts: takes::List<Item: takes::Text>>(
    parts: Parts,
) -> Matcher<(Parts,)> {
    static DEFINITION: Definition = Definition::new("contains_any_text", &["parts"]);
    Matcher::new(&DEFINITION, (parts,))
}

/// Passes when no item of `parts` occurs in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("bye", contains_none_text(["he", "wo"]));
/// assert!(!contains_none_text(["he", "wo"]).matches(&"hello"));
/// ```
pub const fn contains_none_text<Parts: takes::List<Item: takes::Text>>(
    parts: Parts,
) -> Matcher<(Parts,)> {
    static DEFINITION: Definition = Definition::new("contains_none_text", &["parts"]);
    Matcher::new(&DEFINITION, (parts,))
}

/// Passes when the items of `parts` occur in `actual` one behind the other, without overlap.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", contains_text_in_order(["he", "lo"]));
/// assert!(!contains_text_in_order(["he", "lo"]).matches(&"lohe"));
/// ```
pub const fn contains_text_in_order<Parts: takes::List<Item: takes::Text>>(
    parts: Parts,
) -> Matcher<(Parts,)> {
    static DEFINITION: Definition = Definition::new("contains_text_in_order", &["parts"]);
    Matcher::new(&DEFINITION, (parts,))
}

/// Passes when `part` occurs in `actual` exactly `count` times.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", contains_text_times("l", 2));
/// assert!(!contains_text_times("l", 2).matches(&"help"));
/// ```
pub const fn contains_text_times<Part: takes::Text, Count: takes::Integer>(
    part: Part,
    count: Count,
) -> Matcher<(Part, Count)> {
    static DEFINITION: Definition = Definition::new("contains_text_times", &["part", "count"]);
    Matcher::new(&DEFINITION, (part, count))
}

/// Passes when `actual` occurs in `container`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("ell", is_text_within("hello"));
/// assert!(!is_text_within("hello").matches(&"elf"));
/// ```
pub const fn is_text_within<Container: takes::Text>(container: Container) -> Matcher<(Container,)> {
    static DEFINITION: Definition = Definition::new("is_text_within", &["container"]);
    Matcher::new(&DEFINITION, (container,))
}

/// Passes when `actual` starts with `prefix`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", starts_with("he"));
/// assert!(!starts_with("he").matches(&"shell"));
/// ```
pub const fn starts_with<Prefix: takes::Text>(prefix: Prefix) -> Matcher<(Prefix,)> {
    static DEFINITION: Definition = Definition::new("starts_with", &["prefix"]);
    Matcher::new(&DEFINITION, (prefix,))
}

/// Passes when `actual` does not start with `prefix`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("shell", not_starts_with("he"));
/// assert!(!not_starts_with("he").matches(&"hello"));
/// ```
pub const fn not_starts_with<Prefix: takes::Text>(prefix: Prefix) -> Matcher<(Prefix,)> {
    static DEFINITION: Definition = Definition::new("not_starts_with", &["prefix"]);
    Matcher::new(&DEFINITION, (prefix,))
}

/// Passes when `actual` ends with `suffix`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("hello", ends_with("lo"));
/// assert!(!ends_with("lo").matches(&"loud"));
/// ```
pub const fn ends_with<Suffix: takes::Text>(suffix: Suffix) -> Matcher<(Suffix,)> {
    static DEFINITION: Definition = Definition::new("ends_with", &["suffix"]);
    Matcher::new(&DEFINITION, (suffix,))
}

/// Passes when `actual` does not end with `suffix`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("loud", not_ends_with("lo"));
/// assert!(!not_ends_with("lo").matches(&"hello"));
/// ```
pub const fn not_ends_with<Suffix: takes::Text>(suffix: Suffix) -> Matcher<(Suffix,)> {
    static DEFINITION: Definition = Definition::new("not_ends_with", &["suffix"]);
    Matcher::new(&DEFINITION, (suffix,))
}

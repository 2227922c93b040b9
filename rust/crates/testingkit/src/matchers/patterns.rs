// Generated from `catalog/` by `make generate`. Do not edit.

//! Patterns.

use crate::matching::{Definition, Matcher, takes};

/// Passes when the pattern matches the whole of `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", matches_regex("[a-z]+"));
/// assert!(!matches_regex("[a-z]+").matches(&"abc1"));
/// ```
pub const fn matches_regex<Pattern: takes::Text>(pattern: Pattern) -> Matcher<(Pattern,)> {
    static DEFINITION: Definition = Definition::new("matches_regex", &["pattern"]);
    Matcher::new(&DEFINITION, (pattern,))
}

/// Passes when the pattern does not match the whole of `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc1", not_matches_regex("[a-z]+"));
/// assert!(!not_matches_regex("[a-z]+").matches(&"abc"));
/// ```
pub const fn not_matches_regex<Pattern: takes::Text>(pattern: Pattern) -> Matcher<(Pattern,)> {
    static DEFINITION: Definition = Definition::new("not_matches_regex", &["pattern"]);
    Matcher::new(&DEFINITION, (pattern,))
}

/// Passes when the pattern has a match in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc1", contains_regex("\\d+"));
/// assert!(!contains_regex("\\d+").matches(&"abc"));
/// ```
pub const fn contains_regex<Pattern: takes::Text>(pattern: Pattern) -> Matcher<(Pattern,)> {
    static DEFINITION: Definition = Definition::new("contains_regex", &["pattern"]);
    Matcher::new(&DEFINITION, (pattern,))
}

/// Passes when the pattern has no match in `actual`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", not_contains_regex("\\d+"));
/// assert!(!not_contains_regex("\\d+").matches(&"abc12"));
/// ```
pub const fn not_contains_regex<Pattern: takes::Text>(pattern: Pattern) -> Matcher<(Pattern,)> {
    static DEFINITION: Definition = Definition::new("not_contains_regex", &["pattern"]);
    Matcher::new(&DEFINITION, (pattern,))
}

/// Passes when the pattern has exactly `count` matches without overlap.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("a1b2", has_regex_match_count("\\d", 2));
/// assert!(!has_regex_match_count("\\d", 2).matches(&"a1"));
/// ```
pub const fn has_regex_match_count<Pattern: takes::Text, Count: takes::Integer>(
    pattern: Pattern,
    count: Count,
) -> Matcher<(Pattern, Count)> {
    static DEFINITION: Definition = Definition::new("has_regex_match_count", &["pattern", "count"]);
    Matcher::new(&DEFINITION, (pattern, count))
}

/// Passes when the named groups of the first match are `groups`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
/// use std::collections::BTreeMap;
///
/// require!("2026-01-02", has_regex_groups("(?P<y>\\d{4})-(?P<m>\\d\\d)", BTreeMap::from([("m", "01"), ("y", "2026")])));
/// assert!(!has_regex_groups("(?P<y>\\d{4})-(?P<m>\\d\\d)", BTreeMap::from([("m", "01"), ("y", "2026")])).matches(&"2026-02-02"));
/// ```
pub const fn has_regex_groups<Pattern: takes::Text, Groups: takes::Map>(
    pattern: Pattern,
    groups: Groups,
) -> Matcher<(Pattern, Groups)> {
    static DEFINITION: Definition = Definition::new("has_regex_groups", &["pattern", "groups"]);
    Matcher::new(&DEFINITION, (pattern, groups))
}

/// Passes when `actual` is a pattern of `pattern.md`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("[a-z]+", is_portable_regex());
/// assert!(!is_portable_regex().matches(&"(?=a)"));
/// ```
pub const fn is_portable_regex() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_portable_regex", &[]);
    Matcher::new(&DEFINITION, ())
}

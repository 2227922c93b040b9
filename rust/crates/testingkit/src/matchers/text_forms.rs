// Generated from `catalog/` by `make generate`. Do not edit.

//! Forms of texts.

use crate::matching::{Definition, Matcher, takes};

/// Passes when every code point is whitespace.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("  ", is_blank());
/// assert!(!is_blank().matches(&" a "));
/// ```
pub const fn is_blank() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_blank", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when some code point is not whitespace.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(" a ", is_not_blank());
/// assert!(!is_not_blank().matches(&"  "));
/// ```
pub const fn is_not_blank() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_blank", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when neither the first nor the last code point is whitespace.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("a b", is_trimmed());
/// assert!(!is_trimmed().matches(&" a"));
/// ```
pub const fn is_trimmed() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_trimmed", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when every code point is at most U+007F.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", is_ascii());
/// assert!(!is_ascii().matches(&"café"));
/// ```
pub const fn is_ascii() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not empty, and every code point is one of `A-Z` `a-z`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", is_ascii_letters());
/// assert!(!is_ascii_letters().matches(&"ab1"));
/// ```
pub const fn is_ascii_letters() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii_letters", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not empty, and every code point is one of `0-9`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("123", is_ascii_digits());
/// assert!(!is_ascii_digits().matches(&"12a"));
/// ```
pub const fn is_ascii_digits() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii_digits", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not empty, and every code point is one of `0-9` `A-Z` `a-z`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("ab1", is_ascii_alphanumeric());
/// assert!(!is_ascii_alphanumeric().matches(&"ab-1"));
/// ```
pub const fn is_ascii_alphanumeric() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii_alphanumeric", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` has none of `A-Z`, and at least one of `a-z`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", is_ascii_lowercase());
/// assert!(!is_ascii_lowercase().matches(&"aBc"));
/// ```
pub const fn is_ascii_lowercase() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii_lowercase", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` has none of `a-z`, and at least one of `A-Z`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("ABC", is_ascii_uppercase());
/// assert!(!is_ascii_uppercase().matches(&"AbC"));
/// ```
pub const fn is_ascii_uppercase() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ascii_uppercase", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when no code point is in the invisible list (`render.md`, *Text*).
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("abc", is_printable());
/// assert!(!is_printable().matches(&"a\tb"));
/// ```
pub const fn is_printable() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_printable", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` has `count` code points.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("café", has_char_count(4));
/// assert!(!has_char_count(4).matches(&"cafes"));
/// ```
pub const fn has_char_count<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_char_count", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when `actual` has `count` octets in UTF-8.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("café", has_utf8_length(5));
/// assert!(!has_utf8_length(5).matches(&"cafe"));
/// ```
pub const fn has_utf8_length<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_utf8_length", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when `actual` has `count` 16-bit units in UTF-16.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("😀", has_utf16_length(2));
/// assert!(!has_utf16_length(2).matches(&"a"));
/// ```
pub const fn has_utf16_length<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_utf16_length", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when `actual` has `count` lines.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("a\nb\n", has_line_count(2));
/// assert!(!has_line_count(2).matches(&"a"));
/// ```
pub const fn has_line_count<Count: takes::Integer>(count: Count) -> Matcher<(Count,)> {
    static DEFINITION: Definition = Definition::new("has_line_count", &["count"]);
    Matcher::new(&DEFINITION, (count,))
}

/// Passes when the lines of `actual` are the items of `lines`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("a\nb\n", has_lines(["a", "b"]));
/// assert!(!has_lines(["a", "b"]).matches(&"a\nc\n"));
/// ```
pub const fn has_lines<Lines: takes::List<Item: takes::Text>>(lines: Lines) -> Matcher<(Lines,)> {
    static DEFINITION: Definition = Definition::new("has_lines", &["lines"]);
    Matcher::new(&DEFINITION, (lines,))
}

// Generated from `catalog/` by `make generate`. Do not edit.

//! Formats of texts.

use crate::matching::{Definition, Matcher};

/// Passes when `actual` is hexadecimal digits: not empty, an even number, each one of `0-9` `A-F`
/// `a-f`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("00ff", is_hex_text());
/// assert!(!is_hex_text().matches(&"0x00"));
/// ```
pub const fn is_hex_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_hex_text", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is base64 of the standard alphabet with canonical padding.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("TWFu", is_base64_text());
/// assert!(!is_base64_text().matches(&"TWF"));
/// ```
pub const fn is_base64_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_base64_text", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is hexadecimal digits, upper or lower case, in groups of 8, 4, 4, 4 and 12
/// with `-` between them.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("6ba7b810-9dad-11d1-80b4-00c04fd430c8", is_uuid());
/// assert!(!is_uuid().matches(&"6ba7b810"));
/// ```
pub const fn is_uuid() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_uuid", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is an IPv4 address.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("192.0.2.1", is_ipv4_text());
/// assert!(!is_ipv4_text().matches(&"192.0.2.01"));
/// ```
pub const fn is_ipv4_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ipv4_text", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is an IPv6 address.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("2001:db8::1", is_ipv6_text());
/// assert!(!is_ipv6_text().matches(&"192.0.2.1"));
/// ```
pub const fn is_ipv6_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_ipv6_text", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is a date and time of RFC 3339.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("2026-01-02T03:04:05Z", is_rfc3339_text());
/// assert!(!is_rfc3339_text().matches(&"2026-01-02"));
/// ```
pub const fn is_rfc3339_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_rfc3339_text", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is a version of Semantic Versioning 2.0.0.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("1.2.3-rc.1", is_semver_text());
/// assert!(!is_semver_text().matches(&"1.2"));
/// ```
pub const fn is_semver_text() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_semver_text", &[]);
    Matcher::new(&DEFINITION, ())
}

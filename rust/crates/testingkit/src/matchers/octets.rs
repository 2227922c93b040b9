// Generated from `catalog/` by `make generate`. Do not edit.

//! Bytes.

use crate::matching::{Definition, Matcher, takes};
use crate::value::Octets;

/// Passes when `part` occurs in `actual`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abcd"), contains_bytes(b"bc"));
/// assert!(!contains_bytes(b"bc").matches(&Octets(b"abd")));
/// ```
pub const fn contains_bytes<Part: AsRef<[u8]>>(part: Part) -> Matcher<(Octets<Part>,)> {
    static DEFINITION: Definition = Definition::new("contains_bytes", &["part"]);
    Matcher::new(&DEFINITION, (Octets(part),))
}

/// Passes when `actual` starts with `prefix`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abcd"), starts_with_bytes(b"ab"));
/// assert!(!starts_with_bytes(b"ab").matches(&Octets(b"bcd")));
/// ```
pub const fn starts_with_bytes<Prefix: AsRef<[u8]>>(prefix: Prefix) -> Matcher<(Octets<Prefix>,)> {
    static DEFINITION: Definition = Definition::new("starts_with_bytes", &["prefix"]);
    Matcher::new(&DEFINITION, (Octets(prefix),))
}

/// Passes when `actual` ends with `suffix`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abcd"), ends_with_bytes(b"cd"));
/// assert!(!ends_with_bytes(b"cd").matches(&Octets(b"abc")));
/// ```
pub const fn ends_with_bytes<Suffix: AsRef<[u8]>>(suffix: Suffix) -> Matcher<(Octets<Suffix>,)> {
    static DEFINITION: Definition = Definition::new("ends_with_bytes", &["suffix"]);
    Matcher::new(&DEFINITION, (Octets(suffix),))
}

/// Passes when the octet at `index` is `value`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abc"), has_byte_at(0, 97));
/// assert!(!has_byte_at(0, 97).matches(&Octets(b"bcd")));
/// ```
pub const fn has_byte_at<Index: takes::Integer, Value: takes::Integer>(
    index: Index,
    value: Value,
) -> Matcher<(Index, Value)> {
    static DEFINITION: Definition = Definition::new("has_byte_at", &["index", "value"]);
    Matcher::new(&DEFINITION, (index, value))
}

/// Passes when `actual` is valid UTF-8.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abc"), is_valid_utf8());
/// assert!(!is_valid_utf8().matches(&Octets(b"\xff")));
/// ```
pub const fn is_valid_utf8() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_valid_utf8", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is the UTF-8 encoding of `text`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abc"), decodes_to_text("abc"));
/// assert!(!decodes_to_text("abc").matches(&Octets(b"abd")));
/// ```
pub const fn decodes_to_text<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("decodes_to_text", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when the hexadecimal digits of `actual` are `hex`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"\0\xff"), hex_equals("00FF"));
/// assert!(!hex_equals("00FF").matches(&Octets(b"\0")));
/// ```
pub const fn hex_equals<Hex: takes::Text>(hex: Hex) -> Matcher<(Hex,)> {
    static DEFINITION: Definition = Definition::new("hex_equals", &["hex"]);
    Matcher::new(&DEFINITION, (hex,))
}

/// Passes when the hexadecimal digits of the SHA-256 digest are `hex`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abc"), has_sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
/// assert!(!has_sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").matches(&Octets(b"")));
/// ```
pub const fn has_sha256<Hex: takes::Text>(hex: Hex) -> Matcher<(Hex,)> {
    static DEFINITION: Definition = Definition::new("has_sha256", &["hex"]);
    Matcher::new(&DEFINITION, (hex,))
}

/// Passes when the CRC-32 is `value`.
///
/// `actual` is bytes.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(Octets(b"abc"), has_crc32(891568578));
/// assert!(!has_crc32(891568578).matches(&Octets(b"abd")));
/// ```
pub const fn has_crc32<Value: takes::Integer>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("has_crc32", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

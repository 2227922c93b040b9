//! The assertions of the formats of texts (`docs/kit/assertions.md`, formats of texts).
//!
//! The readers are written here, because those of the languages differ in what they accept. Some
//! read octets, since a text that has a format is ASCII up to where it leaves the format.

use super::entry::Rule;
use super::text_forms::{all_of, by_index, first_other};
use super::texts::text;

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "is_hex_text",
        Rule::detailed(|actual, _| by_index(actual, leaves_hex)),
    ),
    (
        "is_base64_text",
        Rule::detailed(|actual, _| by_index(actual, leaves_base64)),
    ),
    (
        "is_uuid",
        Rule::plain(|actual, _| text(actual).map(is_uuid)),
    ),
    (
        "is_ipv4_text",
        Rule::plain(|actual, _| text(actual).map(is_ipv4)),
    ),
    (
        "is_ipv6_text",
        Rule::plain(|actual, _| text(actual).map(is_ipv6)),
    ),
    (
        "is_rfc3339_text",
        Rule::plain(|actual, _| text(actual).map(is_rfc3339)),
    ),
    (
        "is_semver_text",
        Rule::plain(|actual, _| text(actual).map(is_semver)),
    ),
];

const MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn leaves_hex(text: &str) -> Option<usize> {
    let too_short = text.is_empty() || !text.len().is_multiple_of(2);
    first_other(text, |char| char.is_ascii_hexdigit()).or(too_short.then_some(text.len()))
}

fn leaves_base64(text: &str) -> Option<usize> {
    let mut previous = 0;
    for (index, char) in text.bytes().enumerate() {
        if !continues_base64(index % 4, previous, char) {
            return Some(index);
        }
        previous = char;
    }
    (!text.len().is_multiple_of(4)).then_some(text.len())
}

/// Returns whether a character may be at a place of its group, behind another one.
fn continues_base64(place: usize, previous: u8, char: u8) -> bool {
    if char != b'=' {
        return sextet(char).is_some() && previous != b'=';
    }
    // The bits of the character before it that belong to no octet must be 0.
    match (place, sextet(previous)) {
        (2, Some(bits)) => bits & 0b1111 == 0,
        (3, Some(bits)) => bits & 0b11 == 0,
        (3, None) => previous == b'=',
        _ => false,
    }
}

/// Returns the six bits that a character of base64 writes.
const fn sextet(char: u8) -> Option<u8> {
    match char {
        b'A'..=b'Z' => Some(char - b'A'),
        b'a'..=b'z' => Some(char - b'a' + 26),
        b'0'..=b'9' => Some(char - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, char)| match index {
            8 | 13 | 18 | 23 => char == b'-',
            _ => char.is_ascii_hexdigit(),
        })
}

fn is_ipv4(text: &str) -> bool {
    text.split('.').count() == 4 && text.split('.').all(is_octet)
}

fn is_octet(text: &str) -> bool {
    is_number(text) && text.len() <= 3 && number(text) <= 255
}

/// Returns whether a text has only digits and no leading zeros.
fn is_number(text: &str) -> bool {
    has_only_digits(text) && (text == "0" || !text.starts_with('0'))
}

fn has_only_digits(text: &str) -> bool {
    all_of(text, |char| char.is_ascii_digit()).is_none()
}

/// Returns the number that a few digits write.
fn number(digits: &str) -> u32 {
    let values = digits.bytes().map(|digit| u32::from(digit - b'0'));
    values.fold(0, |number, digit| number * 10 + digit)
}

fn is_ipv6(text: &str) -> bool {
    let Some((head, tail)) = text.split_once("::") else {
        return count_groups(text, true) == Some(8);
    };
    match (count_groups(head, false), count_groups(tail, true)) {
        (Some(before), Some(after)) => before + after <= 7,
        _ => false,
    }
}

/// Returns the number of groups of an IPv6 address, or `None` if one is not valid. `ipv4` allows an
/// IPv4 address as the last two groups.
fn count_groups(text: &str, ipv4: bool) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut groups: Vec<_> = text.split(':').collect();
    let ends_in_ipv4 = ipv4 && groups.pop_if(|last| is_ipv4(last)).is_some();
    let count = groups.len() + if ends_in_ipv4 { 2 } else { 0 };
    groups.into_iter().all(is_group).then_some(count)
}

fn is_group(text: &str) -> bool {
    text.len() <= 4 && all_of(text, |char| char.is_ascii_hexdigit()).is_none()
}

pub(super) fn is_rfc3339(text: &str) -> bool {
    const SHAPE: &str = "0000-00-00T00:00:00";
    let Some((head, rest)) = text.split_at_checked(SHAPE.len()) else {
        return false;
    };
    has_shape(head, SHAPE)
        && is_date(
            number(&head[..4]),
            number(&head[5..7]),
            number(&head[8..10]),
        )
        && number(&head[11..13]) <= 23
        && number(&head[14..16]) <= 59
        && number(&head[17..]) <= 59
        && is_offset(behind_fraction(rest))
}

/// Returns whether a text has a digit at every 0 of a shape, and else what the shape has.
fn has_shape(text: &str, shape: &str) -> bool {
    let mut pairs = text.bytes().zip(shape.bytes());
    text.len() == shape.len()
        && pairs.all(|pair| match pair {
            (char, b'0') => char.is_ascii_digit(),
            (char, wanted) => char == wanted,
        })
}

pub(super) fn is_date(year: u32, month: u32, day: u32) -> bool {
    if (month, day) == (2, 29) {
        return year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    }
    let days = MONTHS.iter().zip(1..).find(|(_, number)| *number == month);
    days.is_some_and(|(days, _)| (1..=*days).contains(&day))
}

/// Returns what follows the fraction of a second, or the text if it starts with none.
fn behind_fraction(text: &str) -> &str {
    let Some(digits) = text.strip_prefix('.') else {
        return text;
    };
    let rest = digits.trim_start_matches(|char: char| char.is_ascii_digit());
    if rest == digits { text } else { rest }
}

fn is_offset(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    text.strip_prefix(['+', '-']).is_some_and(|offset| {
        has_shape(offset, "00:00") && number(&offset[..2]) <= 23 && number(&offset[3..]) <= 59
    })
}

fn is_semver(text: &str) -> bool {
    let (version, build) = cut(text, '+');
    let (core, release) = cut(version, '-');
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && release.is_none_or(|release| release.split('.').all(is_release_identifier))
        && build.is_none_or(|build| build.split('.').all(is_identifier))
}

/// Returns a text up to a character, and what is behind that.
fn cut(text: &str, char: char) -> (&str, Option<&str>) {
    match text.split_once(char) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_identifier(text: &str) -> bool {
    all_of(text, |char| char.is_ascii_alphanumeric() || char == '-').is_none()
}

fn is_release_identifier(text: &str) -> bool {
    if has_only_digits(text) {
        is_number(text)
    } else {
        is_identifier(text)
    }
}

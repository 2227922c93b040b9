//! The assertions of bytes (`docs/kit/assertions.md`, bytes).

mod digest;

use super::entry::{Finding, Rule};
use super::texts::text;
use crate::value::{ErrorCode, Int, Value};
use digest::{SHA256_OCTETS, crc32, sha256};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("contains_bytes", Rule::plain(contains)),
    ("starts_with_bytes", Rule::plain(starts_with)),
    ("ends_with_bytes", Rule::plain(ends_with)),
    (
        "has_byte_at",
        Rule::detailed(has_byte_at).requiring(value_is_an_octet),
    ),
    ("is_valid_utf8", Rule::detailed(is_valid_utf8)),
    ("decodes_to_text", Rule::detailed(decodes_to_text)),
    (
        "hex_equals",
        Rule::detailed(hex_equals).requiring(hex_has_pairs_of_digits),
    ),
    (
        "has_sha256",
        Rule::detailed(has_sha256).requiring(hex_is_a_sha256),
    ),
    (
        "has_crc32",
        Rule::detailed(has_crc32).requiring(value_is_a_crc32),
    ),
];

/// Returns the octets in a value. The entries accept no other kind.
fn octets(value: &Value) -> Result<&[u8], ErrorCode> {
    match value {
        Value::Bytes(octets) => Ok(octets),
        _ => Err(ErrorCode::WrongKind),
    }
}

/// Returns the integer in a value. The entries accept no other kind.
fn int(value: &Value) -> Result<&Int, ErrorCode> {
    match value {
        Value::Int(int) => Ok(int),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    // The standard library has a search in linear time for texts only.
    let points = |octets: &[u8]| octets.iter().copied().map(char::from).collect::<String>();
    Ok(points(octets(actual)?).contains(&points(octets(arguments[0])?)))
}

fn starts_with(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(octets(actual)?.starts_with(octets(arguments[0])?))
}

fn ends_with(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(octets(actual)?.ends_with(octets(arguments[0])?))
}

/// Fails unless a number is between 0 and a limit.
fn require_up_to(most: u32, number: &Value) -> Result<(), ErrorCode> {
    let number = int(number)?;
    if number.is_negative() || *number > Int::from(most) {
        Err(ErrorCode::BadArgument)
    } else {
        Ok(())
    }
}

fn value_is_an_octet(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require_up_to(u32::from(u8::MAX), arguments[1])
}

fn has_byte_at(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let Some(octet) = octet_at(octets(actual)?, int(arguments[0])?) else {
        return Ok(Finding::plain(false));
    };
    let octet = Value::from(octet);
    let passed = octet.is_equal_to(arguments[1]);
    Ok(Finding::with(passed, "byte", octet))
}

/// Returns the octet at an index, which counts from the end if it is negative.
fn octet_at(octets: &[u8], index: &Int) -> Option<u8> {
    let index = index.to_i64()?;
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let place = if index < 0 {
        octets.len().checked_sub(distance)?
    } else {
        distance
    };
    octets.get(place).copied()
}

fn is_valid_utf8(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match str::from_utf8(octets(actual)?) {
        Ok(_) => Finding::plain(true),
        Err(error) => Finding::with(false, "offset", Value::from(error.valid_up_to())),
    })
}

fn decodes_to_text(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (octets, encoded) = (octets(actual)?, text(arguments[0])?.as_bytes());
    let pairs = octets.iter().zip(encoded);
    let offset = pairs.take_while(|(one, other)| one == other).count();
    Ok(Finding::with(
        octets == encoded,
        "offset",
        Value::from(offset),
    ))
}

fn hex_has_pairs_of_digits(arguments: &[&Value]) -> Result<(), ErrorCode> {
    let digits = text(arguments[0])?.as_bytes();
    if digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit) {
        Ok(())
    } else {
        Err(ErrorCode::BadArgument)
    }
}

fn hex_equals(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    compared_in_hex("hex", octets(actual)?, arguments[0])
}

fn hex_is_a_sha256(arguments: &[&Value]) -> Result<(), ErrorCode> {
    if text(arguments[0])?.len() != 2 * SHA256_OCTETS {
        return Err(ErrorCode::BadArgument);
    }
    hex_has_pairs_of_digits(arguments)
}

fn has_sha256(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    compared_in_hex("digest", &sha256(octets(actual)?), arguments[0])
}

/// Returns the finding of octets with hexadecimal digits in upper or lower case.
fn compared_in_hex(
    detail: &'static str,
    octets: &[u8],
    digits: &Value,
) -> Result<Finding, ErrorCode> {
    let own = hex(octets);
    let passed = own == text(digits)?.to_ascii_lowercase();
    Ok(Finding::with(passed, detail, Value::from(own)))
}

fn hex(octets: &[u8]) -> String {
    let digits = octets.iter().flat_map(|octet| [octet >> 4, octet & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

fn value_is_a_crc32(arguments: &[&Value]) -> Result<(), ErrorCode> {
    require_up_to(u32::MAX, arguments[0])
}

fn has_crc32(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let digest = Value::from(crc32(octets(actual)?));
    let passed = digest.is_equal_to(arguments[0]);
    Ok(Finding::with(passed, "digest", digest))
}

"""The assertions of bytes (docs/kit/assertions.md, bytes)."""

from __future__ import annotations

import hashlib
import re
import zlib

from testingkit.assertions.entry import EvaluationError, Finding, Rule, plain
from testingkit.value import Bytes, ErrorCode, Int, Text

_PAIRS = re.compile(r"(?:[0-9A-Fa-f]{2})*")
_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


def _contains(actual: Bytes, part: Bytes) -> bool:
    return part.value in actual.value


def _starts_with(actual: Bytes, prefix: Bytes) -> bool:
    return actual.value.startswith(prefix.value)


def _ends_with(actual: Bytes, suffix: Bytes) -> bool:
    return actual.value.endswith(suffix.value)


def _check_bits(value: Int, bits: int) -> None:
    if not 0 <= value.value < 1 << bits:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_octet(_index: Int, value: Int) -> None:
    _check_bits(value, 8)


def _has_byte_at(actual: Bytes, index: Int, value: Int) -> Finding:
    size = len(actual.value)
    if not -size <= index.value < size:
        return Finding(passed=False)
    octet = actual.value[index.value]
    return Finding(octet == value.value, (("byte", Int(octet)),))


def _is_valid_utf8(actual: Bytes) -> Finding:
    try:
        actual.value.decode()
    except UnicodeDecodeError as error:
        return Finding(passed=False, details=(("offset", Int(error.start)),))
    return Finding(passed=True)


def _decodes_to_text(actual: Bytes, text: Text) -> Finding:
    encoded = text.value.encode()
    pairs = enumerate(zip(actual.value, encoded, strict=False))
    shorter = min(len(actual.value), len(encoded))
    offset = next((index for index, (one, other) in pairs if one != other), shorter)
    return Finding(actual.value == encoded, (("offset", Int(offset)),))


def _check_digits(hex_digits: Text, form: re.Pattern[str]) -> None:
    if form.fullmatch(hex_digits.value) is None:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_hex(hex_digits: Text) -> None:
    _check_digits(hex_digits, _PAIRS)


def _hex_equals(actual: Bytes, hex_digits: Text) -> Finding:
    own = actual.value.hex()
    return Finding(own == hex_digits.value.lower(), (("hex", Text(own)),))


def _check_sha256(hex_digits: Text) -> None:
    _check_digits(hex_digits, _SHA256)


def _has_sha256(actual: Bytes, hex_digits: Text) -> Finding:
    digest = hashlib.sha256(actual.value).hexdigest()
    return Finding(digest == hex_digits.value.lower(), (("digest", Text(digest)),))


def _check_crc32(value: Int) -> None:
    _check_bits(value, 32)


def _has_crc32(actual: Bytes, value: Int) -> Finding:
    digest = zlib.crc32(actual.value)
    return Finding(digest == value.value, (("digest", Int(digest)),))


RULES = {
    "contains_bytes": plain(_contains),
    "starts_with_bytes": plain(_starts_with),
    "ends_with_bytes": plain(_ends_with),
    "has_byte_at": Rule(_has_byte_at, _check_octet),
    "is_valid_utf8": Rule(_is_valid_utf8),
    "decodes_to_text": Rule(_decodes_to_text),
    "hex_equals": Rule(_hex_equals, _check_hex),
    "has_sha256": Rule(_has_sha256, _check_sha256),
    "has_crc32": Rule(_has_crc32, _check_crc32),
}

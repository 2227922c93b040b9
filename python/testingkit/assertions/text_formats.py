"""The assertions of the formats of texts (docs/kit/assertions.md, formats of texts).

The readers are written here, because those of the languages differ in what they accept.
"""

from __future__ import annotations

import string
from collections.abc import Callable

from testingkit.assertions.entry import Rule, plain
from testingkit.assertions.text_forms import DIGITS, LETTERS, by_index, first_other

_HEX_DIGITS = frozenset(string.hexdigits)
_IDENTIFIER = LETTERS | DIGITS | {"-"}
_BASE64 = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_SEXTETS = {char: sextet for sextet, char in enumerate(_BASE64)}
# By the place in its group of the `=`: the bits of the character before it that must be 0.
_BITS_BEFORE_PADDING = {2: 0b1111, 3: 0b11}
_HYPHENS_OF_UUID = (8, 13, 18, 23)
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _leaves_hex(text: str) -> int | None:
    index = first_other(text, _HEX_DIGITS.__contains__)
    if index is None and (not text or len(text) % 2):
        return len(text)
    return index


def _leaves_base64(text: str) -> int | None:
    previous = ""
    for index, char in enumerate(text):
        if not _continues_base64(index % 4, previous, char):
            return index
        previous = char
    return len(text) if len(text) % 4 else None


def _continues_base64(place: int, previous: str, char: str) -> bool:
    """Returns whether a character may be at a place of its group, behind another one."""
    if char != "=":
        return char in _SEXTETS and previous != "="
    if previous == "=":
        return place == 3
    return place in _BITS_BEFORE_PADDING and not _SEXTETS[previous] & _BITS_BEFORE_PADDING[place]


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and all(
        char == "-" if index in _HYPHENS_OF_UUID else char in _HEX_DIGITS
        for index, char in enumerate(text)
    )


def _is_ipv4(text: str) -> bool:
    numbers = text.split(".")
    return len(numbers) == 4 and all(map(_is_octet, numbers))


def _is_octet(text: str) -> bool:
    return _is_number(text) and len(text) <= 3 and int(text) <= 255


def _is_number(text: str) -> bool:
    """Returns whether a text has only digits and no leading zeros."""
    return bool(text) and DIGITS.issuperset(text) and (text == "0" or text[0] != "0")


def _is_ipv6(text: str) -> bool:
    head, gap, tail = text.partition("::")
    if not gap:
        return _count_groups(text, ipv4=True) == 8
    before, after = _count_groups(head, ipv4=False), _count_groups(tail, ipv4=True)
    return before is not None and after is not None and before + after <= 7


def _count_groups(text: str, *, ipv4: bool) -> int | None:
    """Returns the number of groups of an IPv6 address, or None if one is not valid.

    `ipv4` allows an IPv4 address as the last two groups.
    """
    if not text:
        return 0
    *groups, last = text.split(":")
    size = 1
    if ipv4 and _is_ipv4(last):
        size = 2
    elif not _is_group(last):
        return None
    return len(groups) + size if all(map(_is_group, groups)) else None


def _is_group(text: str) -> bool:
    return 1 <= len(text) <= 4 and _HEX_DIGITS.issuperset(text)


def is_rfc3339(text: str) -> bool:
    """Returns whether a text is a date and time of RFC 3339."""
    head, rest = text[:19], text[19:]
    return (
        _has_shape(head, "0000-00-00T00:00:00")
        and is_date(int(head[:4]), int(head[5:7]), int(head[8:10]))
        and int(head[11:13]) <= 23
        and int(head[14:16]) <= 59
        and int(head[17:]) <= 59
        and _is_offset(_behind_fraction(rest))
    )


def _has_shape(text: str, shape: str) -> bool:
    """Returns whether a text has a digit at every 0 of a shape, and else what the shape has."""
    return len(text) == len(shape) and all(
        char in DIGITS if wanted == "0" else char == wanted
        for char, wanted in zip(text, shape, strict=True)
    )


def is_date(year: int, month: int, day: int) -> bool:
    """Returns whether a date exists in the proleptic Gregorian calendar."""
    is_leap_day = (month, day) == (2, 29)
    if is_leap_day:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _MONTHS[month - 1]


def _behind_fraction(text: str) -> str:
    """Returns what follows the fraction of a second, or the text if it starts with none."""
    rest = text[1:].lstrip(string.digits)
    has_digits = len(rest) < len(text) - 1
    return rest if text.startswith(".") and has_digits else text


def _is_offset(text: str) -> bool:
    if text == "Z":
        return True
    hours, minutes = text[1:3], text[4:]
    return (
        text[:1] in ("+", "-")
        and _has_shape(text[1:], "00:00")
        and int(hours) <= 23
        and int(minutes) <= 59
    )


def _is_semver(text: str) -> bool:
    version, plus, build = text.partition("+")
    core, hyphen, release = version.partition("-")
    numbers = core.split(".")
    return (
        len(numbers) == 3
        and all(map(_is_number, numbers))
        and (not hyphen or all(map(_is_release_identifier, release.split("."))))
        and (not plus or all(map(_is_identifier, build.split("."))))
    )


def _is_identifier(text: str) -> bool:
    return bool(text) and _IDENTIFIER.issuperset(text)


def _is_release_identifier(text: str) -> bool:
    return _is_number(text) if DIGITS.issuperset(text) else _is_identifier(text)


def _of_text(test: Callable[[str], bool]) -> Rule:
    return plain(lambda actual: test(actual.value))


RULES = {
    "is_hex_text": Rule(by_index(_leaves_hex)),
    "is_base64_text": Rule(by_index(_leaves_base64)),
    "is_uuid": _of_text(_is_uuid),
    "is_ipv4_text": _of_text(_is_ipv4),
    "is_ipv6_text": _of_text(_is_ipv6),
    "is_rfc3339_text": _of_text(is_rfc3339),
    "is_semver_text": _of_text(_is_semver),
}

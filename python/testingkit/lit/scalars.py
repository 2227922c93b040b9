"""Parses the numbers, texts and bytes of a `lit`."""

import math
import re

from google.protobuf.message import Message

from testingkit.lit.scanner import Scanner

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>e-?[0-9]+)?")
_AFTER_NUMBER = re.compile(r"[0-9A-Za-z_.+]")
_INFINITY = re.compile(r"-?inf\b")
_SMALLEST_INT, _LARGEST_INT = -(2**63), 2**63 - 1

# The list of docs/kit/render.md. These must be escaped, so that a case file has no invisible
# characters.
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SHORT_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_CODE_POINT = re.compile(r"u\{([0-9a-fA-F]{1,6})\}")
_OCTET = re.compile(r"x([0-9a-fA-F]{2})")
_PRINTABLE = re.compile(r"[ -~]")


def parse_number(scanner: Scanner, value: Message) -> None:
    """Parses an integer of any size or a float into a `Value` message."""
    start = scanner.offset
    if scanner.take_match(_INFINITY):
        set_field(value, "float", -math.inf)
        return
    match = _NUMBER.match(scanner.text, start)
    if match is None:
        scanner.fail("a digit", start + 1)
    scanner.offset = match.end()
    if _AFTER_NUMBER.match(scanner.text, scanner.offset):
        scanner.fail("the end of the number")
    if match["fraction"] is None and match["exponent"] is None:
        _set_integer(scanner, value, match.group(), start)
    else:
        set_field(value, "float", _finite(scanner, match.group(), start))


def _set_integer(scanner: Scanner, value: Message, digits: str, start: int) -> None:
    """Sets the allowed form of the integer: `int` if it fits into 64 bits, else `big_int`."""
    if digits == "-0":
        scanner.refuse("-0 is not an integer; write 0 or -0.0", start)
    # More than 19 digits never fit into 64 bits, and Python limits the digits for int().
    if len(digits) <= 20 and _SMALLEST_INT <= int(digits) <= _LARGEST_INT:
        set_field(value, "int", int(digits))
    else:
        set_field(value, "big_int", digits)


def _finite(scanner: Scanner, text: str, start: int) -> float:
    """Returns the nearest binary64 number. Refuses overflow and underflow."""
    number = float(text)
    if math.isinf(number):
        scanner.refuse("too large for a binary64 number; write inf or -inf", start)
    if number == 0.0 and re.search("[1-9]", text.partition("e")[0]):
        scanner.refuse("too small for a binary64 number; write 0.0 or -0.0", start)
    return number


def parse_text(scanner: Scanner) -> str:
    """Parses a quoted text."""
    scanner.need('"')
    parts: list[str] = []
    while True:
        start = scanner.offset
        char = scanner.text[start : start + 1]
        scanner.offset += 1
        if char == '"':
            return "".join(parts)
        if char == "\\":
            parts.append(_escaped_code_point(scanner))
        elif not char:
            scanner.fail('`"`', start)
        elif _INVISIBLE.match(char):
            scanner.fail(f"the escape \\u{{{ord(char):x}}} of an invisible character", start)
        else:
            parts.append(char)


def _escaped_code_point(scanner: Scanner) -> str:
    """Parses the part of an escape after the backslash, in a text."""
    start = scanner.offset
    short = _SHORT_ESCAPES.get(scanner.text[start : start + 1])
    if short is not None:
        scanner.offset += 1
        return short
    match = _CODE_POINT.match(scanner.text, start)
    if match is None:
        scanner.fail(r"one of \" \\ \n \r \t \u{hex}", start)
    number = int(match[1], 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        scanner.refuse(f"U+{number:04X} is not a Unicode scalar value", start)
    scanner.offset = match.end()
    return chr(number)


def parse_bytes(scanner: Scanner) -> bytes:
    """Parses quoted bytes, after the `b`."""
    scanner.need('"')
    octets = bytearray()
    while True:
        start = scanner.offset
        char = scanner.text[start : start + 1]
        scanner.offset += 1
        if char == '"':
            return bytes(octets)
        if char == "\\":
            octets.append(_escaped_octet(scanner))
        elif not char:
            scanner.fail('`"`', start)
        elif _PRINTABLE.match(char):
            octets.append(ord(char))
        else:
            scanner.fail("printable ASCII or an escape", start)


def _escaped_octet(scanner: Scanner) -> int:
    """Parses the part of an escape after the backslash, in bytes."""
    start = scanner.offset
    short = _SHORT_ESCAPES.get(scanner.text[start : start + 1])
    if short is not None:
        scanner.offset += 1
        return ord(short)
    match = _OCTET.match(scanner.text, start)
    if match is None:
        scanner.fail(r"one of \" \\ \n \r \t \xhh", start)
    scanner.offset = match.end()
    return int(match[1], 16)


def set_field(message: Message, name: str, content: object) -> None:
    """Sets a scalar field by name."""
    setattr(message, name, content)

"""Decodes the strings of text format: adjacent literals, and the escapes in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testingkit.conformance.cases.load.tokenizer import TextError, Token, found, tokens

_HEX = "[0-9A-Fa-f]"
_PIECE = re.compile(
    rf"""
    (?P<plain>[^\\]++)
  | \\(?P<octal>[0-7]{{1,3}}+)
  | \\x(?P<byte>{_HEX}{{1,2}}+)
  | \\(?P<character>u{_HEX}{{4}}|U{_HEX}{{8}})
  | \\(?P<simple>[abfnrtv?\\'"])
  | (?P<bad>\\(?:u{_HEX}{{0,3}}|U{_HEX}{{0,7}}|.))
    """,
    re.VERBOSE | re.DOTALL,
)
_SIMPLE = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_LOW_SURROGATE = re.compile(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})")
_MISTAKES = {
    "x": r"{} has no digits: \x takes one or two hexadecimal digits, such as \x0f",
    "u": r"{} is too short: \u takes four hexadecimal digits, such as \u00e9",
    "U": r"{} is too short: \U takes eight hexadecimal digits, such as \U0001f600",
}


def read_string(text: str, start: int, end: int) -> str:
    """Returns the string that is the value of a field at ``text[start:end]``.

    Raises:
        TextError: It is not a string, has an escape that is not valid, or is not UTF-8.
    """
    literals = list(tokens(text, start, end))
    if not literals or any(token.kind != "string" for token in literals):
        raise TextError(start, f"expected a string, {found(text[start:end].strip())}")
    return text_of(literals)


def text_of(literals: Sequence[Token]) -> str:
    """Returns adjacent literals as text.

    Raises:
        TextError: An escape is not valid, or their bytes are not UTF-8.
    """
    data = bytes_of(literals)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        offset = _offset_of(error.start, literals)
        message = r"these bytes are not UTF-8: write a character as it is, or such as \u00e9"
        raise TextError(offset, message) from error


def bytes_of(literals: Sequence[Token]) -> bytes:
    """Returns adjacent literals as bytes.

    Raises:
        TextError: An escape is not valid.
    """
    return b"".join(map(_unescaped, literals))


def _unescaped(literal: Token) -> bytes:
    if "\\" not in literal.text:
        return _encoded(literal.text[1:-1])
    return b"".join(data for _, data in _pieces(literal))


def _pieces(literal: Token) -> Iterator[tuple[int, bytes]]:
    """Yields the offset and the bytes of each escape, and of the text between them."""
    for match in _PIECE.finditer(literal.text, 1, len(literal.text) - 1):
        offset = literal.start + match.start()
        yield offset, _bytes(match, offset)


def _bytes(match: re.Match[str], offset: int) -> bytes:
    kind, value = match.lastgroup, match[match.lastgroup or 0]
    if kind == "plain":
        return _encoded(value)
    if kind == "simple":
        return _SIMPLE.get(value, value).encode()
    if kind == "byte":
        return bytes([int(value, 16)])
    if kind == "octal":
        if int(value, 8) > 0xFF:
            raise TextError(offset, rf"{match[0]} is more than a byte: the last is \377")
        return bytes([int(value, 8)])
    if kind == "character":
        return _character(match, offset).encode()
    mistake = _MISTAKES.get(value[1:2], r"{} is not an escape; write a backslash as \\")
    raise TextError(offset, mistake.format(value))


def _character(match: re.Match[str], offset: int) -> str:
    number = int(match["character"][1:], 16)
    if number > _LAST_CHARACTER:
        raise TextError(offset, rf"{match[0]} is not a character: the last is \U0010ffff")
    if number in _SURROGATES:
        raise TextError(offset, f"{match[0]} is half of a character: {_whole(match, number)}")
    return chr(number)


def _whole(match: re.Match[str], high: int) -> str:
    """Returns what to write in place of a surrogate."""
    low = _LOW_SURROGATE.match(match.string, match.end())
    if low is None or high >= 0xDC00:
        return r"write the whole one, such as \U0001f600"
    number = 0x10000 + ((high - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)
    return rf"write \U{number:08x} for both"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _offset_of(index: int, literals: Sequence[Token]) -> int:
    """Returns the offset of the escape that gives the byte at an index."""
    end = 0
    for literal in literals:
        for offset, data in _pieces(literal):
            end += len(data)
            if index < end:
                return offset
    return literals[0].start

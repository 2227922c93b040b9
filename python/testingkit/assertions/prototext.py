"""Reads the syntax of the text format of protobuf (docs/kit/assertions.md, messages as texts)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from testingkit.assertions.entry import EvaluationError
from testingkit.value import ErrorCode
from testingkit.value.kinds import MAX_DEPTH

_SPACE = re.compile(r"(?:[ \t\n\v\f\r]|#[^\n]*)*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BARE = re.compile(r"[-+.A-Za-z0-9_]*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|-(?:inf|infinity|nan)", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*|0[xX][0-9A-Fa-f]+)")
_DECIMAL = re.compile(
    r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fF]?", re.ASCII
)
_PLAIN = {quote: re.compile(rf"[^{quote}\\\n]*") for quote in "\"'"}
_ESCAPE = re.compile(
    r"\\(?:(?P<letter>[abfnrtv?\\'\"])|(?P<octal>[0-3][0-7]{2}|[0-7]{1,2}(?![0-7]))"
    r"|x(?P<hex>[0-9A-Fa-f]{1,2})|(?:u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})))"
)
_LETTERS = dict(zip("abfnrtv?\\'\"", b"\a\b\f\n\r\t\v?\\'\"", strict=True))
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Octets:
    """A string, or several in a row."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str

    @property
    def is_integer(self) -> bool:
        """Whether it is written as an integer."""
        return _INTEGER.fullmatch(self.text) is not None

    @property
    def is_decimal(self) -> bool:
        """Whether it is written with decimal digits."""
        return _DECIMAL.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Word:
    """A word, such as the name of a member. Only infinities and NaN can have a sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """A message: its fields in the order of the text."""

    fields: tuple[tuple[str, Item | Items], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list in brackets."""

    items: tuple[Item, ...]


Item = Octets | Number | Word | Fields


def read(text: str) -> Fields:
    """Returns the fields of a text.

    Raises:
        EvaluationError: It is malformed (`bad_argument`), or has too many levels (`too_large`).
    """
    return _Reader(text).fields(level=1, end="")


def _refuse() -> NoReturn:
    raise EvaluationError(ErrorCode.BAD_ARGUMENT)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def fields(self, level: int, end: str) -> Fields:
        """Reads fields up to a bracket, or to the end of the text if that is empty."""
        if level > MAX_DEPTH:
            raise EvaluationError(ErrorCode.TOO_LARGE)
        found = []
        while not self._ends(end):
            found.append(self._field(level))
            _ = self._take(",") or self._take(";")
        return Fields(tuple(found))

    def _ends(self, end: str) -> bool:
        self._match(_SPACE)
        return self._take(end) if end else self._at == len(self._text)

    def _field(self, level: int) -> tuple[str, Item | Items]:
        name = self._match(_NAME)
        if not name:
            _refuse()
        has_colon = self._take(":")
        value = self._items(level) if self._take("[") else self._item(level)
        parts = value.items if isinstance(value, Items) else (value,)
        if not has_colon and not all(isinstance(part, Fields) for part in parts):
            _refuse()
        return name, value

    def _items(self, level: int) -> Items:
        """Reads a list behind its bracket: of messages, or of other items."""
        if self._take("]"):
            return Items(())
        found = [self._item(level)]
        while self._take(","):
            found.append(self._item(level))
        if not self._take("]") or len({isinstance(item, Fields) for item in found}) > 1:
            _refuse()
        return Items(tuple(found))

    def _item(self, level: int) -> Item:
        if self._take("{"):
            return self.fields(level + 1, "}")
        if self._text[self._at : self._at + 1] in ('"', "'"):
            return self._strings()
        bare = self._match(_BARE)
        if _WORD.fullmatch(bare):
            return Word(bare)
        number = Number(bare)
        return number if number.is_integer or number.is_decimal else _refuse()

    def _strings(self) -> Octets:
        octets = bytearray()
        while self._text[self._at : self._at + 1] in ('"', "'"):
            self._string(self._text[self._at], octets)
            self._match(_SPACE)
        return Octets(bytes(octets))

    def _string(self, quote: str, octets: bytearray) -> None:
        self._at += 1
        octets += self._match(_PLAIN[quote]).encode()
        while self._text.startswith("\\", self._at):
            octets += self._escape() + self._match(_PLAIN[quote]).encode()
        if not self._text.startswith(quote, self._at):
            _refuse()
        self._at += 1

    def _escape(self) -> bytes:
        found = _ESCAPE.match(self._text, self._at)
        if found is None:
            _refuse()
        self._at = found.end()
        if (letter := found["letter"]) is not None:
            return bytes((_LETTERS[letter],))
        if (digits := found["octal"]) is not None:
            return bytes((int(digits, 8),))
        if (digits := found["hex"]) is not None:
            return bytes((int(digits, 16),))
        point = int(found["u"] or found["U"], 16)
        if point in _SURROGATES or point > 0x10FFFF:
            _refuse()
        return chr(point).encode()

    def _match(self, pattern: re.Pattern[str]) -> str:
        """Reads what matches a pattern; an empty text if nothing does."""
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _take(self, character: str) -> bool:
        """Reads the space before a character, and the character if it is the next one."""
        self._match(_SPACE)
        found = self._text.startswith(character, self._at)
        self._at += len(character) if found else 0
        return found

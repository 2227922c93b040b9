"""The jsontext module: a strict reader of JSON. The rules are in docs/kit/jsontext.md."""

from __future__ import annotations

import enum
import math
import re
from typing import NoReturn

from testingkit.value import Bool, Float, Int, List, Null, Text, Value, map_of
from testingkit.value.kinds import MAX_DEPTH, MAX_INT_DIGITS

_SPACE = re.compile(r"[ \t\n\r]*")
_INTEGER = re.compile(r"0|[1-9][0-9]*")
_DIGITS = re.compile(r"[0-9]+")
_UNESCAPED = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_WORDS: dict[str, tuple[str, Value]] = {
    "t": ("true", Bool(value=True)),
    "f": ("false", Bool(value=False)),
    "n": ("null", Null()),
}
_LOW_ESCAPE = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)


class Reason(enum.Enum):
    """Why a text is not JSON."""

    NOT_UTF8 = "not_utf8"
    BYTE_ORDER_MARK = "byte_order_mark"
    UNEXPECTED_END = "unexpected_end"
    UNEXPECTED_CHARACTER = "unexpected_character"
    TRAILING_TEXT = "trailing_text"
    CONTROL_CHARACTER = "control_character"
    BAD_ESCAPE = "bad_escape"
    LONE_SURROGATE = "lone_surrogate"
    DUPLICATE_KEY = "duplicate_key"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    TOO_DEEP = "too_deep"


class JsonError(ValueError):
    """A text is not JSON: the reason, and the offset of the error in octets."""

    def __init__(self, offset: int, reason: Reason) -> None:
        super().__init__(offset, reason)
        self.offset = offset
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason.value} at offset {self.offset}"


def read_json(text: bytes | str) -> Value:
    """Returns the value of a JSON text.

    Raises:
        JsonError: The text is not JSON.
    """
    octets = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    try:
        return _Reader(octets.decode()).read()
    except UnicodeDecodeError as error:
        raise JsonError(error.start, Reason.NOT_UTF8) from None


class _Reader:
    """Reads a text from its start to its end. Offsets count code points here."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def read(self) -> Value:
        """Reads the whole text."""
        if self.text.startswith("\ufeff"):
            self._fail(Reason.BYTE_ORDER_MARK)
        value = self._value(1)
        self._skip(_SPACE)
        if self.at < len(self.text):
            self._fail(Reason.TRAILING_TEXT)
        return value

    def _fail(self, reason: Reason, at: int | None = None) -> NoReturn:
        before = self.text[: self.at if at is None else at]
        raise JsonError(len(before.encode()), reason)

    def _unexpected(self) -> NoReturn:
        at_end = self.at >= len(self.text)
        self._fail(Reason.UNEXPECTED_END if at_end else Reason.UNEXPECTED_CHARACTER)

    def _peek(self) -> str:
        """Returns the next character, or the empty text at the end."""
        return self.text[self.at : self.at + 1]

    def _take(self, char: str) -> bool:
        if not self.text.startswith(char, self.at):
            return False
        self.at += 1
        return True

    def _expect(self, char: str) -> None:
        if not self._take(char):
            self._unexpected()

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Reads what a pattern matches, and returns it."""
        match = pattern.match(self.text, self.at)
        if match is None:
            self._unexpected()
        self.at = match.end()
        return match.group()

    def _value(self, level: int) -> Value:
        """Reads a value with the whitespace before it. Never goes deeper than the limit."""
        self._skip(_SPACE)
        char = self._peek()
        if not char or char not in '{["-0123456789tfn':
            self._unexpected()
        if level > MAX_DEPTH:
            self._fail(Reason.TOO_DEEP)
        match char:
            case "{":
                return self._object(level)
            case "[":
                return self._array(level)
            case '"':
                return Text(self._string())
            case "t" | "f" | "n":
                return self._word(*_WORDS[char])
            case _:
                return self._number()

    def _word(self, word: str, value: Value) -> Value:
        for char in word:
            self._expect(char)
        return value

    def _array(self, level: int) -> Value:
        self.at += 1
        self._skip(_SPACE)
        if self._take("]"):
            return List()
        items = [self._value(level + 1)]
        while self._has_more("]"):
            items.append(self._value(level + 1))
        return List(tuple(items))

    def _object(self, level: int) -> Value:
        self.at += 1
        self._skip(_SPACE)
        entries: dict[str, Value] = {}
        if not self._take("}"):
            self._entry(entries, level + 1)
            while self._has_more("}"):
                self._entry(entries, level + 1)
        return map_of((Text(key), value) for key, value in entries.items())

    def _has_more(self, end: str) -> bool:
        """Reads the comma before the next part, or the end of the array or object."""
        self._skip(_SPACE)
        if self._take(","):
            return True
        self._expect(end)
        return False

    def _entry(self, entries: dict[str, Value], level: int) -> None:
        self._skip(_SPACE)
        start = self.at
        if self._peek() != '"':
            self._unexpected()
        if level > MAX_DEPTH:
            self._fail(Reason.TOO_DEEP)
        key = self._string()
        if key in entries:
            self._fail(Reason.DUPLICATE_KEY, start)
        self._skip(_SPACE)
        self._expect(":")
        entries[key] = self._value(level)

    def _number(self) -> Value:
        start = self.at
        self._take("-")
        digits = len(self._skip(_INTEGER))
        is_float = self._take(".")
        if is_float:
            digits += len(self._skip(_DIGITS))
        if self._take("e") or self._take("E"):
            is_float = True
            if not self._take("+"):
                self._take("-")
            self._skip(_DIGITS)
        written = self.text[start : self.at]
        if digits <= MAX_INT_DIGITS and not is_float:
            return Int(int(written))
        if digits > MAX_INT_DIGITS or math.isinf(float(written)):
            self._fail(Reason.NUMBER_OUT_OF_RANGE, start)
        return Float(float(written))

    def _string(self) -> str:
        self.at += 1
        parts = [self._skip(_UNESCAPED)]
        while not self._take('"'):
            if self._peek() != "\\":
                self._end_or(Reason.CONTROL_CHARACTER)
            parts += [self._escaped(), self._skip(_UNESCAPED)]
        return "".join(parts)

    def _end_or(self, reason: Reason, at: int | None = None) -> NoReturn:
        """Fails at the end of the text, or for another reason before it."""
        if self.at >= len(self.text):
            self._unexpected()
        self._fail(reason, at)

    def _escaped(self) -> str:
        """Reads an escape, and both of a pair of surrogates."""
        start = self.at
        self.at += 1
        if not self._take("u"):
            escaped = _ESCAPES.get(self._peek())
            if escaped is None:
                self._end_or(Reason.BAD_ESCAPE, start)
            self.at += 1
            return escaped
        unit = self._unit(start)
        if unit in _HIGH:
            low = self._low_surrogate()
            if low is not None:
                return chr(0x10000 + ((unit - _HIGH.start) << 10) + (low - _LOW.start))
        if unit in _HIGH or unit in _LOW:
            self._fail(Reason.LONE_SURROGATE, start)
        return chr(unit)

    def _unit(self, start: int) -> int:
        """Reads the four digits of the escape at an index."""
        first = self.at
        while self.at < first + 4:
            if self._peek() not in _HEX_DIGITS:
                self._end_or(Reason.BAD_ESCAPE, start)
            self.at += 1
        return int(self.text[first : self.at], 16)

    def _low_surrogate(self) -> int | None:
        """Reads the escape of a low surrogate, or returns None if none follows."""
        match = _LOW_ESCAPE.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return int(match[1], 16)

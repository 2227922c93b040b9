"""The paths module: paths into values. The rules are in docs/kit/paths.md."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, NoReturn

from testingkit.render import canonical
from testingkit.value import Kind, List, Map, Record, Text, Value
from testingkit.value.quote import path_segment

_BEFORE_TEXTS = frozenset({Kind.NULL, Kind.BOOL, Kind.INT, Kind.FLOAT})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INDEX = re.compile(r"0|[1-9][0-9]{0,14}")
_UNESCAPED = re.compile(r'[^"\\]*')
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_MAX_HEX_DIGITS = 6
# The parts of a key that end at a quote or a brace, or contain none.
_KEY_PART = re.compile(r'[^"{}]+|"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class BadPathError(ValueError):
    """A text is not a path."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index
        """The first code point at which the text is no longer the start of a path."""

    def __str__(self) -> str:
        return f"not a path from index {self.index} on"


class Reason(enum.Enum):
    """Why a path does not resolve."""

    NO_FIELD = "no_field"
    NO_KEY = "no_key"
    NO_INDEX = "no_index"
    WRONG_KIND = "wrong_kind"


class UnresolvedPathError(LookupError):
    """A path does not lead to a value."""

    def __init__(self, reason: Reason, place: Path) -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place
        """The path of the value at which the next step fails."""

    def __str__(self) -> str:
        return f"{self.reason.value} at {self.place}"


@dataclass(frozen=True, slots=True)
class Name:
    """A step to the field of a record, or to the entry of a map with a text as key."""

    text: str

    def __str__(self) -> str:
        return path_segment(self.text)


@dataclass(frozen=True, slots=True)
class Index:
    """A step to the item of a list, from 0."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


@dataclass(frozen=True, slots=True)
class Key:
    """A step to the entry of a map whose key has this canonical text."""

    text: str

    def __str__(self) -> str:
        return f"{{{self.text}}}"


Step = Name | Index | Key


@dataclass(frozen=True, slots=True)
class Path:
    """A path into a value; without steps the path of the value itself. `str` writes it."""

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return "$" + "".join(map(str, self.steps))


def step_to(key: Value) -> Step:
    """Returns the step to the entry of a map with this key."""
    return Name(key.value) if isinstance(key, Text) else Key(canonical(key))


def resolve(path: Path, value: Value) -> Value:
    """Returns the value at a path.

    Raises:
        UnresolvedPathError: The path does not lead to a value.
    """
    for number, step in enumerate(path.steps):
        place = _place(step, value)
        if isinstance(place, Reason):
            raise UnresolvedPathError(place, Path(path.steps[:number]))
        _, value = _parts(value)[place]
    return value


def without(path: Path, value: Value) -> Value:
    """Returns the value without the field, entry or item at a path, if the path resolves."""
    if not path.steps:
        return value
    step, rest = path.steps[0], Path(path.steps[1:])
    place = _place(step, value)
    if isinstance(place, Reason):
        return value
    parts = _parts(value)
    name, part = parts[place]
    kept = ((name, without(rest, part)),) if rest.steps else ()
    parts = (*parts[:place], *kept, *parts[place + 1 :])
    match value:
        case Record(record_name):
            return Record(record_name, parts)
        case Map():
            return Map(parts)
        case _:
            return List(tuple(item for _, item in parts))


def _place(step: Step, value: Value) -> int | Reason:
    """Returns which of the parts of a value a step goes to."""
    match step, value:
        case Name(text), Record(_, fields):
            return next((n for n, (name, _) in enumerate(fields) if name == text), Reason.NO_FIELD)
        case Name(text), Map(entries):
            place = bisect_left(entries, (0, text), key=_text_order)
            is_found = place < len(entries) and _text_order(entries[place]) == (0, text)
            return place if is_found else Reason.NO_KEY
        case Key(text), Map(entries):
            texts = (canonical(key) for key, _ in entries)
            return next((n for n, other in enumerate(texts) if other == text), Reason.NO_KEY)
        case Index(number), List(items):
            return number if number < len(items) else Reason.NO_INDEX
    return Reason.WRONG_KIND


def _text_order(entry: tuple[Value, Value]) -> tuple[int, str]:
    """Returns the place of an entry among those with texts as keys, in canonical order."""
    key = entry[0]
    if isinstance(key, Text):
        return 0, key.value
    return (-1 if key.kind in _BEFORE_TEXTS else 1), ""


def _parts(value: Value) -> tuple[tuple[Any, Value], ...]:
    """Returns the parts of a value that has steps, each with its name, key or index."""
    match value:
        case Record(_, fields):
            return fields
        case Map(entries):
            return entries
        case List(items):
            return tuple(enumerate(items))
    return ()


def parse_path(text: str) -> Path:
    """Returns the path that a text is.

    Raises:
        BadPathError: The text is not a path.
    """
    reader = _Reader(text)
    reader.expect("$")
    steps: list[Step] = []
    while reader.at < len(text):
        steps.append(reader.step())
    return Path(tuple(steps))


class _Reader:
    """Reads a path from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def step(self) -> Step:
        """Reads a step."""
        if self._take("."):
            return Name(self._match(_NAME))
        if self._take("{"):
            return Key(self._key())
        self.expect("[")
        if self._take('"'):
            step: Step = Name(self._quoted())
        else:
            step = Index(int(self._match(_INDEX)))
        self.expect("]")
        return step

    def expect(self, char: str) -> None:
        """Reads one character."""
        if not self._take(char):
            self._fail()

    def _fail(self) -> NoReturn:
        raise BadPathError(self.at)

    def _take(self, char: str) -> bool:
        if not self.text.startswith(char, self.at):
            return False
        self.at += 1
        return True

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            self._fail()
        self.at = match.end()
        return match.group()

    def _quoted(self) -> str:
        """Reads the rest of a quoted text."""
        parts = [self._match(_UNESCAPED)]
        while not self._take('"'):
            self.expect("\\")
            parts += [self._escaped(), self._match(_UNESCAPED)]
        return "".join(parts)

    def _escaped(self) -> str:
        if self._take("u"):
            return self._code_point()
        escaped = _ESCAPES.get(self.text[self.at : self.at + 1])
        if escaped is None:
            self._fail()
        self.at += 1
        return escaped

    def _code_point(self) -> str:
        """Reads the rest of an escaped code point."""
        self.expect("{")
        digits = ""
        while (digit := self.text[self.at : self.at + 1]) in _HEX_DIGITS:
            digits += digit
            if len(digits) >= _MAX_HEX_DIGITS and not _is_scalar(digits):
                self._fail()
            self.at += 1
        if not _is_scalar(digits):
            # Without a digit, or a surrogate, which one more digit could still change.
            self._fail()
        self.expect("}")
        return chr(int(digits, 16))

    def _key(self) -> str:
        """Reads the rest of a key in braces."""
        start, depth = self.at, 0
        while (part := _KEY_PART.match(self.text, self.at)) is not None:
            if part.group() == "}" and depth == 0:
                break
            depth += {"{": 1, "}": -1}.get(part.group(), 0)
            self.at = part.end()
        else:
            # No part matches at the end, and none at a quote that is not closed.
            self.at = len(self.text)
            self._fail()
        if self.at == start:
            self._fail()
        self.at += 1
        return self.text[start : self.at - 1]


def _is_scalar(digits: str) -> bool:
    if not 1 <= len(digits) <= _MAX_HEX_DIGITS:
        return False
    number = int(digits, 16)
    return number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF

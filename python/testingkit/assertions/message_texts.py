"""Compares a message with a text in the text format (docs/kit/assertions.md, messages as texts)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from testingkit.assertions.difference import first_difference
from testingkit.assertions.entry import EvaluationError, Finding
from testingkit.assertions.equality import find_equal
from testingkit.assertions.prototext import Fields, Item, Items, Number, Octets, Word, read
from testingkit.value import (
    Bool,
    Bytes,
    ConversionError,
    Enum,
    ErrorCode,
    Float,
    Int,
    Kind,
    List,
    Map,
    Message,
    MessageField,
    Null,
    Text,
    Value,
    map_of,
    message_of,
)
from testingkit.value.leaves import EQUAL

# Takes the place of a value whose kind is not known. No message has it, so it equals nothing.
_UNKNOWN = Null()

_ZEROS: Mapping[Kind, Value] = {
    zero.kind: zero for zero in (Bool(value=False), Int(0), Float(0.0), Text(""), Bytes(b""))
}
_BOOLS = {"true": True, "false": False}
_FLOATS = {
    "inf": math.inf,
    "-inf": -math.inf,
    "infinity": math.inf,
    "-infinity": -math.inf,
    "nan": math.nan,
    "-nan": math.nan,
}
_INTS = range(-(2**63), 2**64)
_ENUMS = range(-(2**31), 2**31)
_MAX_DIGITS = 20  # Of a decimal integer in that range.


def check_text(text: Text) -> None:
    """Raises `EvaluationError` for a text that is malformed."""
    read(text.value)


def matches_text(actual: Message, text: Text) -> Finding:
    """Finds the first difference of a message and the one that a text describes."""
    try:
        expected = _message(read(text.value), actual)
    except ConversionError as error:
        raise EvaluationError(error.code) from error
    if not _has_unknown(expected):
        return find_equal(actual, expected)
    difference = first_difference(actual, expected, EQUAL)
    if difference is None:
        return Finding(passed=True)
    if difference.right is not None and _has_unknown(difference.right):
        difference = replace(difference, right=None)
    return Finding(passed=False, details=difference.details())


def _has_unknown(value: Value) -> bool:
    match value:
        case Null():
            return True
        case Message():
            return any(_has_unknown(item) for _, item in value.fields)
        case List(items):
            return any(map(_has_unknown, items))
        case Map(entries):
            return any(_has_unknown(item) for _, item in entries)
        case _:
            return False


def _refuse() -> NoReturn:
    raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _message(text: Fields, like: Message) -> Message:
    """Returns the message that a text describes, of the type of another one.

    The values of the other one, and the defaults of its type, give the kinds.
    """
    given = _by_name(text, like)
    for _, members in like.type.oneofs:
        if sum(name in given for name in members) > 1:
            _refuse()
    values = dict(like.fields)
    found = {
        one.name: _field(one, given[one.name], values.get(one.name))
        for one in like.type.fields
        if given.get(one.name)
    }
    return message_of(like.type, found)


def _by_name(text: Fields, like: Message) -> dict[str, list[Item]]:
    """Returns what a text gives for each field. Only a repeated one can have more than one item."""
    given: dict[str, list[Item]] = {}
    for name, value in text.fields:
        declared = like.type.field(name)
        if declared is None:
            _refuse()
        is_repeated = isinstance(declared.default, (List, Map))
        if not is_repeated and (isinstance(value, Items) or name in given):
            _refuse()
        given.setdefault(name, []).extend(value.items if isinstance(value, Items) else (value,))
    return given


def _field(declared: MessageField, items: Sequence[Item], value: Value | None) -> Value:
    """Returns the value that a text gives to a field, which has another one in `actual`."""
    match declared.default, value:
        case List(), List(likes) if likes:
            kind = _Kind.of(declared, likes)
            partners = [*likes, *(likes[:1] * (len(items) - len(likes)))]
            pairs = zip(items, partners, strict=False)
            return List(tuple(kind.read(item, like) for item, like in pairs))
        case Map(), _:
            return _map(declared, items, value)
        case None, Message():
            return _message(items[0], value) if isinstance(items[0], Fields) else _refuse()
        case None, _:
            return _UNKNOWN if isinstance(items[0], Fields) else _refuse()
        case List(), _:
            return _UNKNOWN
        case default, _:
            likes = (default,) if value is None else (value, default)
            return _Kind.of(declared, likes).read(items[0], likes[0])


def _map(declared: MessageField, items: Iterable[Item], value: Value | None) -> Value:
    parts = [_entry(item) for item in items]
    if not isinstance(value, Map) or not value.entries:
        return _UNKNOWN
    partners = dict(value.entries)
    first_key, first = value.entries[0]
    keys = _Kind.of(declared, (first_key,))
    kind = _Kind.of(declared, partners.values())
    entries = []
    for key_part, part in parts:
        key = keys.read(key_part, first_key)
        entries.append((key, kind.read(part, partners.get(key, first))))
    return map_of(entries)


def _entry(item: Item) -> tuple[Item | None, Item | None]:
    """Returns key and value of an entry of a map, each None if it is left out."""
    if not isinstance(item, Fields):
        _refuse()
    parts: dict[str, Item] = {}
    for name, part in item.fields:
        if name not in ("key", "value") or name in parts or isinstance(part, Items):
            _refuse()
        parts[name] = part
    return parts.get("key"), parts.get("value")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is known about the values of a field."""

    single: bool
    by_name: dict[str, Enum] = field(default_factory=dict)
    by_number: dict[int, Enum] = field(default_factory=dict)

    @classmethod
    def of(cls, declared: MessageField, likes: Iterable[Value]) -> _Kind:
        """Returns what some values of a field show."""
        kind = cls(declared.single)
        for like in likes:
            if not isinstance(like, Enum):
                break
            kind.by_name.setdefault(like.name, like)
            kind.by_number.setdefault(like.number, like)
        return kind

    def read(self, item: Item | None, like: Value) -> Value:
        """Returns the value of an item, of the kind of another value; its default for None."""
        match like, item:
            case Message(), None:
                return message_of(like.type, {})
            case Message(), Fields():
                return _message(item, like)
            case Enum(), None:
                return self._member(like, 0)
            case Enum(), Number() if item.is_integer:
                return self._member(like, _integer(item.text, _ENUMS))
            case Enum(), Word(word) if not word.startswith("-"):
                return self.by_name.get(word, _UNKNOWN)
            case _:
                return self._scalar(item, like)

    def _scalar(self, item: Item | None, like: Value) -> Value:
        match like, item:
            case _, None:
                return _ZEROS[like.kind]
            case Bool(), Word(word) if word in _BOOLS:
                return Bool(_BOOLS[word])
            case Int(), Number() if item.is_integer:
                return Int(_integer(item.text, _INTS))
            case Float(), Word(word) if word.lower() in _FLOATS:
                return Float(_FLOATS[word.lower()])
            case Float(), Number() if item.is_decimal:
                return Float(self._float(item.text))
            case Text(), Octets(octets):
                return Text(_decoded(octets))
            case Bytes(), Octets(octets):
                return Bytes(octets)
            case _:
                _refuse()

    def _member(self, like: Enum, number: int) -> Enum:
        return self.by_number.get(number, Enum(like.type, "", number))

    def _float(self, text: str) -> float:
        number = float(text.rstrip("fF"))
        if self.single:
            try:
                number = struct.unpack("f", struct.pack("f", number))[0]
            except OverflowError:
                _refuse()
        return _refuse() if math.isinf(number) else number


def _integer(text: str, allowed: range) -> int:
    digits = text.removeprefix("-")
    base = 16 if digits[1:2] in ("x", "X") else 10
    if base == 10 and len(digits) > _MAX_DIGITS:
        _refuse()
    number = int(digits, base)
    number = -number if text.startswith("-") else number
    return number if number in allowed else _refuse()


def _decoded(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        _refuse()

"""The kinds of values. The rules are in docs/kit/value.md.

Every class is frozen. `==` compares all fields, including names for display; the relations of the
kit are in `relations.py`. Build sets and maps with `set_of` and `map_of`, which sort the parts.

A value that is nested too deep cannot be built, so nothing that takes a value has to check it.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.quote import path_segment

MAX_DEPTH = 128
MAX_INT_DIGITS = 4000
MAX_DURATION_NANOS = 2**63 - 1
MIN_TIME_SECONDS = -62_135_596_800
MAX_TIME_SECONDS = 253_402_300_799
MAX_OFFSET_SECONDS = 86_399
MAX_HOOKS = 128
MAX_RANGE_ITEMS = 1_000_000
INT32 = range(-(2**31), 2**31)
NANOS_PER_SECOND = 1_000_000_000

_INT_BOUND = 10**MAX_INT_DIGITS


class Kind(enum.Enum):
    """The kind of a value. The members are in the total order; int and float have the same rank."""

    NULL = "null"
    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    TEXT = "text"
    BYTES = "bytes"
    TIME = "time"
    DURATION = "duration"
    ENUM = "enum"
    LIST = "list"
    SET = "set"
    MAP = "map"
    RECORD = "record"
    ERROR = "error"
    MESSAGE = "message"
    OUTCOME = "outcome"

    # `Enum` hashes the name in Python code, which every table by kind would pay for.
    __hash__ = object.__hash__


class Value:
    """A value of the kit: one of the classes below."""

    __slots__ = ()
    kind: ClassVar[Kind]
    depth: int = 1
    """Levels of nesting; 1 for a value without parts."""
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)

    def __copy__(self) -> Value:
        return self

    def __deepcopy__(self, _memo: object) -> Value:
        return self


class Container(Value):
    """A value with parts. Raises `ConversionError` if it would be nested too deep (`too_large`)."""

    __slots__ = ("depth",)

    def __post_init__(self) -> None:
        depth = 1 + max((part.depth for part in _parts(self)), default=0)
        object.__setattr__(self, "depth", depth)
        if depth > MAX_DEPTH:
            raise ConversionError(ErrorCode.TOO_LARGE, path_below(self, MAX_DEPTH))


@dataclass(frozen=True, slots=True)
class Null(Value):
    """The absence of a value."""

    kind = Kind.NULL


@dataclass(frozen=True, slots=True)
class Bool(Value):
    """A truth value, which is never a number."""

    kind = Kind.BOOL
    value: bool


@dataclass(frozen=True, slots=True)
class Int(Value):
    """An integer of up to `MAX_INT_DIGITS` digits."""

    kind = Kind.INT
    value: int

    def __post_init__(self) -> None:
        if not -_INT_BOUND < self.value < _INT_BOUND:
            raise ConversionError(ErrorCode.TOO_LARGE)


@dataclass(frozen=True, slots=True, eq=False)
class Float(Value):
    """A binary64 number. Every NaN is the same NaN."""

    kind = Kind.FLOAT
    value: float

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Float):
            return NotImplemented
        if math.isnan(self.value):
            return math.isnan(other.value)
        same_sign = math.copysign(1.0, self.value) == math.copysign(1.0, other.value)
        return self.value == other.value and same_sign

    def __hash__(self) -> int:
        return hash("NaN") if math.isnan(self.value) else hash(self.value)


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A sequence of Unicode scalar values: a `str` without lone surrogates."""

    kind = Kind.TEXT
    value: str


@dataclass(frozen=True, slots=True)
class Bytes(Value):
    """A sequence of octets."""

    kind = Kind.BYTES
    value: bytes


@dataclass(frozen=True, slots=True)
class Time(Value):
    """An instant in nanoseconds. The offset from UTC is only for display and for `identical`."""

    kind = Kind.TIME
    seconds: int
    nanos: int = 0
    utc_offset_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Duration(Value):
    """A span of time in nanoseconds, between plus and minus `MAX_DURATION_NANOS`."""

    kind = Kind.DURATION
    nanos: int


@dataclass(frozen=True, slots=True)
class Enum(Value):
    """A member of an enumeration. The name is for display, and empty if the number has none."""

    kind = Kind.ENUM
    type: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class List(Container):
    """A sequence of values."""

    kind = Kind.LIST
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Set(Container):
    """Unique items in canonical order. Built by `set_of`."""

    kind = Kind.SET
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Map(Container):
    """Unique keys with values, in canonical order of the keys. Built by `map_of`."""

    kind = Kind.MAP
    entries: tuple[tuple[Value, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Record(Container):
    """A struct or dataclass: its name, empty if anonymous, and its fields in declared order."""

    kind = Kind.RECORD
    name: str = ""
    fields: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class MessageField:
    """A field of a message type."""

    name: str
    explicit: bool = False
    """Whether it can be set to its default. Fields without this are set if they differ from it."""
    default: Value | None = None
    """The value of the field while it is unset; None for a message."""
    single: bool = False
    """Whether its floats have 32 bits: those of the field, its items or the values of its map."""


@dataclass(frozen=True, slots=True)
class MessageType:
    """A type of protobuf messages, with its fields in the order of their numbers."""

    name: str = ""
    fields: tuple[MessageField, ...] = ()
    oneofs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The oneofs, each with the names of its fields."""

    def field(self, name: str) -> MessageField | None:
        """Returns the field with this name, or None."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Message(Container):
    """A protobuf message: its type, and its fields that are set.

    The fields are in the order of their numbers. Unknown fields come last, each named by its
    number, with the octets of all its occurrences. Built by `message_of`.
    """

    kind = Kind.MESSAGE
    type: MessageType
    fields: tuple[tuple[str, Value], ...] = ()

    @property
    def name(self) -> str:
        """The full name of the type."""
        return self.type.name

    @property
    def record(self) -> Record:
        """The record of the fields that are set."""
        return Record(self.name, self.fields)

    def with_fields(self, fields: tuple[tuple[str, Value], ...]) -> Message:
        """Returns the message of the same type that has these fields set."""
        return Message(self.type, fields)


@dataclass(frozen=True, slots=True)
class Error(Container):
    """An error as a value: logical type, own message, code (0 means none) and causes."""

    kind = Kind.ERROR
    type: str
    message: str
    code: int = 0
    causes: tuple[Error, ...] = ()


class Ending(enum.Enum):
    """How a call ended. The members are in the total order."""

    RETURNED = "returned"
    FAILED = "failed"
    PANICKED = "panicked"
    CANCELLED = "cancelled"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome(Container):
    """The outcome of a call.

    The payload is a value for RETURNED, an `Error` for FAILED, a `Text` for PANICKED, and otherwise
    null.
    """

    kind = Kind.OUTCOME
    ending: Ending
    payload: Value = Null()


def path_below(value: Value, levels: int) -> str:
    """Returns the path of the first value below so many levels of a value that is deeper."""
    path = "$"
    for left in range(levels, 0, -1):
        pairs = zip(_segments(value), _parts(value), strict=True)
        segment, value = next((segment, part) for segment, part in pairs if part.depth >= left)
        if segment is None:
            break
        path += segment
    return path


def _parts(value: Value) -> Iterable[Value]:
    """Returns the values one level deeper."""
    match value:
        case List(items) | Set(items):
            return items
        case Map(entries):
            return chain.from_iterable(entries)
        case Record(fields=fields) | Message(fields=fields):
            return (item for _, item in fields)
        case Error():
            return value.causes
        case Outcome(Ending.RETURNED | Ending.FAILED, payload):
            return (payload,)
        case _:
            return ()


def _segments(value: Value) -> Iterable[str | None]:
    """Returns the path segments of the parts; None for a part that has none."""
    match value:
        case List(items):
            return (f"[{place}]" for place in range(len(items)))
        case Set(items):
            return (None for _ in items)
        case Map(entries):
            return (segment for key, _ in entries for segment in (None, key_segment(key)))
        case Record(fields=fields) | Message(fields=fields):
            return (path_segment(name) for name, _ in fields)
        case Error():
            return (f".causes[{place}]" for place in range(len(value.causes)))
        case Outcome():
            return (f".{value.ending.value}",)
        case _:
            return ()


def key_segment(key: Value) -> str | None:
    """Returns the path segment for the value of a key, or None if such keys have no segment."""
    match key:
        case Text(value):
            return path_segment(value)
        case Int(value):
            return f"{{{value}}}"
        case Bool(value):
            return "{true}" if value else "{false}"
        case _:
            return None

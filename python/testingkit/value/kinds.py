"""The kinds of values. The rules are in docs/kit/value.md.

Every class is frozen. `==` compares all fields, including names for display; the relations of the
kit are in `relations.py`. Build sets and maps with `set_of` and `map_of`, which sort the parts.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import ClassVar

from testingkit.value.codes import ConversionError, ErrorCode

MAX_DEPTH = 128
MAX_INT_DIGITS = 4000
MAX_DURATION_NANOS = 2**63 - 1
MIN_TIME_SECONDS = -62_135_596_800
MAX_TIME_SECONDS = 253_402_300_799
MAX_OFFSET_SECONDS = 86_399
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
    OUTCOME = "outcome"

    # `Enum` hashes the name in Python code, which every table by kind would pay for.
    __hash__ = object.__hash__


class Value:
    """A value of the kit: one of the classes below."""

    __slots__ = ()
    kind: ClassVar[Kind]


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
class List(Value):
    """A sequence of values."""

    kind = Kind.LIST
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Set(Value):
    """Unique items in canonical order. Built by `set_of`."""

    kind = Kind.SET
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Map(Value):
    """Unique keys with values, in canonical order of the keys. Built by `map_of`."""

    kind = Kind.MAP
    entries: tuple[tuple[Value, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Record(Value):
    """A struct or dataclass: its name, empty if anonymous, and its fields in declared order."""

    kind = Kind.RECORD
    name: str = ""
    fields: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Error(Value):
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
class Outcome(Value):
    """The outcome of a call.

    The payload is a value for RETURNED, an `Error` for FAILED, a `Text` for PANICKED, and otherwise
    null.
    """

    kind = Kind.OUTCOME
    ending: Ending
    payload: Value = Null()

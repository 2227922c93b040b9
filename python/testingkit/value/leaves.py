"""What the relations compare of values without parts (docs/kit/value.md, relations)."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from testingkit.value.kinds import Enum, Float, Kind, Null, Time

Content = Callable[[Any], Hashable]
_NUMBERS = frozenset({Kind.INT, Kind.FLOAT})
_NAN = "NaN"


def _null(_value: Null) -> None:
    return None


def _float(number: Float) -> Hashable:
    """0.0 and -0.0 are the same key, in Python too."""
    return _NAN if math.isnan(number.value) else number.value


def _signed_float(number: Float) -> Hashable:
    return _float(number), math.isnan(number.value) or math.copysign(1.0, number.value)


def _instant(time: Time) -> Hashable:
    return time.seconds, time.nanos


def _instant_and_offset(time: Time) -> Hashable:
    return time.seconds, time.nanos, time.utc_offset_seconds


def _member(member: Enum) -> Hashable:
    return member.type, member.number


_CONTENT: Mapping[Kind, Content] = {
    Kind.NULL: _null,
    Kind.BOOL: attrgetter("value"),
    Kind.INT: attrgetter("value"),
    Kind.FLOAT: _float,
    Kind.TEXT: attrgetter("value"),
    Kind.BYTES: attrgetter("value"),
    Kind.TIME: _instant,
    Kind.DURATION: attrgetter("nanos"),
    Kind.ENUM: _member,
}


@dataclass(frozen=True, eq=False)
class Relation:
    """A relation between values: what it compares of the kinds without parts."""

    content: Mapping[Kind, Content]
    """What is compared of a value. Python compares ints with floats by their exact values."""
    mixes_numbers: bool = False
    """Whether an int and a float can relate."""
    simple: frozenset[Kind] = field(init=False)
    """Kinds of which at most one item of a set, or key of a map, relates to a given value, and no
    value of another kind. In canonical order, the related ones have the same place."""

    def __post_init__(self) -> None:
        simple = frozenset(self.content) - (_NUMBERS if self.mixes_numbers else frozenset())
        object.__setattr__(self, "simple", simple | {Kind.ERROR})

    def family(self, kind: Kind) -> Kind:
        """Returns the same kind for all kinds that can relate."""
        return Kind.INT if self.mixes_numbers and kind is Kind.FLOAT else kind


EQUAL = Relation(_CONTENT)
IDENTICAL = Relation(
    {**_CONTENT, Kind.FLOAT: _signed_float, Kind.TIME: _instant_and_offset},
)
EQUIVALENT = Relation(_CONTENT, mixes_numbers=True)

"""The relations between values: equal, identical, equivalent (docs/kit/value.md, relations)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from testingkit.value.kinds import (
    Duration,
    Enum,
    Error,
    Float,
    Int,
    Kind,
    List,
    Map,
    Null,
    Outcome,
    Record,
    Set,
    Time,
    Value,
)
from testingkit.value.numbers import compare_numbers, is_nan

T = TypeVar("T")
Relation = Callable[[Value, Value], bool]


def equal(left: Value, right: Value) -> bool:
    """Returns whether two values have the same kind and value at every depth. NaN equals NaN."""
    if left.kind is not right.kind:
        return False
    if isinstance(left, Float) and isinstance(right, Float):
        return _floats_equal(left, right)
    return _RELATE[left.kind](left, right, equal)


def identical(left: Value, right: Value) -> bool:
    """Returns whether two values are equal, with the same float signs and time offsets."""
    if left.kind is not right.kind:
        return False
    if isinstance(left, Float):
        return left == right
    if isinstance(left, Time) and isinstance(right, Time):
        return equal(left, right) and left.utc_offset_seconds == right.utc_offset_seconds
    return _RELATE[left.kind](left, right, identical)


def equivalent(left: Value, right: Value) -> bool:
    """Returns whether two values are equal if ints and floats compare by exact value."""
    if isinstance(left, Int | Float) and isinstance(right, Int | Float):
        if is_nan(left) or is_nan(right):
            return is_nan(left) and is_nan(right)
        return compare_numbers(left, right) == 0
    if left.kind is not right.kind:
        return False
    return _RELATE[left.kind](left, right, equivalent)


def _floats_equal(left: Float, right: Float) -> bool:
    return left.value == right.value or (math.isnan(left.value) and math.isnan(right.value))


def _pairwise(left: Sequence[Value], right: Sequence[Value], related: Relation) -> bool:
    return len(left) == len(right) and all(map(related, left, right))


def _mutual(left: Sequence[T], right: Sequence[T], related: Callable[[T, T], bool]) -> bool:
    """Returns whether there are equally many, and each has a related one on the other side.

    Both sides are in canonical order, so the pairwise comparison nearly always succeeds.
    """
    if len(left) != len(right):
        return False
    if all(map(related, left, right)):
        return True
    return all(any(related(one, other) for other in right) for one in left) and all(
        any(related(one, other) for one in left) for other in right
    )


def _same_value(left: Any, right: Any, _related: Relation) -> bool:
    return bool(left.value == right.value)


def _lists(left: List, right: List, related: Relation) -> bool:
    return _pairwise(left.items, right.items, related)


def _sets(left: Set, right: Set, related: Relation) -> bool:
    return _mutual(left.items, right.items, related)


def _maps(left: Map, right: Map, related: Relation) -> bool:
    def entries(one: tuple[Value, Value], other: tuple[Value, Value]) -> bool:
        return related(one[0], other[0]) and related(one[1], other[1])

    return _mutual(left.entries, right.entries, entries)


def _records(left: Record, right: Record, related: Relation) -> bool:
    if left.name and right.name and left.name != right.name:
        return False
    others = dict(right.fields)
    return len(left.fields) == len(others) and all(
        name in others and related(item, others[name]) for name, item in left.fields
    )


def _errors(left: Error, right: Error, related: Relation) -> bool:
    own = (left.type, left.message, left.code) == (right.type, right.message, right.code)
    return own and _pairwise(left.causes, right.causes, related)


def _outcomes(left: Outcome, right: Outcome, related: Relation) -> bool:
    return left.ending is right.ending and related(left.payload, right.payload)


def _enums(left: Enum, right: Enum, _related: Relation) -> bool:
    return (left.type, left.number) == (right.type, right.number)


def _times(left: Time, right: Time, _related: Relation) -> bool:
    return (left.seconds, left.nanos) == (right.seconds, right.nanos)


def _durations(left: Duration, right: Duration, _related: Relation) -> bool:
    return left.nanos == right.nanos


def _nulls(_left: Null, _right: Null, _related: Relation) -> bool:
    return True


_RELATE: dict[Kind, Callable[[Any, Any, Relation], bool]] = {
    Kind.NULL: _nulls,
    Kind.BOOL: _same_value,
    Kind.INT: _same_value,
    Kind.TEXT: _same_value,
    Kind.BYTES: _same_value,
    Kind.TIME: _times,
    Kind.DURATION: _durations,
    Kind.ENUM: _enums,
    Kind.LIST: _lists,
    Kind.SET: _sets,
    Kind.MAP: _maps,
    Kind.RECORD: _records,
    Kind.ERROR: _errors,
    Kind.OUTCOME: _outcomes,
}

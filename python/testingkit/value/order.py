"""The total order of values (docs/kit/value.md, order), for sorting and never for verdicts.

A value has a key, which Python compares. It has two parts: first what `equal` compares, and then
what it ignores, which decides only if the first parts are the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from testingkit.value.kinds import (
    Bool,
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Kind,
    List,
    Map,
    Message,
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)
from testingkit.value.numbers import Number, is_nan

Key = tuple[list[Any], list[Any]]

_RANK = {kind: place for place, kind in enumerate(Kind)} | {Kind.FLOAT: 2}
_ENDING_RANK = {ending: place for place, ending in enumerate(Ending)}
# Less than every rank, so that a sequence comes after the shorter ones that it starts with.
_END = -1
_NEXT = 0


def order(left: Value, right: Value) -> int:
    """Returns -1 if left comes first, 1 if right comes first, 0 if neither does."""
    one, other = order_key(left), order_key(right)
    return int(one > other) - int(one < other)


def sort_values(values: Iterable[Value]) -> list[Value]:
    """Returns the values sorted in the total order."""
    return sorted(values, key=order_key)


def order_key(value: Value) -> Key:
    """Returns a key that sorts in the total order."""
    coarse: list[Any] = []
    fine: list[Any] = []
    _add(value, coarse, fine)
    return coarse, fine


def sorted_fields(record: Record | Message) -> list[tuple[str, Value]]:
    """Returns the fields sorted by name; their declared order is only for display."""
    return sorted(record.fields, key=lambda field: field[0])


def _add(value: Value, coarse: list[Any], fine: list[Any]) -> None:
    """Adds what is compared of a value: to `coarse` what `equal` compares, to `fine` the rest.

    The keys are flat, and what is at one place of two keys, after the same start, is of one type.
    """
    coarse.append(_RANK[value.kind])
    _ADD[value.kind](value, coarse, fine)


def _add_null(_value: Null, _coarse: list[Any], _fine: list[Any]) -> None:
    pass


def _add_plain(value: Bool | Text | Bytes, coarse: list[Any], _fine: list[Any]) -> None:
    coarse.append(value.value)


def _add_number(number: Number, coarse: list[Any], fine: list[Any]) -> None:
    if is_nan(number):
        coarse.append(True)
        return
    is_float = number.kind is Kind.FLOAT
    coarse += (False, number.value, is_float)
    if is_float:
        fine.append(math.copysign(1.0, number.value))


def _add_time(time: Time, coarse: list[Any], fine: list[Any]) -> None:
    coarse += (time.seconds, time.nanos)
    fine.append(time.utc_offset_seconds)


def _add_duration(duration: Duration, coarse: list[Any], _fine: list[Any]) -> None:
    coarse.append(duration.nanos)


def _add_enum(member: Enum, coarse: list[Any], fine: list[Any]) -> None:
    coarse += (member.type, member.number)
    fine.append(member.name)


def _add_items(value: List | Set, coarse: list[Any], fine: list[Any]) -> None:
    for item in value.items:
        _add(item, coarse, fine)
    coarse.append(_END)


def _add_map(value: Map, coarse: list[Any], fine: list[Any]) -> None:
    for key, item in value.entries:
        _add(key, coarse, fine)
        _add(item, coarse, fine)
    coarse.append(_END)


def _add_record(record: Record | Message, coarse: list[Any], fine: list[Any]) -> None:
    for name, item in sorted_fields(record):
        coarse += (_NEXT, name)
        _add(item, coarse, fine)
    coarse.append(_END)
    fine.append(record.name)


def _add_error(error: Error, coarse: list[Any], fine: list[Any]) -> None:
    coarse += (error.type, error.message, error.code)
    for cause in error.causes:
        coarse.append(_NEXT)
        _add_error(cause, coarse, fine)
    coarse.append(_END)


def _add_outcome(outcome: Outcome, coarse: list[Any], fine: list[Any]) -> None:
    coarse.append(_ENDING_RANK[outcome.ending])
    _add(outcome.payload, coarse, fine)


_ADD: dict[Kind, Callable[[Any, list[Any], list[Any]], None]] = {
    Kind.NULL: _add_null,
    Kind.BOOL: _add_plain,
    Kind.INT: _add_number,
    Kind.FLOAT: _add_number,
    Kind.TEXT: _add_plain,
    Kind.BYTES: _add_plain,
    Kind.TIME: _add_time,
    Kind.DURATION: _add_duration,
    Kind.ENUM: _add_enum,
    Kind.LIST: _add_items,
    Kind.SET: _add_items,
    Kind.MAP: _add_map,
    Kind.RECORD: _add_record,
    Kind.MESSAGE: _add_record,
    Kind.ERROR: _add_error,
    Kind.OUTCOME: _add_outcome,
}

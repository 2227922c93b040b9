"""The total order of values (docs/kit/value.md, order), for sorting and never for verdicts.

It has two passes. In the coarse pass, values that are `equal` have the same rank. The fine pass
then orders these by the properties that `equal` ignores. Equal values are therefore neighbours in a
sorted sequence, which `build.py` relies on.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key
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
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)
from testingkit.value.numbers import Number, compare_numbers, is_nan


class _Pass(enum.Enum):
    COARSE = enum.auto()
    FINE = enum.auto()


_KIND_RANK = {kind: place for place, kind in enumerate(Kind)} | {Kind.FLOAT: 2}
_ENDING_RANK = {ending: place for place, ending in enumerate(Ending)}


def order(left: Value, right: Value) -> int:
    """Returns -1 if left comes first, 1 if right comes first, 0 if neither does."""
    return coarse_order(left, right) or _compare(left, right, _Pass.FINE)


def coarse_order(left: Value, right: Value) -> int:
    """Returns the first pass: 0 for equal values, and for records that differ only in name."""
    return _compare(left, right, _Pass.COARSE)


def sort_values(values: Iterable[Value]) -> list[Value]:
    """Returns the values sorted in the total order."""
    return sorted(values, key=cmp_to_key(order))


def _compare(left: Value, right: Value, stage: _Pass) -> int:
    by_kind = _sign(_KIND_RANK[left.kind], _KIND_RANK[right.kind])
    return by_kind or _COMPARE[left.kind](left, right, stage)


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _compare_numbers(left: Number, right: Number, stage: _Pass) -> int:
    by_nan = _sign(is_nan(left), is_nan(right))
    if by_nan or is_nan(left):
        return by_nan
    by_value = compare_numbers(left, right) or _sign(
        left.kind is Kind.FLOAT, right.kind is Kind.FLOAT
    )
    if by_value or stage is _Pass.COARSE or left.kind is Kind.INT:
        return by_value
    return _sign(math.copysign(1.0, left.value), math.copysign(1.0, right.value))


def _compare_times(left: Time, right: Time, stage: _Pass) -> int:
    by_instant = _sign((left.seconds, left.nanos), (right.seconds, right.nanos))
    if by_instant or stage is _Pass.COARSE:
        return by_instant
    return _sign(left.utc_offset_seconds, right.utc_offset_seconds)


def _compare_enums(left: Enum, right: Enum, stage: _Pass) -> int:
    by_number = _sign((left.type, left.number), (right.type, right.number))
    return _sign(left.name, right.name) if stage is _Pass.FINE and not by_number else by_number


def _compare_sequences(left: Sequence[Value], right: Sequence[Value], stage: _Pass) -> int:
    for one, other in zip(left, right, strict=False):
        if by_item := _compare(one, other, stage):
            return by_item
    return _sign(len(left), len(right))


def _compare_maps(left: Map, right: Map, stage: _Pass) -> int:
    flat_left = [part for entry in left.entries for part in entry]
    flat_right = [part for entry in right.entries for part in entry]
    return _compare_sequences(flat_left, flat_right, stage)


def _compare_records(left: Record, right: Record, stage: _Pass) -> int:
    flat_left = [part for name, item in sorted_fields(left) for part in (Text(name), item)]
    flat_right = [part for name, item in sorted_fields(right) for part in (Text(name), item)]
    by_fields = _compare_sequences(flat_left, flat_right, stage)
    return _sign(left.name, right.name) if stage is _Pass.FINE and not by_fields else by_fields


def sorted_fields(record: Record) -> list[tuple[str, Value]]:
    """Returns the fields of a record sorted by name; their declared order is only for display."""
    return sorted(record.fields, key=lambda field: field[0])


def _compare_errors(left: Error, right: Error, stage: _Pass) -> int:
    by_own = _sign((left.type, left.message, left.code), (right.type, right.message, right.code))
    return by_own or _compare_sequences(left.causes, right.causes, stage)


def _compare_outcomes(left: Outcome, right: Outcome, stage: _Pass) -> int:
    by_ending = _sign(_ENDING_RANK[left.ending], _ENDING_RANK[right.ending])
    return by_ending or _compare(left.payload, right.payload, stage)


def _compare_null(_left: Null, _right: Null, _stage: _Pass) -> int:
    return 0


def _compare_plain(left: Bool | Text | Bytes, right: Bool | Text | Bytes, _stage: _Pass) -> int:
    return _sign(left.value, right.value)


def _compare_durations(left: Duration, right: Duration, _stage: _Pass) -> int:
    return _sign(left.nanos, right.nanos)


def _compare_items(left: List | Set, right: List | Set, stage: _Pass) -> int:
    return _compare_sequences(left.items, right.items, stage)


_COMPARE: dict[Kind, Callable[[Any, Any, _Pass], int]] = {
    Kind.NULL: _compare_null,
    Kind.BOOL: _compare_plain,
    Kind.INT: _compare_numbers,
    Kind.FLOAT: _compare_numbers,
    Kind.TEXT: _compare_plain,
    Kind.BYTES: _compare_plain,
    Kind.TIME: _compare_times,
    Kind.DURATION: _compare_durations,
    Kind.ENUM: _compare_enums,
    Kind.LIST: _compare_items,
    Kind.SET: _compare_items,
    Kind.MAP: _compare_maps,
    Kind.RECORD: _compare_records,
    Kind.ERROR: _compare_errors,
    Kind.OUTCOME: _compare_outcomes,
}

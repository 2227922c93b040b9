"""Builds sets, maps and records, whose items, keys and names must be unique."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.kinds import Float, Map, Record, Set, Value
from testingkit.value.lookup import are_unique
from testingkit.value.numbers import is_nan
from testingkit.value.order import order_key, sort_values

_BAD = ErrorCode.BAD_ARGUMENT


def set_of(items: Iterable[Value]) -> Set:
    """Returns the set of these items.

    Raises:
        ConversionError: Two items are equal (`bad_argument`).
    """
    ordered = sort_values(items)
    _check_unique(ordered)
    return Set(tuple(ordered))


def map_of(entries: Iterable[tuple[Value, Value]]) -> Map:
    """Returns the map of these entries.

    Raises:
        ConversionError: Two keys are equal, or a key is NaN (`bad_argument`).
    """
    ordered = sorted(entries, key=lambda entry: order_key(entry[0]))
    keys = [key for key, _ in ordered]
    if any(isinstance(key, Float) and is_nan(key) for key in keys):
        raise ConversionError(_BAD)
    _check_unique(keys)
    return Map(tuple(ordered))


def record_of(name: str, fields: Iterable[tuple[str, Value]]) -> Record:
    """Returns the record of these fields.

    Raises:
        ConversionError: Two fields have the same name (`bad_argument`).
    """
    record = Record(name, tuple(fields))
    if len(dict(record.fields)) != len(record.fields):
        raise ConversionError(_BAD)
    return record


def _check_unique(ordered: Sequence[Value]) -> None:
    """Raises `ConversionError` if two values, which must be sorted, are equal."""
    if not are_unique(ordered):
        raise ConversionError(_BAD)

"""Builds sets, maps and records, whose items, keys and names must be unique."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.kinds import (
    Bytes,
    Float,
    Map,
    Message,
    MessageField,
    MessageType,
    Record,
    Set,
    Text,
    Value,
)
from testingkit.value.lookup import are_unique
from testingkit.value.numbers import is_nan
from testingkit.value.order import order_key, sort_values
from testingkit.value.relations import identical

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
    given = list(entries)
    texts = [key.value for key, _ in given if isinstance(key, Text)]
    if len(texts) == len(given):
        return _map_of_texts(texts, given)
    ordered = sorted(given, key=lambda entry: order_key(entry[0]))
    keys = [key for key, _ in ordered]
    if any(isinstance(key, Float) and is_nan(key) for key in keys):
        raise ConversionError(_BAD)
    _check_unique(keys)
    return Map(tuple(ordered))


def _map_of_texts(keys: Sequence[str], entries: Sequence[tuple[Value, Value]]) -> Map:
    """Returns the map of entries with these keys. Texts have the order of their content."""
    by_key = dict(zip(keys, entries, strict=True))
    if len(by_key) < len(entries):
        raise ConversionError(_BAD)
    return Map(tuple(by_key[key] for key in sorted(by_key)))


def record_of(name: str, fields: Iterable[tuple[str, Value]]) -> Record:
    """Returns the record of these fields.

    Raises:
        ConversionError: Two fields have the same name (`bad_argument`).
    """
    record = Record(name, tuple(fields))
    if len(dict(record.fields)) != len(record.fields):
        raise ConversionError(_BAD)
    return record


def message_of(
    message_type: MessageType,
    values: Mapping[str, Value],
    unknown: Mapping[int, bytes] | None = None,
) -> Message:
    """Returns the message with these values of its fields, and these unknown fields by number.

    A field without explicit presence is set only if its value is not identical to the default.

    Raises:
        ConversionError: A value is for a field that the type does not have (`bad_argument`).
    """
    fields = [
        (field.name, values[field.name])
        for field in message_type.fields
        if field.name in values and _is_set(field, values[field.name])
    ]
    if values.keys() - {field.name for field in message_type.fields}:
        raise ConversionError(_BAD)
    fields += [(str(number), Bytes(octets)) for number, octets in sorted((unknown or {}).items())]
    return Message(message_type, tuple(fields))


def _is_set(field: MessageField, value: Value) -> bool:
    return field.explicit or field.default is None or not identical(value, field.default)


def _check_unique(ordered: Sequence[Value]) -> None:
    """Raises `ConversionError` if two values, which must be sorted, are equal."""
    if not are_unique(ordered):
        raise ConversionError(_BAD)

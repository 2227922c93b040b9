"""Finds what text format cannot hold of a message."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from typing import Any as Anything

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import EncodeError, Message
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.protobuf.field_paths import component, is_map


def losses(message: Message, path: str = "") -> Iterator[str]:
    """Yields what text format cannot hold of a message, each with the path of the field.

    The bytes in an ``Any`` are not looked into: text can hold them as bytes.
    """
    numbers = _unknown_numbers(message)
    if numbers:
        yield _describe_unknown(path, numbers)
    for field, value in message.ListFields():
        name = component(field)
        for item, place in _items(field, value, f"{path}.{name}" if path else name):
            if field.message_type is not None:
                yield from losses(item, place)
            elif field.type == FieldDescriptor.TYPE_STRING and isinstance(item, bytes):
                yield f"{place} is not UTF-8 text"
            elif isinstance(item, float) and _has_payload(item):
                yield f"{place} is a NaN with bits that text cannot hold"


def unknown_fields(message: Message) -> str:
    """Returns which fields a message has that its type does not know; empty if it has none.

    The bytes in an ``Any`` are not looked into.
    """
    known = type(message)()
    known.CopyFrom(message)
    known.DiscardUnknownFields()
    if known.ByteSize() == message.ByteSize():  # Mostly so, and much faster.
        return ""
    return next(_unknown(message, ""), "")


def _unknown(message: Message, path: str) -> Iterator[str]:
    numbers = _unknown_numbers(message)
    if numbers:
        yield _describe_unknown(path, numbers)
    for field, value in message.ListFields():
        if field.message_type is not None:
            name = f"{path}.{field.name}" if path else field.name
            for item, place in _items(field, value, name):
                yield from _unknown(item, place)


def _unknown_numbers(message: Message) -> Sequence[int]:
    unknown = UnknownFieldSet(message)
    return sorted({unknown[index].field_number for index in range(len(unknown))})


def _describe_unknown(path: str, numbers: Sequence[int]) -> str:
    fields = ", ".join(map(str, numbers))
    return f"{path or 'the message'} has fields that its type does not know: {fields}"


def is_exact(message: Message, data: bytes) -> bool:
    """Returns whether the text of a message gives these bytes."""
    try:
        same = message.SerializeToString(deterministic=True) == data
    except EncodeError:  # A required field of proto2 is missing.
        return False
    return same and next(losses(message), None) is None


def _items(field: FieldDescriptor, value: Anything, path: str) -> Iterator[tuple[Anything, str]]:
    """Yields the values of a field with their paths; of a map its entries."""
    if not field.is_repeated:
        yield value, path
    elif not is_map(field):
        yield from ((item, f"{path}[{index}]") for index, item in enumerate(value))
    else:
        entry = value.GetEntryClass()
        yield from ((entry(key=key, value=value[key]), f"{path}[{key!r}]") for key in value)


def _has_payload(value: float) -> bool:
    return math.isnan(value) and struct.pack("<d", abs(value)) != struct.pack("<d", math.nan)

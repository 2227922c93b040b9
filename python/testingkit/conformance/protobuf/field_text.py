"""Formats values of fields as text for people; it is never parsed."""

from __future__ import annotations

from typing import Any as Anything

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.protobuf import text_format

_WIRE_TYPES = {0: "varint", 1: "fixed64", 2: "bytes", 5: "fixed32"}


MAX_SHOWN = 4000  # characters of one value


def show(value: Anything, field: FieldDescriptor) -> str:
    """Returns a value as text format writes it, cut if it is long."""
    if field.message_type is not None:
        return "{" + cut(text_format.print_line(value)) + "}"
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return text_format.print_scalar(value[:MAX_SHOWN], field) + _left_out(value)
    if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        return text_format.shortest_single(value)
    return text_format.print_scalar(value, field)


def cut(text: str) -> str:
    """Returns a text, cut if it is long, with the number of characters left out."""
    return text[:MAX_SHOWN] + _left_out(text)


def _left_out(value: str | bytes) -> str:
    return f"…+{len(value) - MAX_SHOWN}" if len(value) > MAX_SHOWN else ""


def show_unknown(unknown: UnknownFieldSet) -> dict[int, str]:
    """Returns the values of unknown fields as text, by field number; groups with their fields."""
    shown: dict[int, list[str]] = {}
    for index in range(len(unknown)):
        entry = unknown[index]
        data: Anything = entry.data
        if isinstance(data, UnknownFieldSet):
            inside = show_unknown(data)
            text = "{" + " ".join(f"{n}: {value}" for n, value in sorted(inside.items())) + "}"
        else:
            text = f"{_WIRE_TYPES[entry.wire_type]} {data!r}"
        shown.setdefault(entry.field_number, []).append(text)
    return {number: "; ".join(texts) for number, texts in shown.items()}

"""Prints protobuf text format.

``cases.load`` parses text. Printed text is for people and is never compared; text that is written
to a file is parsed again as a check.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from typing import Any as Anything

from google.protobuf import text_encoding
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import EncodeError, Message

from testingkit.conformance.protobuf.any_parts import ANY, type_url_and_value, unpack_any
from testingkit.conformance.protobuf.exactness import is_exact
from testingkit.conformance.protobuf.field_paths import is_map
from testingkit.conformance.protobuf.schema import descriptor_of

MAX_LINE_BYTES = 1 << 20  # of a message that is shown to a person
# The address of a type as text format can have it in brackets.
_ADDRESS = re.compile(r"(?!/)(?:[A-Za-z0-9_.\-~!$&()*+,;=/]|%[0-9A-Fa-f]{2})+/[A-Za-z_][\w.]*")

_Line = tuple[int, str]  # depth and text


def print_line(message: Message, pool: DescriptorPool | None = None) -> str:
    """Returns a message as one line of text; for an oversized message only its size."""
    size = _size(message)
    if size > MAX_LINE_BYTES:
        return f"# {size:,} bytes, too many to be shown"
    return _print(_Printer(pool), message, as_one_line=True)


def print_source(message: Message, pool: DescriptorPool, *, as_one_line: bool) -> str:
    """Returns a message as text for a file, with invisible characters escaped."""
    return visible(_print(_Printer(pool), message, as_one_line=as_one_line))


def print_exact(message: Message, pool: DescriptorPool) -> str:
    """Returns a message as text for a file that gives the same bytes again.

    An ``Any`` is expanded only if its bytes are those that its text gives. `losses` has what even
    this text cannot hold.
    """
    return visible(_print(_Printer(pool, exact=True), message, as_one_line=False))


def visible(text: str) -> str:
    """Returns a text with invisible characters, such as control characters, escaped."""
    return "".join(
        char
        if char.isprintable() or char == "\n"
        else text_encoding.CEscape(char.encode(), as_utf8=False)
        for char in text
    )


def _size(message: Message) -> int:
    """Returns the serialized size of a message, also of one that lacks a required field."""
    try:
        return message.ByteSize()
    except EncodeError:
        return len(message.SerializePartialToString())


def quote(text: str) -> str:
    """Returns a string as text format writes it."""
    return '"' + text_encoding.CEscape(text.encode(), as_utf8=True) + '"'


def quote_bytes(data: bytes) -> str:
    """Returns bytes as text format writes them."""
    return '"' + text_encoding.CEscape(data, as_utf8=False) + '"'


def print_scalar(value: Anything, field: FieldDescriptor) -> str:
    """Returns one scalar value of a field as text format writes it; of a NaN without its sign."""
    if field.enum_type is not None:
        member = field.enum_type.values_by_number.get(value)
        return str(value) if member is None else member.name
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return "true" if value else "false"
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        # A string of proto2 that is not UTF-8 is bytes.
        return quote(value) if isinstance(value, str) else quote_bytes(value)
    if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        return str(float(shortest_single(value)))
    return str(value)


def shortest_single(value: float) -> str:
    """Returns the shortest text that is read as the same binary32 number."""
    return next(
        (
            text
            for digits in range(6, 9)
            if _as_single(float(text := f"{value:.{digits}g}")) == value
        ),
        repr(value),
    )


def _as_single(value: float) -> float:
    try:
        single: float = struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return single


def _print(printer: _Printer, message: Message, *, as_one_line: bool) -> str:
    try:
        lines = list(printer.lines(message, 0))
    except RecursionError:  # Only ``Any`` within ``Any`` nests without a limit.
        return "# nested too deeply to be shown"
    if as_one_line:
        return " ".join(text for _, text in lines)
    return "".join(f"{'  ' * depth}{text}\n" for depth, text in lines)


class _Printer:
    """Prints messages line by line."""

    def __init__(self, pool: DescriptorPool | None, *, exact: bool = False) -> None:
        """``exact`` keeps the bytes of each ``Any``, and the sign of each NaN."""
        self._pool = pool
        self._exact = exact

    def lines(self, message: Message, depth: int) -> Iterator[_Line]:
        """Yields the lines of a message."""
        if descriptor_of(message).full_name == ANY:
            inner = self._expanded(message)
            if inner is not None:
                yield from self._block(f"[{type_url_and_value(message)[0]}]", inner, depth)
                return
        for field, value in message.ListFields():
            name = _name(field)
            for item in _items(field, value):
                if field.message_type is None:
                    yield depth, f"{name}: {self._scalar(item, field)}"
                else:
                    yield from self._block(name, item, depth)

    def _scalar(self, value: Anything, field: FieldDescriptor) -> str:
        is_nan = self._exact and isinstance(value, float) and math.isnan(value)
        return "-nan" if is_nan and math.copysign(1, value) < 0 else print_scalar(value, field)

    def _block(self, name: str, message: Message, depth: int) -> Iterator[_Line]:
        yield depth, f"{name} {{"
        yield from self.lines(message, depth + 1)
        yield depth, "}"

    def _expanded(self, message: Message) -> Message | None:
        """Returns the message in an ``Any``; None if the two fields are printed instead."""
        type_url, value = type_url_and_value(message)
        inner = unpack_any(message, self._pool) if _ADDRESS.fullmatch(type_url) else None
        return None if inner is None or (self._exact and not is_exact(inner, value)) else inner


def _name(field: FieldDescriptor) -> str:
    kind = field.message_type
    if field.is_extension:
        is_of_set = field.containing_type.GetOptions().message_set_wire_format  # type: ignore[union-attr]
        return f"[{kind.full_name if is_of_set and kind is not None else field.full_name}]"
    if field.type != FieldDescriptor.TYPE_GROUP or kind is None:
        return field.name
    return kind.name if kind.name.lower() == field.name else field.name


def _items(field: FieldDescriptor, value: Anything) -> Iterator[Anything]:
    """Yields the values of a field; of a map its entries, sorted by key."""
    if not field.is_repeated:
        yield value
    elif not is_map(field):
        yield from value
    else:
        entry = value.GetEntryClass()
        yield from (entry(key=key, value=value[key]) for key in sorted(value))

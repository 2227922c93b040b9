"""Generates messages of any type: every scalar, maps, oneofs, Any, extensions, unknown fields."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from typing import Any

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from hypothesis import strategies as st

_ANY = "google.protobuf.Any"
_MAX_DEPTH = 3
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_DOUBLES = st.floats() | st.sampled_from([0.0, -0.0, math.inf, -math.inf, math.nan, -math.nan])
_UNKNOWN = [b"\xf8\x3f\x01", b"\xfa\x3f\x01x", b"\xfd\x3f\0\0\0\0", b"\xfb\x3f\xfc\x3f"]
_SCALARS: dict[int, st.SearchStrategy[Any]] = {
    FieldDescriptor.CPPTYPE_INT32: st.integers(-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: st.integers(0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_UINT64: st.integers(0, 2**64 - 1),
    FieldDescriptor.CPPTYPE_DOUBLE: _DOUBLES,
    FieldDescriptor.CPPTYPE_FLOAT: _DOUBLES.map(
        lambda value: (
            struct.unpack("f", struct.pack("f", value))[0]
            if math.isnan(value) or abs(value) < 3e38
            else math.copysign(math.inf, value)
        )
    ),
    FieldDescriptor.CPPTYPE_BOOL: st.booleans(),
}


class Messages:
    """Draws messages with the types of one pool."""

    def __init__(
        self, draw: Callable[[st.SearchStrategy[Any]], Any], pool: DescriptorPool, *, odd: bool
    ) -> None:
        """``odd`` messages have unknown fields, and text and ``Any`` that are not valid."""
        self._draw = draw
        self._pool = pool
        self._odd = odd

    def message(self, descriptor: Descriptor, depth: int = 0) -> Any:
        message = message_factory.GetMessageClass(descriptor)()
        if descriptor.full_name == _ANY:
            self._fill_any(message, depth)
            return message
        fields = [*descriptor.fields, *self._pool.FindAllExtensions(descriptor)]
        for field in self._draw(st.lists(st.sampled_from(fields), max_size=4)) if fields else ():
            self._set(message, field, depth)
        if self._odd and self._draw(st.integers(0, 9)) == 0:
            self._spoil(message)
        return message

    def _set(self, message: Any, field: FieldDescriptor, depth: int) -> None:
        if field.message_type is not None and depth >= _MAX_DEPTH:
            return
        target = message.Extensions[field] if field.is_extension else getattr(message, field.name)
        kind = field.message_type
        if kind is not None and field.is_repeated and kind.GetOptions().map_entry:
            self._put(target, kind, depth)
        elif kind is not None:
            inner = target.add() if field.is_repeated else target
            inner.SetInParent()
            inner.CopyFrom(self.message(kind, depth + 1))
        elif field.is_repeated:
            target.append(self._scalar(field))
        elif field.is_extension:
            message.Extensions[field] = self._scalar(field)
        else:
            setattr(message, field.name, self._scalar(field))

    def _put(self, entries: Any, entry: Descriptor, depth: int) -> None:
        key, value = self._scalar(entry.fields_by_name["key"]), entry.fields_by_name["value"]
        if value.message_type is None:
            entries[key] = self._scalar(value)
        else:
            entries[key].CopyFrom(self.message(value.message_type, depth + 1))

    def _scalar(self, field: FieldDescriptor) -> Any:
        if field.enum_type is not None:
            numbers = st.sampled_from([value.number for value in field.enum_type.values])
            return self._draw(
                numbers if field.enum_type.is_closed else numbers | st.integers(-9, 9)
            )
        if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
            is_bytes = field.type == FieldDescriptor.TYPE_BYTES
            return self._draw(st.binary(max_size=6) if is_bytes else _TEXTS)
        return self._draw(_SCALARS[field.cpp_type])

    def _fill_any(self, message: Any, depth: int) -> None:
        names = ["probe.v1.Texts", "probe.v1.Point", "google.protobuf.Any"]
        name = self._draw(st.sampled_from(names))
        if depth < _MAX_DEPTH:
            inner = self.message(self._pool.FindMessageTypeByName(name), depth + 1)
            message.type_url = f"type.googleapis.com/{name}"
            message.value = inner.SerializeToString(deterministic=True)
        if self._odd and self._draw(st.integers(0, 4)) == 0:
            self._draw(st.sampled_from(_ODD_ANYS))(message)

    def _spoil(self, message: Message) -> None:
        message.MergeFromString(self._draw(st.sampled_from(_UNKNOWN)))


def _set_url(url: str) -> Callable[[Any], None]:
    return lambda message: setattr(message, "type_url", url)


def _set_value(value: bytes) -> Callable[[Any], None]:
    return lambda message: setattr(message, "value", value)


_ODD_ANYS: Sequence[Callable[[Any], None]] = [
    _set_url("type.googleapis.com/no.Such"),
    _set_url("probe.v1.Texts"),
    _set_url("a b/probe.v1.Texts"),
    _set_url("a-b.c/%41/probe.v1.Texts"),
    _set_url("%4/probe.v1.Texts"),
    _set_value(b"\xff"),
    _set_value(b"\x10\x02\x08\x01"),  # Fields that are not in order.
    _set_value(b"\x72\x01\xff"),  # A string that is not UTF-8, if the type is Texts.
    _set_value(b"\x61\x01\0\0\0\0\0\xf8\x7f"),  # A NaN with other bits.
]

"""Converts protobuf messages to values of the kit (docs/kit/value.md, messages).

`testingkit.to_value` calls this for messages by itself; only this module needs `protobuf`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.descriptor_pb2 import DescriptorProto
from google.protobuf.message import Message as NativeMessage
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit import value as kit
from testingkit.value.kinds import key_segment
from testingkit.value.quote import path_segment

_START_GROUP, _END_GROUP = 3, 4
_FIXED_OCTETS = {1: 8, 5: 4}


def message_to_value(message: NativeMessage) -> kit.Message:
    """Returns the value of a message.

    Raises:
        ConversionError: It is nested too deep (`too_large`).
    """
    descriptor = message.DESCRIPTOR
    values = {
        field.name: _at(path_segment(field.name), _field_value, field, getattr(message, field.name))
        for field in descriptor.fields
        if not field.has_presence or message.HasField(field.name)
    }
    return kit.message_of(message_type(descriptor), values, _unknown_fields(message))


@cache
def message_type(descriptor: Descriptor) -> kit.MessageType:
    """Returns the type of the messages of a descriptor."""
    fields = sorted(descriptor.fields, key=lambda field: field.number)
    members = {
        oneof.name: tuple(field.name for field in oneof.fields) for oneof in descriptor.oneofs
    }
    optional = _marked_optional(descriptor)
    oneofs = tuple((name, names) for name, names in members.items() if optional.isdisjoint(names))
    return kit.MessageType(descriptor.full_name, tuple(map(_field, fields)), oneofs)


def _marked_optional(descriptor: Descriptor) -> set[str]:
    """Returns the `optional` fields of proto3. Each has a oneof that no proto file has."""
    proto = DescriptorProto()
    descriptor.CopyToProto(proto)
    return {field.name for field in proto.field if field.proto3_optional}


def _field(field: FieldDescriptor) -> kit.MessageField:
    entry = _map_entry(field)
    scalar = field if entry is None else entry.fields_by_name["value"]
    single = scalar.type == FieldDescriptor.TYPE_FLOAT
    return kit.MessageField(field.name, field.has_presence, _default(field), single)


def _default(field: FieldDescriptor) -> kit.Value | None:
    if _map_entry(field) is not None:
        return kit.Map()
    if field.is_repeated:
        return kit.List()
    if field.message_type is not None:
        return None
    return _scalar(field, field.default_value)


def _map_entry(field: FieldDescriptor) -> Descriptor | None:
    """Returns the type of the entries of a map, or None for other fields."""
    entry = field.message_type
    return entry if entry is not None and entry.GetOptions().map_entry else None


def _field_value(field: FieldDescriptor, native: Any) -> kit.Value:
    if (entry := _map_entry(field)) is not None:
        return _map(entry, native)
    if field.is_repeated:
        items = (_at(f"[{n}]", _scalar, field, item) for n, item in enumerate(native))
        return kit.List(tuple(items))
    return _scalar(field, native)


def _map(entry: Descriptor, native: Mapping[Any, Any]) -> kit.Map:
    key_field, value_field = entry.fields_by_name["key"], entry.fields_by_name["value"]
    entries = []
    for native_key in native:
        key = _scalar(key_field, native_key)
        item = _at(key_segment(key), _scalar, value_field, native[native_key])
        entries.append((key, item))
    return kit.map_of(entries)


def _at(
    segment: str | None, read: Callable[[Any, Any], kit.Value], field: Any, native: Any
) -> kit.Value:
    """Converts a part, and adds its path segment to errors."""
    try:
        return read(field, native)
    except kit.ConversionError as error:
        raise error.within(segment) from None


def _scalar(field: FieldDescriptor, native: Any) -> kit.Value:
    """Returns the value of a field, or of one item of a repeated field."""
    if field.message_type is not None:
        return message_to_value(native)
    if field.enum_type is not None:
        return _member(field.enum_type, native)
    match native:
        case bool():
            return kit.Bool(native)
        case int():
            return kit.Int(native)
        case float():
            return kit.Float(native)
        case str():
            return kit.Text(native)
        case _:
            return kit.Bytes(bytes(native))


def _member(enum_type: EnumDescriptor, number: int) -> kit.Enum:
    """Returns a member; of two with the same number, the name is that of the first."""
    names = (member.name for member in enum_type.values if member.number == number)
    return kit.Enum(enum_type.full_name, next(names, ""), number)


def _unknown_fields(message: NativeMessage) -> dict[int, bytes]:
    """Returns the unknown fields by number, each occurrence in its shortest encoding."""
    found: dict[int, bytes] = {}
    unknown: Any = UnknownFieldSet(message)  # Its stub has no iterator.
    for field in unknown:
        found[field.field_number] = found.get(field.field_number, b"") + _encoded(field)
    return found


def _encoded(field: Any) -> bytes:
    tag = _varint(field.field_number << 3 | field.wire_type)
    if field.wire_type == _START_GROUP:
        inner: Iterable[Any] = field.data
        end = _varint(field.field_number << 3 | _END_GROUP)
        return tag + b"".join(map(_encoded, inner)) + end
    if isinstance(field.data, bytes):
        return tag + _varint(len(field.data)) + field.data
    if (size := _FIXED_OCTETS.get(field.wire_type)) is not None:
        return tag + int(field.data).to_bytes(size, "little")
    return tag + _varint(field.data)


def _varint(number: int) -> bytes:
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    octets.append(number)
    return bytes(octets)

"""Finds the fields and extensions that text format names."""

from __future__ import annotations

import functools

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool


def field_named(descriptor: Descriptor, name: str) -> FieldDescriptor | None:
    """Returns the field of a name; a group may be named as its type is."""
    found: FieldDescriptor | None = descriptor.fields_by_name.get(name)
    if found is not None or name == name.lower():
        return found
    found = descriptor.fields_by_name.get(name.lower())
    if found is None or found.type != FieldDescriptor.TYPE_GROUP:
        return None
    return found if found.message_type.name == name else None  # type: ignore[union-attr]


@functools.lru_cache(maxsize=4096)
def reserved_names(descriptor: Descriptor) -> frozenset[str]:
    """Returns the reserved field names of a message."""
    proto = descriptor_pb2.DescriptorProto()
    descriptor.CopyToProto(proto)
    return frozenset(proto.reserved_name)


def extension_named(
    pool: DescriptorPool, descriptor: Descriptor, name: str
) -> FieldDescriptor | None:
    """Returns an extension of a message; one of a message set may be named as its type is."""
    found: FieldDescriptor | None
    try:
        found = pool.FindExtensionByName(name)
    except KeyError:
        found = _of_message_set(pool, descriptor, name)
    return found if found is not None and found.containing_type == descriptor else None


def _of_message_set(
    pool: DescriptorPool, descriptor: Descriptor, name: str
) -> FieldDescriptor | None:
    if not descriptor.GetOptions().message_set_wire_format:
        return None
    try:
        extensions = pool.FindMessageTypeByName(name).extensions
    except KeyError:
        return None
    return next((e for e in extensions if e.containing_type == descriptor), None)

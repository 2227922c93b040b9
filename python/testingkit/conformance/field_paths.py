"""Field paths such as ``items.name``: the way a person names a field of a message.

A path goes through messages, repeated fields (every element) and maps (every value).
"""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from testingkit.conformance.descriptors import did_you_mean


def resolve(path: str, message: Descriptor) -> FieldDescriptor:
    """Returns the field that a path leads to.

    Raises:
        ValueError: It leads nowhere; says which part and what was meant.
    """
    descriptor: Descriptor | None = message
    field: FieldDescriptor | None = None
    for name in path.split("."):
        if descriptor is None:
            raise ValueError(f"{path}: nothing lies below a scalar, so not {name}")
        field = descriptor.fields_by_name.get(name)
        if field is None:
            hint = did_you_mean(name, descriptor.fields_by_name)
            raise ValueError(f"{path}: {descriptor.full_name} has no field {name!r}{hint}")
        descriptor = field.message_type
        if descriptor is not None and descriptor.GetOptions().map_entry:
            descriptor = descriptor.fields_by_name["value"].message_type
    assert field is not None  # A path has one part at least.
    return field

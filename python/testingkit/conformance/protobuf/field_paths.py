"""Resolves field paths such as ``items.name``, with which people name fields of messages.

A path goes through messages, repeated fields (every element) and maps (every value).
"""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from testingkit.conformance.text.suggestions import did_you_mean


def resolve(path: str, message: Descriptor) -> FieldDescriptor:
    """Returns the field with a path.

    Raises:
        ValueError: There is no such field; the message has a suggestion.
    """
    first, *others = path.split(".")
    field = _field(path, message, first)
    for name in others:
        below = _below(field)
        if below is None:
            raise ValueError(f"{path}: a scalar has no fields, so no {name}")
        field = _field(path, below, name)
    return field


def _field(path: str, message: Descriptor, name: str) -> FieldDescriptor:
    field = message.fields_by_name.get(name)
    if field is None:
        hint = did_you_mean(name, message.fields_by_name)
        raise ValueError(f"{path}: {message.full_name} has no field {name!r}{hint}")
    return field


def _below(field: FieldDescriptor) -> Descriptor | None:
    message = field.message_type
    if message is not None and message.GetOptions().map_entry:
        return message.fields_by_name["value"].message_type
    return message

"""Resolves the names with which people name fields of messages: paths and full names.

A path such as ``items.name`` goes through messages, repeated fields (every element), maps (every
value), extensions (``[acme.v1.extra].name``) and the message in an ``Any``. In an ``Any`` it names
the field of any type (``payload.name``), or of one (``payload.[acme.v1.Item].name``). The full name
``acme.v1.Item.name`` is the field of every such message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from testingkit.conformance.protobuf.any_parts import ANY
from testingkit.conformance.text.suggestions import did_you_mean

_COMPONENT = re.compile(r"(?:\[([\w.\-/]+)\]|([^.\[\]]*))(?:\.|$)")


def split(path: str) -> Sequence[str]:
    """Returns the components of a path; one in brackets without the prefix of a type URL.

    Raises:
        ValueError: It is not a path.
    """
    parts, at = [], 0
    while True:
        found = _COMPONENT.match(path, at)
        if found is None:
            raise ValueError(f"{path}: expected names, each after a dot, or one in brackets")
        parts.append(found[2] if found[1] is None else f"[{found[1].rpartition('/')[2]}]")
        at = found.end()
        if not found[0].endswith("."):
            return parts


def component(field: FieldDescriptor) -> str:
    """Returns a field as a component of a path: its name, of an extension in brackets."""
    return f"[{field.full_name}]" if field.is_extension else field.name


def is_map(field: FieldDescriptor) -> bool:
    """Returns whether a field is a map."""
    return map_entry(field) is not None


def map_entry(field: FieldDescriptor) -> Descriptor | None:
    """Returns the type of the entries of a map; None if the field is not a map."""
    entry = field.message_type
    return entry if entry is not None and entry.GetOptions().map_entry else None


def below(field: FieldDescriptor) -> Descriptor | None:
    """Returns the type of the messages in a field, of a map in its values; None for scalars."""
    entry = map_entry(field)
    return field.message_type if entry is None else entry.fields_by_name["value"].message_type


def resolve(path: str, message: Descriptor, types: Iterable[Descriptor]) -> FieldDescriptor:
    """Returns the field with a path.

    Args:
        path: The path.
        message: The type of the message in which it begins.
        types: The types that an ``Any`` can hold.

    Raises:
        ValueError: There is no such field; the message has a suggestion.
    """
    return _resolve(path, split(path), message, types)


def _resolve(
    path: str, parts: Sequence[str], message: Descriptor, types: Iterable[Descriptor]
) -> FieldDescriptor:
    name, *others = parts
    if message.full_name == ANY and name not in message.fields_by_name:
        return _in_any(path, parts, message, types)
    field = _field(path, message, name)
    if not others:
        return field
    inside = below(field)
    if inside is None:
        raise ValueError(f"{path}: a scalar has no fields, so no {others[0]}")
    return _resolve(path, others, inside, types)


def _in_any(
    path: str, parts: Sequence[str], message: Descriptor, types: Iterable[Descriptor]
) -> FieldDescriptor:
    name, *others = parts
    if not name.startswith("["):
        for candidate in types:
            try:
                return _resolve(path, parts, candidate, types)
            except ValueError:
                continue
        raise ValueError(f"{path}: no message that an Any can hold has the field {'.'.join(parts)}")
    try:
        packed = message.file.pool.FindMessageTypeByName(name[1:-1])
    except KeyError as error:
        hint = did_you_mean(name[1:-1], [known.full_name for known in types])
        raise ValueError(f"{path}: there is no message type {name[1:-1]}{hint}") from error
    if not others:
        raise ValueError(f"{path}: expected a field of {packed.full_name} after the type")
    return _resolve(path, others, packed, types)


def _field(path: str, message: Descriptor, name: str) -> FieldDescriptor:
    if name.startswith("["):
        extension = find_full_name(name[1:-1], message)
        if extension is None or owner_of(extension).full_name != message.full_name:
            raise ValueError(f"{path}: {message.full_name} has no extension {name}")
        return extension
    field = message.fields_by_name.get(name)
    if field is None:
        hint = did_you_mean(name, message.fields_by_name)
        raise ValueError(f"{path}: {message.full_name} has no field {name!r}{hint}")
    return field


def owner_of(field: FieldDescriptor) -> Descriptor:
    """Returns the type that has a field, or that an extension extends."""
    return cast(Descriptor, field.containing_type)


def find_full_name(name: str, message: Descriptor) -> FieldDescriptor | None:
    """Returns the field or extension with a full name, among the types of a message's pool."""
    pool = message.file.pool
    for find in (pool.FindFieldByName, pool.FindExtensionByName):
        try:
            return find(name)
        except KeyError:
            continue
    return None


def full_name(written: str, message: Descriptor) -> str | None:
    """Returns the full name that people wrote for a field; None if they wrote a path.

    It is a path if its first component is a field of the message. A dot in front, as in protos,
    makes it a full name in any case.
    """
    if written.startswith("."):
        return written[1:]
    first = written.partition(".")[0]
    if first in message.fields_by_name or find_full_name(written, message) is None:
        return None
    return written


def reaches(message: Descriptor, field: FieldDescriptor) -> bool:
    """Returns whether a message can contain a field: directly, deeper, or in an ``Any``."""
    owner = owner_of(field)
    if owner.GetOptions().map_entry:
        return False  # An entry is not a message: its key and its value are parts of the map.
    seen, waiting = {message.full_name}, [message]
    while waiting:
        current = waiting.pop()
        if current.full_name in (owner.full_name, ANY):
            return True
        extensions = current.file.pool.FindAllExtensions(current) if current.is_extendable else ()
        for inner in map(below, [*current.fields, *extensions]):
            if inner is not None and inner.full_name not in seen:
                seen.add(inner.full_name)
                waiting.append(inner)
    return False

"""Lists what requests can use: fields, oneof arms and enum values of all types that they reach.

A type counts once, even if several paths lead to it, so recursive types have an end. Deprecated
items are left out: they need no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.descriptor_pb2 import DescriptorProto

from testingkit.conformance.protobuf.schema import Schema


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """Something that a request can use: a field, the arm of a oneof, or the value of an enum."""

    owner: str  # full name of the message or enum
    name: str
    oneof: str = ""  # the oneof that a field is an arm of

    def __str__(self) -> str:
        if self.oneof:
            return f"oneof {self.owner}.{self.oneof}: {self.name}"
        return f"{self.owner}.{self.name}"


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one message type, with the extensions in the schema."""

    fields: Sequence[FieldDescriptor]
    items: Mapping[str, Item]  # by the full names of the fields
    unset_enums: Sequence[
        FieldDescriptor
    ]  # unset fields of these have the zero value of their enum


class Inventory:
    """Finds and caches the items of the message types of a schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._shapes: dict[str, Shape] = {}
        self._enums: dict[str, Mapping[int, Item]] = {}

    def items(self, requests: Iterable[Descriptor]) -> Sequence[Item]:
        """Returns the items of request types: type by type as they are reached."""
        found: dict[Item, None] = {}
        for message in self._reachable(requests):
            shape = self.shape(message)
            for field in shape.fields:
                if not field.GetOptions().deprecated:
                    found[shape.items[field.full_name]] = None
                    found.update(dict.fromkeys(self._current_values(value_field(field).enum_type)))
        return list(found)

    def shape(self, message: Descriptor) -> Shape:
        """Returns the shape of a message type."""
        if message.full_name not in self._shapes:
            extensions = self._schema.pool.FindAllExtensions(message)
            fields = [*message.fields, *sorted(extensions, key=lambda field: field.number)]
            optional = _optional(message)
            self._shapes[message.full_name] = Shape(
                fields,
                {field.full_name: _field_item(message, field, optional) for field in fields},
                [f for f in fields if f.enum_type and not (f.has_presence or f.is_repeated)],
            )
        return self._shapes[message.full_name]

    def values(self, enum: EnumDescriptor) -> Mapping[int, Item]:
        """Returns the values of an enum by number; for a number with several names, the first."""
        if enum.full_name not in self._enums:
            names = {value.number: value.name for value in reversed(enum.values)}
            items = {number: Item(enum.full_name, names[number]) for number in sorted(names)}
            self._enums[enum.full_name] = items
        return self._enums[enum.full_name]

    def _current_values(self, enum: EnumDescriptor | None) -> Iterator[Item]:
        if enum is not None:
            old = {value.name for value in enum.values if value.GetOptions().deprecated}
            yield from (item for item in self.values(enum).values() if item.name not in old)

    def _reachable(self, requests: Iterable[Descriptor]) -> Iterator[Descriptor]:
        """Yields the request types and all types in them, each once, the nearest first."""
        found = {message.full_name: message for message in requests}
        queue = list(found.values())
        for message in queue:
            yield message
            for field in self.shape(message).fields:
                below = below_field(field)
                if below is None or field.GetOptions().deprecated or below.full_name in found:
                    continue
                found[below.full_name] = below
                queue.append(below)


def value_field(field: FieldDescriptor) -> FieldDescriptor:
    """Returns the field of the values: of a map the ``value`` of its entries, else the field."""
    message = field.message_type
    if message is not None and message.GetOptions().map_entry:
        return message.fields_by_name["value"]
    return field


def below_field(field: FieldDescriptor) -> Descriptor | None:
    """Returns the message type of a field, whose fields are items too, or None."""
    message = value_field(field).message_type
    return None if message is None or is_well_known(message) else message


def is_well_known(message: Descriptor) -> bool:
    """Returns whether a type comes with protobuf; cases of a subject need not cover it."""
    return message.full_name.startswith("google.protobuf.")


def _field_item(message: Descriptor, field: FieldDescriptor, optional: frozenset[str]) -> Item:
    if field.is_extension:
        return Item(message.full_name, f"[{field.full_name}]")
    oneof = field.containing_oneof
    in_oneof = oneof is not None and field.name not in optional
    return Item(message.full_name, field.name, oneof.name if oneof and in_oneof else "")


def _optional(message: Descriptor) -> frozenset[str]:
    """Returns the names of ``optional`` fields, each of which the compiler puts into a oneof."""
    proto = DescriptorProto()
    message.CopyToProto(proto)
    return frozenset(field.name for field in proto.field if field.proto3_optional)

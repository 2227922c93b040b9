"""Measures which fields, enum values and oneof arms the requests of cases use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any as Anything

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.audit.inventory import (
    Inventory,
    Item,
    below_field,
    is_well_known,
    value_field,
)
from testingkit.conformance.cases.model import Case
from testingkit.conformance.protobuf.any_parts import ANY
from testingkit.conformance.protobuf.schema import Schema, descriptor_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """The items of request types, and those that no case uses."""

    items: Sequence[Item]
    missing: Sequence[Item]  # those that no case uses, in the same order

    @property
    def exercised(self) -> int:
        """Number of items that a case uses."""
        return len(self.items) - len(self.missing)

    @property
    def share(self) -> float:
        """Share of the items that a case uses; 1 if there are no items."""
        return self.exercised / len(self.items) if self.items else 1.0


class CoverageCollector:
    """Collects the items that requests use."""

    def __init__(self, schema: Schema, inventory: Inventory) -> None:
        self._schema = schema
        self._inventory = inventory
        self._items: set[Item] = set()
        self._packed: dict[str, Descriptor] = {}

    def add(self, case: Case) -> None:
        """Adds the items that the request of a case uses; none if it is not a valid message."""
        request = case.method.parse_request(case.request)
        # A stack, because `Any` within `Any` can nest deeper than Python can call.
        waiting = [] if request is None else [request]
        while waiting:
            message = waiting.pop()
            shape = self._inventory.shape(descriptor_of(message))
            for field in shape.unset_enums:
                self._add_numbers(field.enum_type, [getattr(message, field.name)])
            for field, value in message.ListFields():
                self._items.add(shape.items[field.full_name])
                waiting += self._within(field, value)

    def coverage(self, requests: Iterable[Descriptor]) -> Coverage:
        """Returns the coverage of some request types by the added requests.

        The types that were found in an ``Any`` count as if they were types of fields.
        """
        items = self._inventory.items([*requests, *self._packed.values()])
        return Coverage(items, [item for item in items if item not in self._items])

    def _within(self, field: FieldDescriptor, value: Anything) -> Sequence[Message]:
        """Adds the enum values of a field, and returns the messages in it."""
        holder = value_field(field)
        if holder is not field:
            values = list(value.values())
        else:
            values = value if field.is_repeated else [value]
        self._add_numbers(holder.enum_type, values)
        if holder.message_type is not None and holder.message_type.full_name == ANY:
            return [message for value in values if (message := self._unpack(value)) is not None]
        return values if below_field(field) is not None else []

    def _add_numbers(self, enum: EnumDescriptor | None, numbers: Iterable[int]) -> None:
        """Adds numbers of an enum; one without a name is not an item."""
        if enum is not None:
            values = self._inventory.values(enum)
            self._items.update(values[number] for number in set(numbers) if number in values)

    def _unpack(self, packed: Anything) -> Message | None:
        """Returns the message in an ``Any``; None if its type is unknown or comes with protobuf."""
        descriptor = self._schema.message_type(packed.type_url.rpartition("/")[2])
        if descriptor is None or is_well_known(descriptor):
            return None
        message = self._schema.new(descriptor)
        try:
            message.ParseFromString(packed.value)
        except DecodeError:
            return None
        self._packed[descriptor.full_name] = descriptor
        return message

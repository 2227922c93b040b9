"""What requests say, of all that they can say."""

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
from testingkit.conformance.protobuf.schema import Schema, descriptor_of

_ANY = "google.protobuf.Any"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What some cases exercise of what their requests can say."""

    items: Sequence[Item]
    missing: Sequence[Item]  # those that no case exercises, in the same order

    @property
    def exercised(self) -> int:
        """Number of items that some case exercises."""
        return len(self.items) - len(self.missing)

    @property
    def share(self) -> float:
        """Share of the items that some case exercises; all of them where there are none."""
        return self.exercised / len(self.items) if self.items else 1.0


class CoverageCollector:
    """What requests have said so far."""

    def __init__(self, schema: Schema, inventory: Inventory) -> None:
        self._schema = schema
        self._inventory = inventory
        self._items: set[Item] = set()
        self._packed: dict[str, Descriptor] = {}

    def add(self, case: Case) -> None:
        """Takes in the request of a case."""
        request = case.method.new_request()
        request.ParseFromString(case.request)
        # A stack, because `Any` within `Any` nests deeper than Python calls.
        left = [request]
        while left:
            message = left.pop()
            shape = self._inventory.shape(descriptor_of(message))
            for field in shape.unset_enums:
                self._add_numbers(field.enum_type, [getattr(message, field.name)])
            for field, value in message.ListFields():
                self._items.add(shape.items[field.full_name])
                left += self._within(field, value)

    def coverage(self, requests: Iterable[Descriptor]) -> Coverage:
        """Returns how much that is of what requests of some types can say.

        The types that were found in an ``Any`` count as if a field had them.
        """
        items = self._inventory.items([*requests, *self._packed.values()])
        return Coverage(items, [item for item in items if item not in self._items])

    def _within(self, field: FieldDescriptor, value: Anything) -> Sequence[Message]:
        """Takes in the enum values of a field, and returns the messages in it."""
        holder = value_field(field)
        if holder is not field:
            values = list(value.values())
        else:
            values = value if field.is_repeated else [value]
        self._add_numbers(holder.enum_type, values)
        if holder.message_type is not None and holder.message_type.full_name == _ANY:
            return [message for value in values if (message := self._unpack(value)) is not None]
        return values if below_field(field) is not None else []

    def _add_numbers(self, enum: EnumDescriptor | None, numbers: Iterable[int]) -> None:
        """Takes in numbers of an enum; one that it does not name is nothing to exercise."""
        if enum is not None:
            values = self._inventory.values(enum)
            self._items.update(values[number] for number in set(numbers) if number in values)

    def _unpack(self, packed: Anything) -> Message | None:
        """What an ``Any`` holds; None where that is not of the subject or not known."""
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

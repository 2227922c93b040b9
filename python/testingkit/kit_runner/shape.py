"""Reads shapes (docs/kit/assertions.md, shapes)."""

from __future__ import annotations

from collections.abc import Callable

from testingkit import assertions as kit
from testingkit.kit_proto.v1 import assertions_pb2 as pb
from testingkit.kit_proto.v1 import value_pb2
from testingkit.value import Value

ReadValue = Callable[[value_pb2.Value], Value]
ReadAssertion = Callable[[pb.Assertion], kit.Assertion]


def read_shape(message: pb.Shape, value: ReadValue, assertion: ReadAssertion) -> kit.Shape:
    """Returns a shape; the two functions read what is in it. A shape that is not set is a value."""

    def read(inner: pb.Shape) -> kit.Shape:
        return read_shape(inner, value, assertion)

    match message.WhichOneof("kind"):
        case "any":
            return kit.AnyShape()
        case "check":
            return kit.CheckShape(assertion(message.check))
        case "list":
            return kit.ListShape(tuple(map(read, message.list.items)))
        case "map":
            entries = ((value(entry.key), read(entry.value)) for entry in message.map.entries)
            return kit.MapShape(tuple(entries), message.map.open)
        case "record":
            fields = ((field.name, read(field.value)) for field in message.record.fields)
            return kit.RecordShape(message.record.name, tuple(fields))
        case _:
            return kit.ValueShape(value(message.value))

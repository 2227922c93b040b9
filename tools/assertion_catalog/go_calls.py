"""Writes the examples of the catalog as calls of functions of the Go kit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assertion_catalog.go_literal import literal
from assertion_catalog.go_signature import go_name
from assertion_catalog.read import Entry
from testingkit.kit_proto.v1 import assertions_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.value import Kind, Value


@dataclass(frozen=True, slots=True)
class Calls:
    """Writes calls of the functions of one package.

    Attributes:
        package: The package.
        matchers: The package of the matchers that are arguments.
        write: Writes a value.
    """

    package: str
    matchers: str = "match"
    write: Callable[[Value], str] = literal

    def make(self, entry: Entry) -> str:
        """Returns the call with the arguments of the example."""
        return self._call(self.package, entry.name, map(self._argument, entry.example.arguments))

    def passing(self, entry: Entry) -> str:
        """Returns the call with a test and the value that passes in front of the arguments."""
        return self._on("t", self.passes(entry), entry)

    def failing(self, entry: Entry) -> str:
        """Returns the call with a test and the value that fails in front of the arguments."""
        return self._on("t", self.fails(entry), entry)

    def passes(self, entry: Entry) -> str:
        """Returns the value that passes."""
        return self.write(from_proto(entry.example.passes))

    def fails(self, entry: Entry) -> str:
        """Returns the value that fails."""
        return self.write(from_proto(entry.example.fails))

    def _on(self, test: str, actual: str, entry: Entry) -> str:
        arguments = map(self._argument, entry.example.arguments)
        return self._call(self.package, entry.name, [test, actual, *arguments])

    def _argument(self, given: pb.AssertionExample.Argument) -> str:
        match given.WhichOneof("kind"):
            case "check":
                return self._nested(given.check)
            case "checks":
                checks = ", ".join(map(self._nested, given.checks.items))
                return f"[]{self.matchers}.Matcher{{{checks}}}"
            case "shape":
                return self._shape(given.shape)
            case _:
                return self.write(from_proto(given.value))

    def _nested(self, check: pb.AssertionExample.Nested) -> str:
        return self._call(self.matchers, check.name, map(self._argument, check.arguments))

    def _shape(self, shape: assertions_pb2.Shape) -> str:
        match shape.WhichOneof("kind"):
            case "value":
                return self.write(from_proto(shape.value))
            case "check":
                values = (self.write(from_proto(given.value)) for given in shape.check.arguments)
                return self._call(self.matchers, shape.check.name, values)
            case "list":
                return f"[]any{{{', '.join(map(self._shape, shape.list.items))}}}"
            case "map":
                return self._map_shape(shape.map)
            case "record":
                fields = (f'"{one.name}": {self._shape(one.value)}' for one in shape.record.fields)
                return f"{self.matchers}.Fields{{{', '.join(fields)}}}"
        return f"{self.matchers}.Anything()"

    def _map_shape(self, shape: assertions_pb2.MapShape) -> str:
        pairs = (
            f"{self.write(from_proto(entry.key))}: {self._shape(entry.value)}"
            for entry in shape.entries
        )
        written = f"map[any]any{{{', '.join(pairs)}}}"
        if all(from_proto(entry.key).kind is Kind.TEXT for entry in shape.entries):
            written = written.replace("map[any]any", "map[string]any", 1)
        return f"{self.matchers}.OpenMap({written})" if shape.open else written

    def _call(self, package: str, name: str, arguments: Iterable[str]) -> str:
        return f"{package}.{go_name(name)}({', '.join(arguments)})"

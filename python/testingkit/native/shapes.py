"""Converts native shapes: values with matchers in them (docs/kit/python.md, shapes)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from testingkit.assertions import (
    AnyShape,
    Assertion,
    CheckShape,
    ListShape,
    MapShape,
    RecordShape,
    Shape,
    ValueShape,
)
from testingkit.native.assertion import NativeAssertion, NativeShape
from testingkit.value import ConversionError, ErrorCode, List, Map, Record, Text, Value
from testingkit.value.convert import Converter
from testingkit.value.kinds import key_segment
from testingkit.value.quote import path_segment

__tracebackhide__ = True

_Convert: TypeAlias = Callable[[NativeAssertion, str], Assertion]


class AnyMark:
    """The native shape of every value."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenMark:
    """The native shape of a map that may have other keys too."""

    entries: Mapping[Any, object]


@dataclass(frozen=True, slots=True, eq=False)
class RecordMark:
    """The native shape of a record."""

    name: str
    fields: Mapping[str, object]


def shape_of(native: object, convert: _Convert) -> Shape:
    """Returns the shape of a native value with matchers in it.

    A part without matchers is a value.

    Args:
        native: The native value.
        convert: Converts a matcher at a path.

    Raises:
        ConversionError: A part does not convert, or a matcher is where a value has to be, such as
            in a key of a map.
    """
    converter = _ShapeConverter()
    value = converter.convert(native)
    shape = _Shapes(converter.places, convert).shape(value, "")
    if converter.places:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE, native_type="Matcher")
    return shape


@dataclass(frozen=True, slots=True)
class _Place:
    """What a value in a converted shape stands for."""

    value: Value
    native: NativeAssertion | AnyMark | Map


class _ShapeConverter(Converter):
    """Converts a native shape to a value in which texts stand for what is not a value.

    Attributes:
        places: What the texts stand for, by their identity.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[int, _Place] = {}

    def _unhooked(self, native: object, held: list[int]) -> object:
        """Returns also the shape of a matcher `matches_shape` in place of the matcher."""
        native = super()._unhooked(native, held)
        while isinstance(native, NativeAssertion):
            shape = next(iter(native.arguments), None)
            if not isinstance(shape, NativeShape):
                break
            native = super()._unhooked(shape.native, held)
        return native

    def _converted(self, native: Any) -> Value:
        match native:
            case NativeAssertion() | AnyMark():
                return self._stand_in(native)
            case OpenMark(entries):
                return self._stand_in(self.map(entries))
            case RecordMark(name, fields):
                parts = fields.items()
                return Record(name, tuple((n, self._part(x, path_segment(n))) for n, x in parts))
            case _:
                return super()._converted(native)

    def _stand_in(self, native: NativeAssertion | AnyMark | Map) -> Value:
        value = Text("")
        self.places[id(value)] = _Place(value, native)
        return value


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Makes shapes of the values of a `_ShapeConverter`, and takes the places that it has found."""

    places: dict[int, _Place]
    convert: _Convert

    def shape(self, value: Value, path: str) -> Shape:
        """Returns the shape of the value at a path, which begins below the shape."""
        place = self.places.pop(id(value), None)
        if place is None:
            return self._of_value(value, path)
        match place.native:
            case NativeAssertion():
                return CheckShape(self.convert(place.native, path))
            case Map():
                return MapShape(self._entries(place.native, path), is_open=True)
            case AnyMark():
                return AnyShape()

    def _of_value(self, value: Value, path: str) -> Shape:
        shape: ListShape | MapShape | RecordShape
        match value:
            case List(items):
                shape = ListShape(
                    tuple(self.shape(item, f"{path}[{place}]") for place, item in enumerate(items))
                )
                parts = shape.items
            case Map():
                shape = MapShape(self._entries(value, path))
                parts = tuple(part for _, part in shape.entries)
            case Record(name, fields):
                shape = RecordShape(
                    name, tuple((n, self.shape(x, path + path_segment(n))) for n, x in fields)
                )
                parts = tuple(part for _, part in shape.fields)
            case _:
                return ValueShape(value)
        is_value = all(isinstance(part, ValueShape) for part in parts)
        return ValueShape(value) if is_value else shape

    def _entries(self, value: Map, path: str) -> tuple[tuple[Value, Shape], ...]:
        return tuple(
            (key, self.shape(item, path + (key_segment(key) or ""))) for key, item in value.entries
        )

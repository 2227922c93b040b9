"""Shapes: what a value looks like (docs/kit/assertions.md, shapes)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from testingkit.value import Value
from testingkit.value.order import order_key

if TYPE_CHECKING:
    from testingkit.assertions.model import Assertion


@dataclass(frozen=True, slots=True)
class AnyShape:
    """Every value."""


@dataclass(frozen=True, slots=True)
class ValueShape:
    """A value that equals this one."""

    value: Value


@dataclass(frozen=True, slots=True)
class CheckShape:
    """A value for which an assertion passes."""

    check: Assertion


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list with as many items, each of which has a shape."""

    items: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class MapShape:
    """A map with these keys, and with no others unless it is open. Its values have shapes."""

    entries: tuple[tuple[Value, Shape], ...]
    is_open: bool = False

    def sorted_entries(self) -> tuple[tuple[Value, Shape], ...]:
        """Returns the entries in canonical order of their keys."""
        return tuple(sorted(self.entries, key=lambda entry: order_key(entry[0])))


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A record with exactly these fields, whose values have shapes."""

    name: str
    fields: tuple[tuple[str, Shape], ...]


Shape: TypeAlias = AnyShape | ValueShape | CheckShape | ListShape | MapShape | RecordShape


def parts_of(shape: Shape) -> tuple[Shape, ...]:
    """Returns the shapes in a shape: items, values of a map in order of the keys, or fields."""
    match shape:
        case ListShape(items):
            return items
        case MapShape():
            return tuple(part for _, part in shape.sorted_entries())
        case RecordShape(_, fields):
            return tuple(part for _, part in fields)
        case _:
            return ()

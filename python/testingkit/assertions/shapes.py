"""The assertion that compares a value with a shape (docs/kit/assertions.md, shapes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from testingkit.assertions.difference import Difference, first_difference, key_segment
from testingkit.assertions.entry import BoundShape, EvaluationError, Finding, Rule
from testingkit.assertions.model import Named
from testingkit.assertions.shape import (
    ListShape,
    MapShape,
    RecordShape,
    Shape,
    ValueShape,
    parts_of,
)
from testingkit.value import ErrorCode, Float, List, Map, Record, Text, Value, is_nan
from testingkit.value.comparison import names_relate
from testingkit.value.leaves import EQUAL
from testingkit.value.lookup import partners, repeated
from testingkit.value.quote import path_segment


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """A place at which a value does not have its shape."""

    difference: Difference
    shape: BoundShape | None = None
    """The shape there, if it is not a value."""
    failure: Text | None = None
    """Of the assertion there."""

    def below(self, segment: str) -> _Mismatch:
        """Returns the place as seen from one level further up."""
        path = f"${segment}{self.difference.path[1:]}"
        return replace(self, difference=replace(self.difference, path=path))

    def details(self) -> Named:
        details = self.difference.details()
        if self.shape is not None and self.difference.path != "$":
            details += (("shape", self.shape.text()),)
        if self.failure is not None:
            details += (("failure", self.failure),)
        return details


_Pair = tuple[str, Value | None, BoundShape | None]
"""A segment of the path, the value and the shape there, None for a side without one."""


def _matches_shape(actual: Value, shape: BoundShape) -> Finding:
    mismatch = _mismatch(actual, shape)
    if mismatch is None:
        return Finding(passed=True)
    return Finding(passed=False, details=mismatch.details())


def _mismatch(actual: Value, bound: BoundShape) -> _Mismatch | None:
    """Returns the first mismatch. All assertions on values in `actual` are evaluated."""
    match bound.shape, actual:
        case ValueShape(value), _:
            difference = first_difference(actual, value, EQUAL)
            return None if difference is None else _Mismatch(difference)
        case ListShape(), List():
            return _first_of(_list_pairs(actual, bound))
        case MapShape() as shape, Map():
            found = _first_of(_map_pairs(actual, shape, bound))
            fits = shape.is_open or len(shape.entries) == len(actual.entries)
            return found or (None if fits else _other(actual, bound))
        case RecordShape() as shape, Record() if names_relate(Record(shape.name, ()), actual):
            return _first_of(_field_pairs(actual, shape, bound))
        case ((ListShape() | MapShape() | RecordShape()), _):
            return _other(actual, bound)
    return _failed_check(actual, bound)


def _failed_check(actual: Value, bound: BoundShape) -> _Mismatch | None:
    if bound.check is None:
        return None
    finding = bound.check.find(actual)
    if finding.passed:
        return None
    return _Mismatch(Difference("$", None, None), failure=bound.check.failure(actual, finding))


def _other(left: Value | None, bound: BoundShape) -> _Mismatch:
    """Returns the mismatch of a shape and something else, None for nothing."""
    if isinstance(bound.shape, ValueShape):
        return _Mismatch(Difference("$", left, bound.shape.value))
    return _Mismatch(Difference("$", left, None), bound)


def _first_of(pairs: Iterable[_Pair]) -> _Mismatch | None:
    """Returns the first mismatch of pairs. It goes on to the end, for the errors of assertions."""
    first = None
    for segment, value, bound in pairs:
        found = _of_pair(value, bound)
        if first is None and found is not None:
            first = found.below(segment)
    return first


def _of_pair(value: Value | None, bound: BoundShape | None) -> _Mismatch | None:
    if bound is None:
        return _Mismatch(Difference("$", value, None))
    return _other(None, bound) if value is None else _mismatch(value, bound)


def _list_pairs(actual: List, bound: BoundShape) -> Iterator[_Pair]:
    for index in range(max(len(actual.items), len(bound.parts))):
        item = actual.items[index] if index < len(actual.items) else None
        part = bound.parts[index] if index < len(bound.parts) else None
        yield f"[{index}]", item, part


def _map_pairs(actual: Map, shape: MapShape, bound: BoundShape) -> Iterator[_Pair]:
    """Yields the entries of the map with their partners, and then those of the shape.

    No pair comes twice.
    """
    ours = [key for key, _ in actual.entries]
    theirs = [key for key, _ in shape.sorted_entries()]
    ours_with, theirs_with = partners(ours, theirs), partners(theirs, ours)
    for (key, value), partner in zip(actual.entries, ours_with, strict=True):
        if partner is not None:
            yield key_segment(key), value, bound.parts[partner]
        elif not shape.is_open:
            yield key_segment(key), value, None
    for index, partner in enumerate(theirs_with):
        if partner is None:
            yield key_segment(theirs[index]), None, bound.parts[index]
        elif ours_with[partner] != index:
            key, value = actual.entries[partner]
            yield key_segment(key), value, bound.parts[index]


def _field_pairs(actual: Record, shape: RecordShape, bound: BoundShape) -> Iterator[_Pair]:
    """Yields the fields of the record, and then those that only the shape has."""
    values = dict(actual.fields)
    shapes = {name: part for (name, _), part in zip(shape.fields, bound.parts, strict=True)}
    for name, value in values.items():
        yield path_segment(name), value, shapes.get(name)
    for name, part in shapes.items():
        if name not in values:
            yield path_segment(name), None, part


def _check_shape(shape: Shape) -> None:
    """Raises `EvaluationError` for keys of a map or names of fields that values cannot have."""
    if isinstance(shape, MapShape) and not _can_be_keys([key for key, _ in shape.entries]):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    if isinstance(shape, RecordShape) and len(dict(shape.fields)) < len(shape.fields):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    for part in parts_of(shape):
        _check_shape(part)


def _can_be_keys(keys: list[Value]) -> bool:
    has_nan = any(isinstance(key, Float) and is_nan(key) for key in keys)
    return not has_nan and next(repeated(keys), None) is None


RULES = {
    "matches_shape": Rule(_matches_shape, _check_shape),
}

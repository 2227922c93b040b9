"""Closeness in lists, maps and structures (docs/kit/assertions.md, closeness)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from testingkit.assertions.collection import items_of
from testingkit.assertions.difference import Difference, key_segment
from testingkit.assertions.entry import EvaluationError, Finding
from testingkit.assertions.maps import values_of
from testingkit.assertions.measure import Number, delta
from testingkit.render import canonical
from testingkit.value import (
    Ending,
    ErrorCode,
    Float,
    Int,
    List,
    Map,
    Message,
    Outcome,
    Record,
    Text,
    Value,
    equal,
)
from testingkit.value.comparison import names_relate
from testingkit.value.lookup import partners

# An index, a key or a name, and the values of both sides there, None for a side without one.
_Pair = tuple[Value, Value | None, Value | None]


def require_numbers(values: Iterable[Value], code: ErrorCode) -> None:
    """Raises `EvaluationError` with the code if a value is not a number."""
    if not all(isinstance(value, Int | Float) for value in values):
        raise EvaluationError(code)


def all_close_to(actual: List, expected: List, tolerance: Number) -> Finding:
    """Finds the first index at which two lists of numbers are not close."""
    require_numbers(actual.items, ErrorCode.WRONG_KIND)
    return _first_apart("index", _list_pairs(actual, expected), tolerance) or Finding(passed=True)


def map_close_to(actual: Map, expected: Map, tolerance: Number) -> Finding:
    """Finds the first key at which two maps of numbers are not close."""
    require_numbers(values_of(actual), ErrorCode.WRONG_KIND)
    found = _first_apart("key", _map_pairs(actual, expected), tolerance)
    return found or Finding(len(actual.entries) == len(expected.entries))


def _first_apart(name: str, pairs: Iterable[_Pair], tolerance: Number) -> Finding | None:
    """Returns the finding on the first pair that is not close, or None."""
    for place, one, other in pairs:
        if not isinstance(one, Int | Float) or not isinstance(other, Int | Float):
            return Finding(passed=False, details=((name, place),))
        found, within = delta(one, other, tolerance)
        if not within:
            return Finding(passed=False, details=((name, place), ("delta", found)))
    return None


def _list_pairs(left: List, right: List) -> Iterator[_Pair]:
    for index, (one, other) in enumerate(zip_longest(left.items, right.items)):
        yield Int(index), one, other


def _map_pairs(left: Map, right: Map) -> Iterator[_Pair]:
    """Yields the entries of the left map with their partners, and then those of the right one.

    No pair comes twice: in maps within each other the pairs would double with each level.
    """
    ours, theirs = items_of(left), items_of(right)
    ours_with, theirs_with = partners(ours, theirs), partners(theirs, ours)
    for (key, value), partner in zip(left.entries, ours_with, strict=True):
        yield key, value, None if partner is None else right.entries[partner][1]
    for index, (key, value) in enumerate(right.entries):
        partner = theirs_with[index]
        if partner is None:
            yield key, None, value
        elif ours_with[partner] != index:
            own_key, own_value = left.entries[partner]
            yield own_key, own_value, value


def _field_pairs(left: Record | Message, right: Record | Message) -> Iterator[_Pair]:
    """Yields the fields of the left record, and then those that only the right one has."""
    ours, theirs = dict(left.fields), dict(right.fields)
    for name, value in ours.items():
        yield Text(name), value, theirs.get(name)
    for name, value in theirs.items():
        if name not in ours:
            yield Text(name), None, value


def structure_close_to(actual: Value, expected: Value, tolerance: Number) -> Finding:
    """Finds the first place at which two values are neither equal nor close floats."""
    found = _difference(actual, expected, tolerance)
    if found is None:
        return Finding(passed=True)
    details = replace(found, path="$" + found.path).details()
    if isinstance(found.left, Float) and isinstance(found.right, Float):
        distance, _ = delta(found.left, found.right, tolerance)
        details += (("delta", distance),)
    return Finding(passed=False, details=details)


def _difference(left: Value, right: Value, tolerance: Number) -> Difference | None:
    """Returns the first difference with its path from here, or None."""
    here = Difference("", left, right)
    match left, right:
        case Float(), Float():
            _, within = delta(left, right, tolerance)
            return None if within else here
        case List(), List():
            return _first_difference(_list_pairs(left, right), _index_segment, tolerance)
        case Map(), Map():
            found = _first_difference(_map_pairs(left, right), key_segment, tolerance)
            return found or (None if len(left.entries) == len(right.entries) else here)
        case Record(), Record() if names_relate(left, right):
            return _first_difference(_field_pairs(left, right), key_segment, tolerance)
        case Message(), Message() if left.name == right.name:
            pairs = _field_pairs(left, right)
            return _first_difference(pairs, key_segment, tolerance)
        case Outcome(Ending.RETURNED, one), Outcome(Ending.RETURNED, other):
            return None if _difference(one, other, tolerance) is None else here
        case _:
            return None if equal(left, right) else here


def _first_difference(
    pairs: Iterable[_Pair], segment: Callable[[Value], str], tolerance: Number
) -> Difference | None:
    """Returns the first difference in the pairs of two containers, or None."""
    for place, one, other in pairs:
        if one is None or other is None:
            return Difference(segment(place), one, other)
        found = _difference(one, other, tolerance)
        if found is not None:
            return replace(found, path=segment(place) + found.path)
    return None


def _index_segment(index: Value) -> str:
    return f"[{canonical(index)}]"

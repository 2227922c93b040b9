"""Equality of values in a `lit`, to find duplicate items and keys.

This is the relation `equal` of `docs/kit/value.md`. Sets, maps and records are small in case files,
so each part of one is compared with all parts of the other.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any


def equal(left: Any, right: Any) -> bool:
    """Returns whether two `Value` messages are equal."""
    kind = left.WhichOneof("kind")
    if kind != right.WhichOneof("kind"):
        return False
    return _RELATIONS.get(kind, _same)(getattr(left, kind), getattr(right, kind))


def _same(left: object, right: object) -> bool:
    return left == right


def _floats(left: float, right: float) -> bool:
    """NaN equals NaN, and 0.0 equals -0.0."""
    return left == right or (math.isnan(left) and math.isnan(right))


def _lists(left: Any, right: Any) -> bool:
    return _pairwise(left.items, right.items, equal)


def _pairwise(left: Any, right: Any, relation: Callable[[Any, Any], bool]) -> bool:
    return len(left) == len(right) and all(map(relation, left, right))


def _unordered(left: Any, right: Any, relation: Callable[[Any, Any], bool]) -> bool:
    """Returns whether each part of either side has a related part on the other side."""

    def within(parts: Iterable[Any], others: Iterable[Any]) -> bool:
        return all(any(relation(part, other) for other in others) for part in parts)

    return len(left) == len(right) and within(left, right) and within(right, left)


def _entries(left: Any, right: Any) -> bool:
    return equal(left.key, right.key) and equal(left.value, right.value)


def _fields(left: Any, right: Any) -> bool:
    return left.name == right.name and equal(left.value, right.value)


def _records(left: Any, right: Any) -> bool:
    """An anonymous record equals a record of any name."""
    named_alike = left.name == right.name or not (left.name and right.name)
    return named_alike and _unordered(left.fields, right.fields, _fields)


def _errors(left: Any, right: Any) -> bool:
    own = (left.type, left.message, left.code) == (right.type, right.message, right.code)
    return own and _pairwise(left.causes, right.causes, _errors)


def _outcomes(left: Any, right: Any) -> bool:
    kind = left.WhichOneof("kind")
    if kind != right.WhichOneof("kind"):
        return False
    relation = {"returned": equal, "failed": _errors}.get(kind, _same)
    return relation(getattr(left, kind), getattr(right, kind))


_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "float": _floats,
    "list": _lists,
    "set": lambda left, right: _unordered(left.items, right.items, equal),
    "map": lambda left, right: _unordered(left.entries, right.entries, _entries),
    "record": _records,
    "enum": lambda left, right: (left.type, left.number) == (right.type, right.number),
    "error": _errors,
    "time": lambda left, right: (left.seconds, left.nanos) == (right.seconds, right.nanos),
    "outcome": _outcomes,
}

"""The relations between values: equal, identical, equivalent (docs/kit/value.md, relations)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from testingkit.value.comparison import Comparison, names_relate
from testingkit.value.kinds import Error, Kind, List, Map, Message, Outcome, Record, Set, Value
from testingkit.value.leaves import EQUAL, EQUIVALENT, IDENTICAL, Relation
from testingkit.value.order import sorted_fields

Verdict = bool | None
"""Whether two values relate, None if comparing them place by place does not show it."""


def equal(left: Value, right: Value) -> bool:
    """Returns whether two values have the same kind and value at every depth. NaN equals NaN."""
    return related(left, right, EQUAL)


def identical(left: Value, right: Value) -> bool:
    """Returns whether two values are equal, with the same float signs and time offsets."""
    return related(left, right, IDENTICAL)


def equivalent(left: Value, right: Value) -> bool:
    """Returns whether two values are equal if ints and floats compare by exact value."""
    return related(left, right, EQUIVALENT)


def related(left: Value, right: Value, relation: Relation) -> bool:
    """Returns whether two values relate."""
    verdict = by_place(left, right, relation)
    if verdict is not None:
        return verdict
    comparison = Comparison(relation, (left, right))
    return comparison.related(*comparison.parts)


def by_place(left: Value, right: Value, relation: Relation) -> Verdict:
    """Compares two values place by place, which nearly always suffices.

    The items of a set and the entries of a map are in canonical order, so those that relate have
    the same place, unless records, or ints and floats, tie.
    """
    content = relation.content.get(left.kind)
    if content is not None:
        if relation.family(left.kind) is not relation.family(right.kind):
            return False
        return content(left) == relation.content[right.kind](right)
    return left.kind is right.kind and _CONTAINERS[left.kind](left, right, relation)


def _sequences(left: Iterable[Value], right: Iterable[Value], relation: Relation) -> Verdict:
    """Compares two sequences of the same length."""
    for one, other in zip(left, right, strict=True):
        if (verdict := by_place(one, other, relation)) is not True:
            return verdict
    return True


def _lists(left: List, right: List, relation: Relation) -> Verdict:
    return len(left.items) == len(right.items) and _sequences(left.items, right.items, relation)


def _sets(left: Set, right: Set, relation: Relation) -> Verdict:
    if len(left.items) != len(right.items):
        return False
    for one, other in zip(left.items, right.items, strict=True):
        if (verdict := by_place(one, other, relation)) is not True:
            return verdict if _is_simple(one, other, relation) else None
    return True


def _maps(left: Map, right: Map, relation: Relation) -> Verdict:
    if len(left.entries) != len(right.entries):
        return False
    for one, other in zip(left.entries, right.entries, strict=True):
        if (verdict := _sequences(one, other, relation)) is not True:
            return verdict if _is_simple(one[0], other[0], relation) else None
    return True


def _is_simple(one: Value, other: Value, relation: Relation) -> bool:
    """Returns whether one of two items, or keys, could relate to the other one only."""
    return one.kind in relation.simple or other.kind in relation.simple


def _records(left: Record, right: Record, relation: Relation) -> Verdict:
    return names_relate(left, right) and _fields(left, right, relation)


def _fields(left: Record | Message, right: Record | Message, relation: Relation) -> Verdict:
    if len(left.fields) != len(right.fields):
        return False
    ours, theirs = left.fields, right.fields
    if any(one[0] != other[0] for one, other in zip(ours, theirs, strict=True)):
        ours, theirs = tuple(sorted_fields(left)), tuple(sorted_fields(right))
        if any(one[0] != other[0] for one, other in zip(ours, theirs, strict=True)):
            return False
    return _sequences((item for _, item in ours), (item for _, item in theirs), relation)


def _messages(left: Message, right: Message, relation: Relation) -> Verdict:
    return left.name == right.name and _fields(left, right, relation)


def _errors(left: Error, right: Error, relation: Relation) -> Verdict:
    own = (left.type, left.message, left.code) == (right.type, right.message, right.code)
    same = own and len(left.causes) == len(right.causes)
    return same and _sequences(left.causes, right.causes, relation)


def _outcomes(left: Outcome, right: Outcome, relation: Relation) -> Verdict:
    return left.ending is right.ending and by_place(left.payload, right.payload, relation)


_CONTAINERS: dict[Kind, Callable[[Any, Any, Relation], Verdict]] = {
    Kind.LIST: _lists,
    Kind.SET: _sets,
    Kind.MAP: _maps,
    Kind.RECORD: _records,
    Kind.MESSAGE: _messages,
    Kind.ERROR: _errors,
    Kind.OUTCOME: _outcomes,
}

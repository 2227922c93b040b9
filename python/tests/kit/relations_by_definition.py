"""The relations, and what is built on them, word for word as docs/kit defines them.

Each part is compared with each part of the other side, again at every level: right for small values
and slow for others.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from testingkit import value as kit
from testingkit.value import Kind


def related(left: Any, right: Any, relation: str) -> bool:
    if relation == "equivalent" and {left.kind, right.kind} == {Kind.INT, Kind.FLOAT}:
        return bool(left.value == right.value)
    return left.kind is right.kind and _RELATED.get(left.kind, _same)(left, right, relation)


def _same(left: Any, right: Any, _relation: str) -> bool:
    return bool(left == right)


def _floats(left: kit.Float, right: kit.Float, relation: str) -> bool:
    signs = [math.copysign(1, number.value) for number in (left, right)]
    same = left.value == right.value and (relation != "identical" or signs[0] == signs[1])
    return same or (math.isnan(left.value) and math.isnan(right.value))


def _times(left: kit.Time, right: kit.Time, relation: str) -> bool:
    same_offset = left.utc_offset_seconds == right.utc_offset_seconds
    same_instant = (left.seconds, left.nanos) == (right.seconds, right.nanos)
    return same_instant and (relation != "identical" or same_offset)


def _enums(left: kit.Enum, right: kit.Enum, _relation: str) -> bool:
    return (left.type, left.number) == (right.type, right.number)


def _lists(left: kit.List, right: kit.List, relation: str) -> bool:
    return len(left.items) == len(right.items) and _all(left.items, right.items, relation)


def _sets(left: kit.Set, right: kit.Set, relation: str) -> bool:
    return _mutual([(one,) for one in left.items], [(one,) for one in right.items], relation)


def _maps(left: kit.Map, right: kit.Map, relation: str) -> bool:
    return _mutual(left.entries, right.entries, relation)


def _records(left: kit.Record, right: kit.Record, relation: str) -> bool:
    ours, theirs = dict(left.fields), dict(right.fields)
    names = left.name == right.name or "" in (left.name, right.name)
    same_fields = ours.keys() == theirs.keys()
    return names and same_fields and _all(ours.values(), (theirs[name] for name in ours), relation)


def _outcomes(left: kit.Outcome, right: kit.Outcome, relation: str) -> bool:
    return left.ending is right.ending and related(left.payload, right.payload, relation)


_RELATED: dict[Kind, Callable[[Any, Any, str], bool]] = {
    Kind.FLOAT: _floats,
    Kind.TIME: _times,
    Kind.ENUM: _enums,
    Kind.LIST: _lists,
    Kind.SET: _sets,
    Kind.MAP: _maps,
    Kind.RECORD: _records,
    Kind.OUTCOME: _outcomes,
}


def _all(ours: Iterable[kit.Value], theirs: Iterable[kit.Value], relation: str) -> bool:
    return all(related(one, other, relation) for one, other in zip(ours, theirs, strict=True))


def _mutual(ours: Sequence[Any], theirs: Sequence[Any], relation: str) -> bool:
    return (
        len(ours) == len(theirs)
        and all(has(theirs, one, relation) for one in ours)
        and all(has(ours, one, relation) for one in theirs)
    )


def has(entries: Iterable[Any], wanted: Sequence[kit.Value], relation: str) -> bool:
    """Returns whether an entry, which is a tuple of values, relates to the wanted one."""
    return any(_all(entry, wanted, relation) for entry in entries)


def can_be_paired(wanted: Sequence[kit.Value], items: Sequence[kit.Value]) -> bool:
    """Returns whether the wanted values have different items, each an equal one."""
    return not wanted or any(
        can_be_paired(wanted[1:], [*items[:n], *items[n + 1 :]])
        for n, item in enumerate(items)
        if related(wanted[0], item, "equal")
    )


def is_run(wanted: Sequence[kit.Value], items: Sequence[kit.Value]) -> bool:
    """Returns whether items without a gap equal the wanted values in pairs."""
    starts = range(len(items) - len(wanted) + 1)
    return any(_all(wanted, items[n : n + len(wanted)], "equal") for n in starts)


def is_in_order(wanted: Sequence[kit.Value], items: Sequence[kit.Value]) -> bool:
    """Returns whether items in the same order, with or without gaps, equal the wanted values."""
    return not wanted or any(
        related(wanted[0], item, "equal") and is_in_order(wanted[1:], items[n + 1 :])
        for n, item in enumerate(items)
    )


def first_difference(left: Any, right: Any, relation: str) -> tuple[Any, Any]:
    """Returns the values of both sides at the first difference, None for a side without one."""
    while left is not None and right is not None:
        find = _STEP.get(left.kind) if left.kind is right.kind else None
        step = find(left, right, relation) if find else None
        if step is None:
            break
        left, right = step
    return left, right


def _list_step(left: kit.List, right: kit.List, relation: str) -> tuple[Any, Any]:
    for one, other in zip(left.items, right.items, strict=False):
        if not related(one, other, relation):
            return one, other
    shorter = min(len(left.items), len(right.items))
    return next(iter(left.items[shorter:]), None), next(iter(right.items[shorter:]), None)


def _map_step(left: kit.Map, right: kit.Map, relation: str) -> tuple[Any, Any] | None:
    for key, item in left.entries:
        if not has(right.entries, (key, item), relation):
            return item, by_key(right, key, relation)
    for key, item in right.entries:
        if not has(left.entries, (key, item), relation):
            return by_key(left, key, relation), item
    return None


def by_key(entries: kit.Map, key: kit.Value, relation: str) -> kit.Value | None:
    """Returns the value of the first entry whose key relates to this one."""
    return next((item for one, item in entries.entries if related(key, one, relation)), None)


def _record_step(left: kit.Record, right: kit.Record, relation: str) -> tuple[Any, Any] | None:
    if left.name != right.name and left.name and right.name:
        return None
    ours, theirs = dict(left.fields), dict(right.fields)
    for name, item in ours.items():
        if name not in theirs or not related(item, theirs[name], relation):
            return item, theirs.get(name)
    return next(((None, item) for name, item in theirs.items() if name not in ours), None)


_STEP: dict[Kind, Callable[[Any, Any, str], tuple[Any, Any] | None]] = {
    Kind.LIST: _list_step,
    Kind.MAP: _map_step,
    Kind.RECORD: _record_step,
}


class Values:
    """Random values, in which much is alike: names, signs of zero, offsets, kinds of numbers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pair(self) -> tuple[kit.Value, kit.Value]:
        """Returns two values, of which the second one is often similar to the first one."""
        left = self.value(3)
        return left, self.value(3) if self._random.random() < 0.3 else self.similar(left)

    def map_pair(self) -> tuple[kit.Map, kit.Map]:
        """Returns two maps, of which the second one is similar to the first one."""
        left = self._map([(self.value(2), self.value(1)) for _ in range(4)])
        return left, self._map(
            [(self.similar(one), self.similar(two)) for one, two in left.entries]
        )

    def value(self, levels: int) -> kit.Value:
        if levels == 0 or self._random.random() < 0.15:
            return self._leaf()
        inner = [self.value(levels - 1) for _ in range(self._random.randrange(5))]
        makers: list[Callable[[], kit.Value]] = [
            lambda: kit.List(tuple(inner)),
            lambda: self._set(inner),
            lambda: self._map([(item, self.value(levels - 1)) for item in inner]),
            lambda: kit.Outcome(kit.Ending.RETURNED, self.value(levels - 1)),
            lambda: self._set([self.tied() for _ in range(4)]),
            lambda: kit.Record(self._name(), tuple(zip("xy", inner, strict=False))),
        ]
        return self._random.choice(makers)()

    def similar(self, value: kit.Value) -> kit.Value:
        """Returns the value with some changes of what relations ignore, and few others."""
        if self._random.random() < 0.02:
            return self.value(1)
        match value:
            case kit.List(items):
                return kit.List(tuple(map(self.similar, items)))
            case kit.Set(items):
                return self._set(list(map(self.similar, items)))
            case kit.Map(entries):
                return self._map([(self.similar(key), self.similar(item)) for key, item in entries])
            case kit.Record(name, fields):
                changed = [(field, self.similar(item)) for field, item in fields]
                self._random.shuffle(changed)
                return kit.Record(self._random.choice([name, self._name()]), tuple(changed))
            case kit.Outcome(ending, payload):
                return kit.Outcome(ending, self.similar(payload))
        return self._similar_leaf(value)

    def _similar_leaf(self, value: kit.Value) -> kit.Value:
        match value:
            case kit.Float(0.0):
                return self._zero()
            case kit.Int(1) | kit.Float(1.0):
                return self._random.choice([value, value, kit.Int(1), kit.Float(1.0)])
            case kit.Time(seconds):
                return kit.Time(seconds, 0, self._random.randrange(2))
        return value

    def _set(self, items: list[kit.Value]) -> kit.Value:
        return kit.set_of(item for (item,) in self._unique([(item,) for item in items]))

    def _map(self, entries: list[Any]) -> kit.Map:
        return kit.map_of(
            entry
            for entry in self._unique(entries)
            if not (isinstance(entry[0], kit.Float) and math.isnan(entry[0].value))
        )

    def _unique(self, entries: list[Any]) -> list[Any]:
        """Returns the entries without those whose first part equals an earlier one."""
        found: list[Any] = []
        for entry in entries:
            if not has([one[:1] for one in found], entry[:1], "equal"):
                found.append(entry)
        return found

    def _name(self) -> str:
        return self._random.choice(["", "", "A", "B", "C"])

    def tied(self) -> kit.Value:
        """Returns a record that differs from others in what the coarse order ignores, mostly."""
        inner = [(), (("x", self._zero()),), (("x", kit.Record(self._name())),)]
        return kit.Record(self._name(), self._random.choice(inner))

    def _zero(self) -> kit.Value:
        return kit.Float(self._random.choice([0.0, -0.0]))

    def _leaf(self) -> kit.Value:
        leaves: list[kit.Value] = [
            kit.Int(1),
            kit.Float(1.0),
            self._zero(),
            kit.Float(math.nan),
            kit.Bool(value=True),
            kit.Text(self._random.choice("ab")),
            kit.Time(self._random.randrange(2), 0, self._random.randrange(2)),
            kit.Enum("E", self._random.choice(["", "N"]), 1),
            kit.Error("e", "m", 0, (kit.Error("c", self._random.choice("ab")),)),
            kit.Record(self._name()),
            kit.Record(self._name()),
            kit.Record(self._name(), (("x", kit.Int(1)),)),
        ]
        return self._random.choice(leaves)

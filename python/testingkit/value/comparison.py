"""Compares values part by part, in time that grows with their size and not with their nesting.

Every part gets a number, and parts that relate always have the same one. Where no name is left out
of the numbers, parts with the same number also relate, so that a comparison of two parts is one of
two numbers.

A name is left out only where both a named and an anonymous record can be, because an anonymous
record equals a record of any name. There, parts with the same number are compared, each pair once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from testingkit.value.kinds import (
    Error,
    Kind,
    List,
    Map,
    Message,
    Outcome,
    Record,
    Set,
    Value,
)
from testingkit.value.leaves import Relation
from testingkit.value.order import sorted_fields

_ANYWHERE = 0


class Part:
    """A value in a comparison, with its own parts.

    These are the items, the fields by name, the causes, the payload, or the entries: a key, its
    value, the next key.
    """

    __slots__ = ("number", "parts", "place", "settled", "value")

    def __init__(self, value: Value, parts: tuple[Part, ...], number: int) -> None:
        self.value = value
        self.parts = parts
        self.number = number
        self.place = _ANYWHERE
        self.settled = True

    def entries(self) -> Sequence[Entry]:
        """Returns the entries of a map, or the items of any other container."""
        if isinstance(self.value, Map):
            return list(zip(self.parts[::2], self.parts[1::2], strict=True))
        return [(part,) for part in self.parts]


Entry = tuple[Part, ...]
"""A key and its value, or an item."""


class Comparison:
    """The comparison of values by one relation: the whole ones, or what has the same place in them.

    `parts` has one part for each value.
    """

    def __init__(self, relation: Relation, values: Iterable[Value]) -> None:
        self._relation = relation
        self._numbers: dict[Hashable, int] = {}
        self._verdicts: dict[tuple[int, int], bool] = {}
        self._named: dict[int, set[bool]] = defaultdict(set)
        self.parts = [self._part(value) for value in values]
        if len(self._named[_ANYWHERE]) < 2:
            self._number_all(lambda _record: True)
        else:
            self._number_all(lambda _record: False)
            for part in self.parts:
                self._place(part, self._intern("root"))
            self._number_all(lambda record: len(self._named[record.place]) < 2)

    def related(self, left: Part, right: Part) -> bool:
        """Returns whether two parts relate."""
        if left.number != right.number:
            return False
        if left.settled:
            return True
        pair = id(left), id(right)
        if pair not in self._verdicts:
            self._verdicts[pair] = self._compare(left, right)
        return self._verdicts[pair]

    def unmatched(self, entries: Iterable[Entry], others: Iterable[Entry]) -> Iterator[Entry]:
        """Yields the entries that do not relate to one of the others."""
        groups = by_numbers(others)
        yield from (entry for entry in entries if not self._is_matched(entry, groups))

    def matched(self, entries: Iterable[Entry], others: Iterable[Entry]) -> Iterator[Entry]:
        """Yields the entries that relate to one of the others."""
        groups = by_numbers(others)
        yield from (entry for entry in entries if self._is_matched(entry, groups))

    def _is_matched(self, entry: Entry, groups: Mapping[tuple[int, ...], Sequence[Entry]]) -> bool:
        candidates = groups.get(_numbers(entry), ())
        return any(all(map(self.related, entry, other)) for other in candidates)

    def _compare(self, left: Part, right: Part) -> bool:
        """Compares two parts with the same number, so of the same kind and as many parts."""
        if isinstance(left.value, Set | Map):
            ours, theirs = left.entries(), right.entries()
            unmatched = chain(self.unmatched(ours, theirs), self.unmatched(theirs, ours))
            return next(unmatched, None) is None
        return names_relate(left.value, right.value) and all(
            map(self.related, left.parts, right.parts)
        )

    def _part(self, value: Value) -> Part:
        content = self._relation.content.get(value.kind)
        if content is not None:
            family = self._relation.family(value.kind)
            return Part(value, (), self._intern((family, content(value))))
        if isinstance(value, Record):
            self._named[_ANYWHERE].add(bool(value.name))
        return Part(value, tuple(map(self._part, _parts(value))), _ANYWHERE)

    def _number_all(self, counts_name: Callable[[Part], bool]) -> None:
        for part in self.parts:
            self._number(part, counts_name)

    def _number(self, part: Part, counts_name: Callable[[Part], bool]) -> None:
        """Numbers the containers. The values without parts have their numbers already."""
        if part.value.kind in self._relation.content:
            return
        for inner in part.parts:
            self._number(inner, counts_name)
        name: str | None = None
        part.settled = all(inner.settled for inner in part.parts)
        if isinstance(part.value, Record):
            if counts_name(part):
                name = part.value.name
            else:
                part.settled = False
        elif isinstance(part.value, Message):
            name = part.value.name
        part.number = self._intern((part.value.kind, name, _label(part.value), _content(part)))

    def _place(self, part: Part, place: int) -> None:
        """Gives the parts places: the same one to all that can be compared with each other.

        The numbers do not depend on names yet.
        """
        part.place = place
        if isinstance(part.value, Record):
            self._named[place].add(bool(part.value.name))
        for step, inner in _steps(part):
            self._place(inner, self._intern(("place", place, step)))

    def _intern(self, key: Hashable) -> int:
        """Returns the number of a key, which is never 0."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)


def by_numbers(entries: Iterable[Entry]) -> Mapping[tuple[int, ...], Sequence[Entry]]:
    """Returns the entries by the numbers of their parts."""
    groups: dict[tuple[int, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[_numbers(entry)].append(entry)
    return groups


def names_relate(left: Value, right: Value) -> bool:
    """Returns whether the names of two records relate: the same, or one is empty. Others relate."""
    if isinstance(left, Record) and isinstance(right, Record):
        return left.name == right.name or not (left.name and right.name)
    return True


def _parts(value: Value) -> Iterable[Value]:
    match value:
        case List(items) | Set(items):
            return items
        case Map(entries):
            return (part for entry in entries for part in entry)
        case Record() | Message():
            return (item for _, item in sorted_fields(value))
        case Error(causes=causes):
            return causes
        case Outcome(payload=payload):
            return (payload,)
    raise TypeError(f"{value.kind} has no parts")


def _label(value: Value) -> Hashable:
    """Returns what is compared of a container apart from its parts and the name of a record."""
    match value:
        case Set(items):
            return len(items)
        case Map(entries):
            return len(entries)
        case Record() | Message():
            return _field_names(value)
        case Error(type=type_name, message=message, code=code):
            return type_name, message, code
        case Outcome(ending=ending):
            return ending
    return None


def _field_names(record: Record | Message) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted_fields(record))


def _content(part: Part) -> Hashable:
    if part.value.kind is Kind.SET:
        return frozenset(inner.number for inner in part.parts)
    if part.value.kind is Kind.MAP:
        return frozenset(map(_numbers, part.entries()))
    return _numbers(part.parts)


def _steps(part: Part) -> Iterable[tuple[Hashable, Part]]:
    """Returns the parts, each with the step that leads to it.

    Items and keys are compared only if their numbers are the same, so these are the steps.
    """
    match part.value:
        case Set():
            return ((("item", inner.number), inner) for inner in part.parts)
        case Map():
            steps: list[tuple[Hashable, Part]] = []
            for key, item in part.entries():
                steps += [(("key", key.number), key), (("value", key.number), item)]
            return steps
        case Record() | Message():
            return zip(_field_names(part.value), part.parts, strict=True)
    return enumerate(part.parts)


def _numbers(parts: Iterable[Part]) -> tuple[int, ...]:
    return tuple(part.number for part in parts)

"""Finds values among others by the relation equal (docs/kit/value.md, relations).

Values that are compared all with all are the items of sets in a comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from testingkit.value.comparison import Comparison, Entry, Part, by_numbers
from testingkit.value.kinds import Map, Set, Value
from testingkit.value.leaves import EQUAL
from testingkit.value.relations import by_place


def index_of(items: Sequence[Value], wanted: Value) -> int | None:
    """Returns the index of the first item that equals a value, or None."""
    undecided: list[int] = []
    found = None
    for index, item in enumerate(items):
        if item.depth != wanted.depth:
            continue
        verdict = by_place(item, wanted, EQUAL)
        if verdict:
            found = index
            break
        if verdict is None:
            undecided.append(index)
    verdicts = _are_equal_to(wanted, [items[n] for n in undecided])
    return next((n for n, verdict in zip(undecided, verdicts, strict=True) if verdict), found)


def are_equal_to(wanted: Value, items: Sequence[Value]) -> list[bool]:
    """Returns for each item whether it equals a value."""
    verdicts = [item.depth == wanted.depth and by_place(item, wanted, EQUAL) for item in items]
    undecided = [index for index, verdict in enumerate(verdicts) if verdict is None]
    decided = _are_equal_to(wanted, [items[n] for n in undecided])
    for index, verdict in zip(undecided, decided, strict=True):
        verdicts[index] = verdict
    return [verdict is True for verdict in verdicts]


def _are_equal_to(wanted: Value, items: Sequence[Value]) -> Iterator[bool]:
    """Yields for each item, of the depth of the value, whether it equals the value."""
    if items:
        comparison = compare_all((wanted,), items)
        (part,), candidates = (side.parts for side in comparison.parts)
        yield from (comparison.related(candidate, part) for candidate in candidates)


def missing(wanted: Sequence[Value], items: Sequence[Value]) -> Iterator[Value]:
    """Yields the wanted values that do not equal one of the items."""
    comparison = compare_all(wanted, items)
    for (part,) in comparison.unmatched(*(side.entries() for side in comparison.parts)):
        yield part.value


def found(wanted: Sequence[Value], items: Sequence[Value]) -> Iterator[Value]:
    """Yields the wanted values that equal one of the items."""
    comparison = compare_all(wanted, items)
    for (part,) in comparison.matched(*(side.entries() for side in comparison.parts)):
        yield part.value


def repeated(items: Sequence[Value]) -> Iterator[Value]:
    """Yields the items that equal an earlier one."""
    comparison = compare_all(items)
    earlier: dict[int, list[Part]] = defaultdict(list)
    for part in comparison.parts[0].parts:
        others = earlier[part.number]
        if any(comparison.related(other, part) for other in others):
            yield part.value
        others.append(part)


def unmatched_entries(wanted: Map, other: Map) -> Iterator[tuple[Value, Value, Value | None]]:
    """Yields the entries that equal no entry of the other map.

    The third value is that of the first entry of the other map with an equal key, None without one.
    """
    comparison = Comparison(EQUAL, (wanted, other))
    ours, theirs = (side.entries() for side in comparison.parts)
    by_key: dict[int, list[Entry]] = defaultdict(list)
    for entry in theirs:
        by_key[entry[0].number].append(entry)
    for key, item in comparison.unmatched(ours, theirs):
        same_key = (
            value.value for one, value in by_key[key.number] if comparison.related(key, one)
        )
        yield key.value, item.value, next(same_key, None)


def partners(wanted: Sequence[Value], items: Sequence[Value]) -> list[int | None]:
    """Returns for each wanted value the index of the first item that equals it, or None."""
    comparison = compare_all(wanted, items)
    ours, theirs = (side.parts for side in comparison.parts)
    places: dict[int, list[int]] = defaultdict(list)
    for index, part in enumerate(theirs):
        places[part.number].append(index)
    return [
        next((n for n in places.get(part.number, ()) if comparison.related(part, theirs[n])), None)
        for part in ours
    ]


def are_unique(ordered: Sequence[Value]) -> bool:
    """Returns whether no two values, which are in canonical order, are equal."""
    neighbours = ((one, other) for one, other in pairwise(ordered) if one.kind in EQUAL.simple)
    if any(by_place(one, other, EQUAL) for one, other in neighbours):
        return False
    containers = tuple(value for value in ordered if value.kind not in EQUAL.simple)
    if not containers:
        return True
    comparison = compare_all(containers)
    return not any(
        comparison.related(one, other)
        for items in by_numbers(comparison.parts[0].entries()).values()
        for (one,), (other,) in combinations(items, 2)
    )


def compare_all(*sides: Sequence[Value]) -> Comparison:
    """Returns the comparison by equal of values all with all, with one part for each side."""
    return Comparison(EQUAL, tuple(Set(tuple(side)) for side in sides))

"""Finds values among others by the relation equal (docs/kit/value.md, relations).

Values that are compared all with all are the items of sets in a comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from testingkit.value.comparison import Comparison, Part
from testingkit.value.kinds import Set, Value
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
    if undecided:
        comparison = Comparison(EQUAL, (Set((wanted,)), Set(tuple(items[n] for n in undecided))))
        (part,), candidates = (side.parts for side in comparison.parts)
        for index, candidate in zip(undecided, candidates, strict=True):
            if comparison.related(candidate, part):
                return index
    return found


def missing(wanted: Sequence[Value], items: Sequence[Value]) -> Iterator[Value]:
    """Yields the wanted values that do not equal one of the items."""
    comparison = Comparison(EQUAL, (Set(tuple(wanted)), Set(tuple(items))))
    parts, candidates = (side.parts for side in comparison.parts)
    by_number = _by_number(candidates)
    for part in parts:
        if not any(comparison.related(one, part) for one in by_number.get(part.number, ())):
            yield part.value


def are_unique(ordered: Sequence[Value]) -> bool:
    """Returns whether no two values, which are in canonical order, are equal."""
    neighbours = ((one, other) for one, other in pairwise(ordered) if one.kind in EQUAL.simple)
    if any(by_place(one, other, EQUAL) for one, other in neighbours):
        return False
    containers = tuple(value for value in ordered if value.kind not in EQUAL.simple)
    comparison = Comparison(EQUAL, (Set(containers),))
    return not any(
        comparison.related(one, other)
        for parts in _by_number(comparison.parts[0].parts).values()
        for one, other in combinations(parts, 2)
    )


def _by_number(parts: Iterable[Part]) -> dict[int, list[Part]]:
    groups: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.number].append(part)
    return groups

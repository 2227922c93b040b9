"""Finds how two values differ (docs/kit/assertions.md, the first difference)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, zip_longest

from testingkit.assertions.model import Named
from testingkit.diff import diff_lines, expanded_lines
from testingkit.paths import step_to
from testingkit.value import Int, Kind, List, Map, Message, Record, Text, Value
from testingkit.value.comparison import Comparison, Entry, Part, names_relate
from testingkit.value.leaves import Relation
from testingkit.value.order import sorted_fields
from testingkit.value.quote import path_segment
from testingkit.value.relations import by_place

# A segment of the path and the parts of both sides there, None for a side without one.
_Step = tuple[str, Part | None, Part | None]
_QuickStep = tuple[str, Value | None, Value | None]
_QuickPair = tuple[Callable[[], str], Value | None, Value | None]

_WITH_STEPS = frozenset({Kind.LIST, Kind.MAP, Kind.RECORD, Kind.MESSAGE})
_QUICK_LEVELS = 8
"""The depth of values that are compared place by place first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place and the values of both sides there, None for a side without one."""

    path: str
    left: Value | None
    right: Value | None

    def details(self) -> Named:
        """Returns the details that apply, in catalog order."""
        found: list[tuple[str, Value]] = []
        if self.path != "$":
            found.append(("path", Text(self.path)))
            found += [(name, side) for name, side in self._sides() if side is not None]
        if isinstance(self.left, Text) and isinstance(self.right, Text):
            found += _text_details(self.left.value, self.right.value)
        return tuple(found)

    def _sides(self) -> tuple[tuple[str, Value | None], ...]:
        return ("left", self.left), ("right", self.right)


def expanded_difference(actual: Value, expected: Value) -> str:
    """Returns the difference of the expanded texts, empty if both are single lines.

    A difference of single lines would only repeat the failure text.
    """
    before, after = expanded_lines(expected), expanded_lines(actual)
    return "" if len(before) == len(after) == 1 else diff_lines(before, after)


def first_difference(left: Value, right: Value, relation: Relation) -> Difference | None:
    """Returns the first place where two values do not relate, or None if they do."""
    path = "$"
    while max(left.depth, right.depth) <= _QUICK_LEVELS:
        quick = _quick_step(left, right, relation)
        if quick is None:
            break
        segment, here, there = quick
        path += segment
        if here is None or there is None:
            return Difference(path, here, there)
        left, right = here, there
        if left.kind is not right.kind or left.kind not in _WITH_STEPS:
            return Difference(path, left, right)
    return _compared_difference(path, left, right, relation)


def _compared_difference(
    path: str, left: Value, right: Value, relation: Relation
) -> Difference | None:
    """Returns the first difference of two values that have this path."""
    comparison = Comparison(relation, (left, right))
    one: Part | None
    other: Part | None
    one, other = comparison.parts
    if comparison.related(one, other):
        return None
    while one is not None and other is not None:
        step = _step(one, other, comparison)
        if step is None:
            break
        segment, one, other = step
        path += segment
    return Difference(path, one.value if one else None, other.value if other else None)


def _quick_step(left: Value, right: Value, relation: Relation) -> _QuickStep | None:
    """Returns the step that comparing place by place shows, or None: only a comparison has it then.

    It looks at a part once for each level around it, so it is not for deep values.
    """
    if isinstance(left, List) and isinstance(right, List):
        return _first_quick(_item_pairs(left, right), relation)
    if isinstance(left, Map) and isinstance(right, Map) and _have_texts(left, right):
        return _first_quick(_entry_pairs(left, right), relation)
    return None


def _first_quick(pairs: Iterable[_QuickPair], relation: Relation) -> _QuickStep | None:
    for segment, one, other in pairs:
        verdict = False if one is None or other is None else by_place(one, other, relation)
        if verdict is None:
            return None
        if not verdict:
            return segment(), one, other
    return None


def _item_pairs(left: List, right: List) -> Iterator[_QuickPair]:
    for place, (one, other) in enumerate(zip_longest(left.items, right.items)):
        yield partial("[{}]".format, place), one, other


def _have_texts(left: Map, right: Map) -> bool:
    """Returns whether all keys are texts."""
    return all(type(key) is Text for key, _ in chain(left.entries, right.entries))


def _entry_pairs(left: Map, right: Map) -> Iterator[_QuickPair]:
    ours, theirs = dict(left.entries), dict(right.entries)
    for key, one in left.entries:
        yield partial(key_segment, key), one, theirs.get(key)
    for key, other in right.entries:
        if key not in ours:
            yield partial(key_segment, key), None, other


def _step(left: Part, right: Part, comparison: Comparison) -> _Step | None:
    """Returns the step to the first difference one level down, or None to stop at these parts."""
    if isinstance(left.value, List) and isinstance(right.value, List):
        return _list_step(left.parts, right.parts, comparison)
    if isinstance(left.value, Map) and isinstance(right.value, Map):
        return _map_step(left, right, comparison)
    if (
        isinstance(left.value, Record)
        and isinstance(right.value, Record)
        and names_relate(left.value, right.value)
    ):
        return _record_step(_fields(left, left.value), _fields(right, right.value), comparison)
    if (
        isinstance(left.value, Message)
        and isinstance(right.value, Message)
        and left.value.name == right.value.name
    ):
        return _record_step(_fields(left, left.value), _fields(right, right.value), comparison)
    return None


def _list_step(left: tuple[Part, ...], right: tuple[Part, ...], comparison: Comparison) -> _Step:
    shorter = min(len(left), len(right))
    pairs = zip(left, right, strict=False)
    place = next((n for n, pair in enumerate(pairs) if not comparison.related(*pair)), shorter)
    one = left[place] if place < len(left) else None
    other = right[place] if place < len(right) else None
    return f"[{place}]", one, other


def _map_step(left: Part, right: Part, comparison: Comparison) -> _Step | None:
    ours, theirs = left.entries(), right.entries()
    if (found := next(comparison.unmatched(ours, theirs), None)) is not None:
        key, item = found
        partner = _by_key(theirs, key, comparison)
        return key_segment(key.value), item, partner[1] if partner else None
    if (found := next(comparison.unmatched(theirs, ours), None)) is not None:
        key, item = found
        partner = _by_key(ours, key, comparison)
        ours_or_theirs = partner[0] if partner else key
        return key_segment(ours_or_theirs.value), partner[1] if partner else None, item
    return None


def _by_key(entries: Sequence[Entry], key: Part, comparison: Comparison) -> Entry | None:
    return next((entry for entry in entries if comparison.related(key, entry[0])), None)


def key_segment(key: Value) -> str:
    """Returns the path segment of the entry of a map with this key."""
    return str(step_to(key))


def _record_step(
    here: dict[str, Part], there: dict[str, Part], comparison: Comparison
) -> _Step | None:
    for name, part in here.items():
        if name not in there or not comparison.related(part, there[name]):
            return path_segment(name), part, there.get(name)
    missing = (name for name in there if name not in here)
    return next(((path_segment(name), None, there[name]) for name in missing), None)


def _fields(part: Part, record: Record | Message) -> dict[str, Part]:
    """Returns the parts of a record by name, in declared order."""
    names = (name for name, _ in sorted_fields(record))
    by_name = dict(zip(names, part.parts, strict=True))
    return {name: by_name[name] for name, _ in record.fields}


def _text_details(left: str, right: str) -> list[tuple[str, Value]]:
    shorter = min(len(left), len(right))
    index = next((n for n in range(shorter) if left[n] != right[n]), shorter)
    found: list[tuple[str, Value]] = [("index", Int(index))]
    for name, side in (("left_code_point", left), ("right_code_point", right)):
        if index < len(side):
            found.append((name, Text(f"U+{ord(side[index]):04X}")))
    return found

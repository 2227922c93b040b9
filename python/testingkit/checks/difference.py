"""Finds the first place where two values differ (docs/kit/checks.md, the first difference)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from testingkit.checks.model import Named
from testingkit.render import canonical
from testingkit.value import Int, List, Map, Record, Text, Value
from testingkit.value.quote import path_segment

Relation = Callable[[Value, Value], bool]
_Entry = tuple[Value, Value]
# A segment of the path and the values of both sides there, None for a side without one.
_Step = tuple[str, Value | None, Value | None]


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


def first_difference(left: Value, right: Value, related: Relation) -> Difference:
    """Returns the first place where two values do not relate; they must not relate as a whole."""
    place = Difference("$", left, right)
    while place.left is not None and place.right is not None:
        step = _step(place.left, place.right, related)
        if step is None:
            break
        segment, one, other = step
        place = Difference(place.path + segment, one, other)
    return place


def _step(left: Value, right: Value, related: Relation) -> _Step | None:
    """Returns the step to the first difference one level down, or None to stop at these values."""
    if isinstance(left, List) and isinstance(right, List):
        return _list_step(left, right, related)
    if isinstance(left, Map) and isinstance(right, Map):
        return _map_step(left, right, related)
    if isinstance(left, Record) and isinstance(right, Record):
        return _record_step(left, right, related)
    return None


def _list_step(left: List, right: List, related: Relation) -> _Step:
    shorter = min(len(left.items), len(right.items))
    pairs = zip(left.items, right.items, strict=False)
    place = next((n for n, pair in enumerate(pairs) if not related(*pair)), shorter)
    one = left.items[place] if place < len(left.items) else None
    other = right.items[place] if place < len(right.items) else None
    return f"[{place}]", one, other


def _map_step(left: Map, right: Map, related: Relation) -> _Step | None:
    if (found := _unmatched(left, right, related)) is not None:
        key, item = found
        partner = _by_key(right, key, related)
        return _key_segment(key), item, partner[1] if partner else None
    if (found := _unmatched(right, left, related)) is not None:
        key, item = found
        partner = _by_key(left, key, related)
        return _key_segment(partner[0] if partner else key), partner[1] if partner else None, item
    return None


def _unmatched(entries: Map, others: Map, related: Relation) -> _Entry | None:
    """Returns the first entry without a related one in `others`, or None."""
    for key, item in entries.entries:
        if not any(related(key, one) and related(item, two) for one, two in others.entries):
            return key, item
    return None


def _by_key(entries: Map, key: Value, related: Relation) -> _Entry | None:
    return next((entry for entry in entries.entries if related(key, entry[0])), None)


def _key_segment(key: Value) -> str:
    return path_segment(key.value) if isinstance(key, Text) else f"{{{canonical(key)}}}"


def _record_step(left: Record, right: Record, related: Relation) -> _Step | None:
    if left.name and right.name and left.name != right.name:
        return None
    here, there = dict(left.fields), dict(right.fields)
    for name, item in left.fields:
        if name not in there or not related(item, there[name]):
            return path_segment(name), item, there.get(name)
    missing = (name for name, _ in right.fields if name not in here)
    return next(((path_segment(name), None, there[name]) for name in missing), None)


def _text_details(left: str, right: str) -> list[tuple[str, Value]]:
    shorter = min(len(left), len(right))
    index = next((n for n in range(shorter) if left[n] != right[n]), shorter)
    found: list[tuple[str, Value]] = [("index", Int(index))]
    for name, side in (("left_code_point", left), ("right_code_point", right)):
        if index < len(side):
            found.append((name, Text(f"U+{ord(side[index]):04X}")))
    return found

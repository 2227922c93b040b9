"""The assertions of lists, of which the order counts (docs/kit/assertions.md, sequences)."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.assertions.collection import items_detail, passes_without
from testingkit.assertions.difference import expanded_difference
from testingkit.assertions.entry import Finding, Rule, plain
from testingkit.value import Int, List, Value, equal
from testingkit.value.runs import has_run, not_in_order


def _first_unequal(one: Sequence[Value], other: Sequence[Value]) -> int | None:
    """Returns the first index at which two sequences are not equal or only one has an item."""
    shorter = min(len(one), len(other))
    index = next((n for n in range(shorter) if not equal(one[n], other[n])), shorter)
    return None if index == len(one) == len(other) else index


def _contains_exactly(actual: List, items: List) -> Finding:
    index = _first_unequal(actual.items, items.items)
    if index is None:
        return Finding(passed=True)
    return Finding(
        passed=False,
        details=(("index", Int(index)),),
        diff=expanded_difference(actual, items),
    )


def _starts_with_items(actual: List, items: List) -> Finding:
    index = _first_unequal(actual.items[: len(items.items)], items.items)
    return passes_without(() if index is None else (("index", Int(index)),))


def _ends_with_items(actual: List, items: List) -> Finding:
    count = len(items.items)
    distance = _first_unequal(actual.items[::-1][:count], items.items[::-1])
    return passes_without(() if distance is None else (("index", Int(count - 1 - distance)),))


def _contains_sequence(actual: List, items: List) -> bool:
    return has_run(items.items, actual.items)


def _contains_subsequence(actual: List, items: List) -> Finding:
    return passes_without(items_detail("missing", not_in_order(items.items, actual.items)))


def _has_item_at(actual: List, index: Int, value: Value) -> Finding:
    count = len(actual.items)
    if not -count <= index.value < count:
        return Finding(passed=False)
    item = actual.items[index.value]
    return Finding(equal(item, value), (("item", item),))


def _has_first(actual: List, value: Value) -> Finding:
    return _has_item_at(actual, Int(0), value)


def _has_last(actual: List, value: Value) -> Finding:
    return _has_item_at(actual, Int(-1), value)


RULES = {
    "contains_exactly": Rule(_contains_exactly),
    "contains_sequence": plain(_contains_sequence),
    "contains_subsequence": Rule(_contains_subsequence),
    "starts_with_items": Rule(_starts_with_items),
    "ends_with_items": Rule(_ends_with_items),
    "has_item_at": Rule(_has_item_at),
    "has_first": Rule(_has_first),
    "has_last": Rule(_has_last),
}

"""The assertions of maps (docs/kit/assertions.md, maps)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.assertions.collection import (
    contains,
    contains_all,
    contains_any,
    contains_none,
    contains_only,
    items_detail,
    items_of,
    passes_without,
)
from testingkit.assertions.entry import Finding, Rule, opposite, plain
from testingkit.assertions.model import Named
from testingkit.value import ConversionError, List, Map, Value, map_of
from testingkit.value.lookup import index_of, missing, unmatched_entries


def values_of(actual: Map) -> tuple[Value, ...]:
    """Returns the values of a map."""
    return tuple(value for _, value in actual.entries)


def entries_detail(name: str, entries: Iterable[tuple[Value, Value]]) -> Named:
    """Returns a detail that lists entries. It applies if there are some."""
    listed = tuple(entries)
    return ((name, Map(listed)),) if listed else ()


def _has_key(actual: Map, key: Value) -> Finding:
    return Finding(contains(actual, key), (("keys", List(items_of(actual))),))


def _has_value(actual: Map, value: Value) -> bool:
    return index_of(values_of(actual), value) is not None


def _lacks_value(actual: Map, value: Value) -> Finding:
    index = index_of(values_of(actual), value)
    if index is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("key", actual.entries[index][0]),))


def _has_values(actual: Map, values: List) -> Finding:
    return passes_without(items_detail("missing", missing(values.items, values_of(actual))))


def _contains_entry(actual: Map, key: Value, value: Value) -> bool:
    try:
        wanted = map_of([(key, value)])
    except ConversionError:
        # The key is NaN or a part is too deep, so no map has this entry.
        return False
    return next(unmatched_entries(wanted, actual), None) is None


def _has_entry(actual: Map, key: Value, value: Value) -> Finding:
    if _contains_entry(actual, key, value):
        return Finding(passed=True)
    index = index_of(items_of(actual), key)
    if index is None:
        return Finding(passed=False)
    return Finding(passed=False, details=(("value", actual.entries[index][1]),))


def _has_entries(actual: Map, entries: Map) -> Finding:
    unmatched = tuple(unmatched_entries(entries, actual))
    absent = ((key, value) for key, value, other in unmatched if other is None)
    differing = ((key, other) for key, _, other in unmatched if other is not None)
    return passes_without(
        entries_detail("missing", absent) + entries_detail("differing", differing)
    )


def _is_submap_of(actual: Map, other: Map) -> Finding:
    unmatched = tuple(unmatched_entries(actual, other))
    extra = ((key, value) for key, value, theirs in unmatched if theirs is None)
    differing = ((key, value) for key, value, theirs in unmatched if theirs is not None)
    return passes_without(entries_detail("extra", extra) + entries_detail("differing", differing))


RULES = {
    "has_key": Rule(_has_key),
    "lacks_key": opposite(contains),
    "has_keys": Rule(contains_all),
    "lacks_keys": Rule(contains_none),
    "has_any_key": plain(contains_any),
    "has_only_keys": Rule(contains_only),
    "has_value": plain(_has_value),
    "lacks_value": Rule(_lacks_value),
    "has_values": Rule(_has_values),
    "has_entry": Rule(_has_entry),
    "lacks_entry": opposite(_contains_entry),
    "has_entries": Rule(_has_entries),
    "is_submap_of": Rule(_is_submap_of),
}

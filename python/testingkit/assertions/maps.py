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
from testingkit.assertions.entry import ANY, LIST, MAP, Entry, Finding, opposite, plain
from testingkit.assertions.model import Named
from testingkit.value import ConversionError, List, Map, Value, map_of
from testingkit.value.lookup import index_of, missing, unmatched_entries

_KEY = (("key", ANY),)
_KEYS = (("keys", LIST),)
_VALUE = (("value", ANY),)
_VALUES = (("values", LIST),)
_ENTRY = (("key", ANY), ("value", ANY))
_ENTRIES = (("entries", MAP),)
_OTHER = (("other", MAP),)


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


ENTRIES = (
    Entry("has_key", _KEY, MAP, ("keys",), _has_key),
    Entry("lacks_key", _KEY, MAP, (), opposite(contains)),
    Entry("has_keys", _KEYS, MAP, ("missing",), contains_all),
    Entry("lacks_keys", _KEYS, MAP, ("found",), contains_none),
    Entry("has_any_key", _KEYS, MAP, (), plain(contains_any)),
    Entry("has_only_keys", _KEYS, MAP, ("missing", "extra"), contains_only),
    Entry("has_value", _VALUE, MAP, (), plain(_has_value)),
    Entry("lacks_value", _VALUE, MAP, ("key",), _lacks_value),
    Entry("has_values", _VALUES, MAP, ("missing",), _has_values),
    Entry("has_entry", _ENTRY, MAP, ("value",), _has_entry),
    Entry("lacks_entry", _ENTRY, MAP, (), opposite(_contains_entry)),
    Entry("has_entries", _ENTRIES, MAP, ("missing", "differing"), _has_entries),
    Entry("is_submap_of", _OTHER, MAP, ("extra", "differing"), _is_submap_of),
)

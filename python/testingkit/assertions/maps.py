"""The assertions of maps (docs/kit/assertions.md, maps)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.assertions.entry import ANY, LIST, MAP, Entry, Finding, opposite, plain
from testingkit.assertions.model import Named
from testingkit.value import ConversionError, List, Map, Value, map_of
from testingkit.value.lookup import found, index_of, missing, unmatched_entries

_KEY = (("key", ANY),)
_KEYS = (("keys", LIST),)
_VALUE = (("value", ANY),)
_VALUES = (("values", LIST),)
_ENTRY = (("key", ANY), ("value", ANY))
_ENTRIES = (("entries", MAP),)
_OTHER = (("other", MAP),)


def _keys(actual: Map) -> tuple[Value, ...]:
    return tuple(key for key, _ in actual.entries)


def _values(actual: Map) -> tuple[Value, ...]:
    return tuple(value for _, value in actual.entries)


def _list(values: Iterable[Value]) -> List:
    return List(tuple(values))


def _passes_without(*details: tuple[str, List | Map]) -> Finding:
    """Returns a finding with the details that are not empty; it passes if all are."""
    empty = List(), Map()
    rest: Named = tuple(detail for detail in details if detail[1] not in empty)
    return Finding(not rest, rest)


def _contains_key(actual: Map, key: Value) -> bool:
    return index_of(_keys(actual), key) is not None


def _has_key(actual: Map, key: Value) -> Finding:
    return Finding(_contains_key(actual, key), (("keys", _list(_keys(actual))),))


def _has_keys(actual: Map, keys: List) -> Finding:
    return _passes_without(("missing", _list(missing(keys.items, _keys(actual)))))


def _lacks_keys(actual: Map, keys: List) -> Finding:
    return _passes_without(("found", _list(found(keys.items, _keys(actual)))))


def _has_any_key(actual: Map, keys: List) -> bool:
    return next(found(keys.items, _keys(actual)), None) is not None


def _has_only_keys(actual: Map, keys: List) -> Finding:
    present = _keys(actual)
    return _passes_without(
        ("missing", _list(missing(keys.items, present))),
        ("extra", _list(missing(present, keys.items))),
    )


def _has_value(actual: Map, value: Value) -> bool:
    return index_of(_values(actual), value) is not None


def _lacks_value(actual: Map, value: Value) -> Finding:
    index = index_of(_values(actual), value)
    if index is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("key", actual.entries[index][0]),))


def _has_values(actual: Map, values: List) -> Finding:
    return _passes_without(("missing", _list(missing(values.items, _values(actual)))))


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
    index = index_of(_keys(actual), key)
    if index is None:
        return Finding(passed=False)
    return Finding(passed=False, details=(("value", actual.entries[index][1]),))


def _has_entries(actual: Map, entries: Map) -> Finding:
    unmatched = tuple(unmatched_entries(entries, actual))
    absent = tuple((key, value) for key, value, other in unmatched if other is None)
    differing = tuple((key, other) for key, _, other in unmatched if other is not None)
    return _passes_without(("missing", Map(absent)), ("differing", Map(differing)))


def _is_submap_of(actual: Map, other: Map) -> Finding:
    unmatched = tuple(unmatched_entries(actual, other))
    extra = tuple((key, value) for key, value, theirs in unmatched if theirs is None)
    differing = tuple((key, value) for key, value, theirs in unmatched if theirs is not None)
    return _passes_without(("extra", Map(extra)), ("differing", Map(differing)))


ENTRIES = (
    Entry("has_key", _KEY, MAP, ("keys",), _has_key),
    Entry("lacks_key", _KEY, MAP, (), opposite(_contains_key)),
    Entry("has_keys", _KEYS, MAP, ("missing",), _has_keys),
    Entry("lacks_keys", _KEYS, MAP, ("found",), _lacks_keys),
    Entry("has_any_key", _KEYS, MAP, (), plain(_has_any_key)),
    Entry("has_only_keys", _KEYS, MAP, ("missing", "extra"), _has_only_keys),
    Entry("has_value", _VALUE, MAP, (), plain(_has_value)),
    Entry("lacks_value", _VALUE, MAP, ("key",), _lacks_value),
    Entry("has_values", _VALUES, MAP, ("missing",), _has_values),
    Entry("has_entry", _ENTRY, MAP, ("value",), _has_entry),
    Entry("lacks_entry", _ENTRY, MAP, (), opposite(_contains_entry)),
    Entry("has_entries", _ENTRIES, MAP, ("missing", "differing"), _has_entries),
    Entry("is_submap_of", _OTHER, MAP, ("extra", "differing"), _is_submap_of),
)

"""The assertions of sets (docs/kit/assertions.md, sets)."""

from __future__ import annotations

from dataclasses import replace

from testingkit.assertions.collection import (
    Items,
    contains_all,
    contains_any,
    contains_only,
    items_detail,
    items_of,
    passes_without,
)
from testingkit.assertions.entry import ITEMS, Entry, Finding, plain
from testingkit.value.lookup import found, missing

_OTHER = (("other", ITEMS),)


def _is_subset_of(actual: Items, other: Items) -> Finding:
    return passes_without(items_detail("extra", missing(items_of(actual), items_of(other))))


def _is_proper_subset_of(actual: Items, other: Items) -> Finding:
    subset = _is_subset_of(actual, other)
    return replace(subset, passed=subset.passed and not contains_all(actual, other).passed)


def _is_disjoint_from(actual: Items, other: Items) -> Finding:
    return passes_without(items_detail("found", found(items_of(actual), items_of(other))))


ENTRIES = (
    Entry("is_subset_of", _OTHER, ITEMS, ("extra",), _is_subset_of),
    Entry("is_superset_of", _OTHER, ITEMS, ("missing",), contains_all),
    Entry("is_proper_subset_of", _OTHER, ITEMS, ("extra",), _is_proper_subset_of),
    Entry("is_disjoint_from", _OTHER, ITEMS, ("found",), _is_disjoint_from),
    Entry("intersects", _OTHER, ITEMS, (), plain(contains_any)),
    Entry("has_same_members_as", _OTHER, ITEMS, ("missing", "extra"), contains_only),
)

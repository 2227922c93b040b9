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
from testingkit.assertions.entry import Finding, Rule, plain
from testingkit.value.lookup import found, missing


def _is_subset_of(actual: Items, other: Items) -> Finding:
    return passes_without(items_detail("extra", missing(items_of(actual), items_of(other))))


def _is_proper_subset_of(actual: Items, other: Items) -> Finding:
    subset = _is_subset_of(actual, other)
    return replace(subset, passed=subset.passed and not contains_all(actual, other).passed)


def _is_disjoint_from(actual: Items, other: Items) -> Finding:
    return passes_without(items_detail("found", found(items_of(actual), items_of(other))))


RULES = {
    "is_subset_of": Rule(_is_subset_of),
    "is_superset_of": Rule(contains_all),
    "is_proper_subset_of": Rule(_is_proper_subset_of),
    "is_disjoint_from": Rule(_is_disjoint_from),
    "intersects": plain(contains_any),
    "has_same_members_as": Rule(contains_only),
}

"""The relations, and what is built on them, against their definitions."""

from __future__ import annotations

from itertools import combinations

import pytest

from testingkit import value as kit
from testingkit.assertions.difference import first_difference
from testingkit.value.comparison import Comparison
from testingkit.value.leaves import EQUAL, EQUIVALENT, IDENTICAL
from testingkit.value.lookup import (
    are_unique,
    found,
    index_of,
    missing,
    partners,
    unmatched_entries,
)
from testingkit.value.relations import related
from tests.kit import relations_by_definition as definition

PAIRS = 400
RELATIONS = {"equal": EQUAL, "identical": IDENTICAL, "equivalent": EQUIVALENT}


@pytest.mark.parametrize("name", RELATIONS)
def test_related_values_and_first_differences_are_those_of_the_definition(name: str) -> None:
    relation = RELATIONS[name]
    values = definition.Values(seed=1)
    seen = set()
    for _ in range(PAIRS):
        left, right = values.pair()
        expected = definition.related(left, right, name)
        seen.add(expected)
        assert related(left, right, relation) is expected, (left, right)
        found = first_difference(left, right, relation)
        assert (found is None) is expected
        if found is not None:
            place = definition.first_difference(left, right, name)
            assert (found.left, found.right) == place, (left, right)
    assert seen == {True, False}


def test_lookups_find_the_equal_values_of_the_definition() -> None:
    values = definition.Values(seed=2)
    for _ in range(PAIRS):
        items = [values.value(2) for _ in range(4)]
        wanted = list(map(values.similar, items))
        expected, indexes = [], []
        for value in wanted:
            equal = (n for n, one in enumerate(items) if definition.related(one, value, "equal"))
            index = next(equal, None)
            assert index_of(items, value) == index, (items, value)
            expected += [value] * (index is None)
            indexes.append(index)
        assert list(missing(wanted, items)) == expected, (wanted, items)
        present = [value for value in wanted if not any(value is one for one in expected)]
        assert list(found(wanted, items)) == present, (wanted, items)
        assert partners(wanted, items) == indexes, (wanted, items)
        ordered = kit.sort_values(items + wanted)
        pairs = (definition.related(*pair, "equal") for pair in combinations(ordered, 2))
        assert are_unique(ordered) is not any(pairs), ordered


def test_unmatched_entries_are_those_of_the_definition() -> None:
    values = definition.Values(seed=3)
    seen = set()
    for _ in range(PAIRS):
        wanted, other = values.map_pair()
        expected = [
            (key, value, definition.by_key(other, key, "equal"))
            for key, value in wanted.entries
            if not definition.has(other.entries, (key, value), "equal")
        ]
        assert list(unmatched_entries(wanted, other)) == expected, (wanted, other)
        seen |= {value is None for _, _, value in expected}
    assert seen == {True, False}


def test_a_comparison_has_few_numbers_for_each_level_of_nesting() -> None:
    def nested(levels: int, innermost: int) -> kit.Value:
        value: kit.Value = kit.Int(innermost)
        for _ in range(levels):
            value = kit.map_of([(kit.List((kit.Text("key"),)), value)])
        return value

    comparison = Comparison(EQUAL, (nested(100, 1), nested(100, 2)))
    assert not comparison.related(*comparison.parts)
    assert len(comparison._numbers) < 500
    assert not comparison._verdicts


def test_records_that_differ_only_in_name_need_no_comparison_with_each_other() -> None:
    named = [kit.Record(f"R{n}", (("x", kit.Int(1)),)) for n in range(2_000)]
    other = kit.List((kit.Record("", (("x", kit.Int(1)),)),))
    comparison = Comparison(EQUAL, (kit.Set((*named, other)),))
    assert len({part.number for part in comparison.parts[0].parts}) == len(named) + 1
    assert are_unique(kit.sort_values([*named, other]))

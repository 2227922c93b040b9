"""The relations, and what is built on them, against their definitions."""

from __future__ import annotations

from itertools import combinations

import pytest

from testingkit import value as kit
from testingkit.assertions.difference import first_difference
from testingkit.value.comparison import Comparison
from testingkit.value.leaves import EQUAL, EQUIVALENT, IDENTICAL
from testingkit.value.lookup import (
    are_equal_to,
    are_unique,
    found,
    index_of,
    missing,
    partners,
    repeated,
    unmatched_entries,
)
from testingkit.value.pairing import unpaired
from testingkit.value.relations import related
from testingkit.value.runs import has_run, not_in_order
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
        absent: list[kit.Value] = []
        present: list[kit.Value] = []
        indexes: list[int | None] = []
        for value in wanted:
            verdicts = [definition.related(one, value, "equal") for one in items]
            assert are_equal_to(value, items) == verdicts, (items, value)
            index = verdicts.index(True) if True in verdicts else None
            assert index_of(items, value) == index, (items, value)
            (absent if index is None else present).append(value)
            indexes.append(index)
        assert list(missing(wanted, items)) == absent, (wanted, items)
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


def test_pairs_and_orders_are_those_of_the_definition() -> None:
    values = definition.Values(seed=3)
    seen = set()
    for _ in range(PAIRS):
        items, wanted = ([values.tied() for _ in range(count)] for count in (6, 4))
        paired: list[kit.Value] = []
        others: list[kit.Value] = []
        for value in wanted:
            fits = definition.can_be_paired([*paired, value], items)
            (paired if fits else others).append(value)
        assert list(unpaired(wanted, items)) == others, (wanted, items)
        again = [
            n for n in range(6) if definition.has([(i,) for i in items[:n]], (items[n],), "equal")
        ]
        assert list(repeated(items)) == [items[n] for n in again], items
        is_run = definition.is_run(wanted[:2], items)
        assert has_run(wanted[:2], items) is is_run, (wanted, items)
        fitting = max(n for n in range(5) if definition.is_in_order(wanted[:n], items))
        assert not_in_order(wanted, items) == wanted[fitting:], (wanted, items)
        seen |= {(len(others), is_run)}
    assert len(seen) > 5


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

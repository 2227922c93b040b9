"""Cases of two runs are matched by their ids and former ids, in both directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.record.renames import match_cases

# Former ids by id, of the old and of the new run, and the old id of every new one.
MATCHES: list[tuple[dict[str, list[str]], dict[str, list[str]], dict[str, str]]] = [
    ({"a": []}, {"a": []}, {"a": "a"}),
    ({"a": []}, {"b": []}, {}),
    ({"a": []}, {"b": ["a"]}, {"b": "a"}),
    ({"b": ["a"]}, {"a": []}, {"a": "b"}),
    ({"a": []}, {"c": ["a", "b"]}, {"c": "a"}),
    ({"a": []}, {"c": ["b", "a"]}, {"c": "a"}),
    ({"b": ["a"]}, {"c": ["a", "b"]}, {"c": "b"}),
    ({"b": ["a"]}, {"c": ["b"]}, {"c": "b"}),
    ({"c": ["a", "b"]}, {"a": []}, {"a": "c"}),
    ({"b": ["a"]}, {"c": ["a"]}, {"c": "b"}),
    ({"b": ["a"]}, {"a": ["b"]}, {"a": "b"}),
    ({"b": ["a"]}, {"b": ["a"]}, {"b": "b"}),
    ({"b": []}, {"b": ["a"]}, {"b": "b"}),
    ({"a": [], "b": []}, {"b": ["a"]}, {"b": "b"}),
    ({"a": [], "b": []}, {"a": [], "b": ["a"]}, {"a": "a", "b": "b"}),
    ({"b": ["a"]}, {"a": [], "b": []}, {"b": "b"}),
    ({"a": []}, {"b": ["a"], "c": ["a"]}, {"b": "a"}),
    ({"a": [], "b": []}, {"c": ["a"], "d": ["b"]}, {"c": "a", "d": "b"}),
    ({"a": [], "b": []}, {"c": ["b"], "d": ["a"]}, {"c": "b", "d": "a"}),
]


@pytest.mark.parametrize(("old", "new", "expected"), MATCHES)
def test_renamed_cases_are_matched(
    old: dict[str, list[str]], new: dict[str, list[str]], expected: dict[str, str]
) -> None:
    assert match_cases(old, new) == expected


_IDS = st.sampled_from("abcdef")
_NAMES = st.dictionaries(_IDS, st.lists(_IDS, max_size=3), max_size=5)


@given(_NAMES, _NAMES)
def test_matching_is_one_to_one_and_keeps_equal_ids(
    old: dict[str, list[str]], new: dict[str, list[str]]
) -> None:
    found = match_cases(old, new)
    assert {*found} <= {*new}
    assert {*found.values()} <= {*old}
    assert len({*found.values()}) == len(found)
    assert all(found[name] == name for name in new if name in old)


@given(_NAMES, st.data())
def test_every_rename_is_matched_in_both_directions(
    cases: dict[str, list[str]], data: st.DataObject
) -> None:
    old: dict[str, list[str]] = {f"{name}1": [] for name in cases}
    renamed = data.draw(st.sets(st.sampled_from(sorted(old)))) if old else set()
    new = {name + "x" * (name in renamed): [name] * (name in renamed) for name in old}
    forth, back = match_cases(old, new), match_cases(new, old)
    assert {*forth.values()} == {*old}
    assert {value: key for key, value in forth.items()} == back

"""Patterns of case ids."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases import patterns
from testingkit.conformance.cases.patterns import CaseIndex, cover, pattern_matches
from tests.conformance.support import make_case, says

PATTERNS = [
    ("a/b", "a/b", True),
    ("a/b", "a/bc", False),
    ("a.b/c", "axb/c", False),
    ("a/*", "a/b", True),
    ("a/*", "a/b/c", False),
    ("a/*/c", "a/b/c", True),
    ("a/**", "a/b/c", True),
    ("a/**/d", "a/b/c/d", True),
    ("a/**/d", "a/d", True),
    ("a/**/d", "ad", False),
    ("a/b*d", "a/bcd", True),
    ("a/b**d", "a/bc/cd", True),
    ("**", "a/b", True),
    ("**/b", "a/b", True),
    ("**/b", "b", True),
    ("", "a", False),
    ("*", "a/b", False),
    ("a*", "a", True),
    ("a/*b*", "a/b", True),
    ("***", "a/b", True),
    ("a/**/**/b", "a/b", True),
    ("a/b/**/", "a/b/", True),
    # Trying all combinations of the stars would take hours.
    ("s/" + "**a" * 30, "s/" + "a" * 200, True),
    ("s/" + "**/" * 30 + "b", "s/" + "a/" * 100, False),
]


@pytest.mark.parametrize(("pattern", "case_id", "matches"), PATTERNS)
def test_pattern_matches_case_ids(pattern: str, case_id: str, matches: bool) -> None:
    assert pattern_matches(pattern, case_id) is matches


_BY_EXPRESSION = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}


@given(st.text("ab/*", max_size=8), st.text("ab/", max_size=8))
def test_pattern_matches_as_its_regular_expression(pattern: str, name: str) -> None:
    parts = re.split(r"((?:(?<=/)|(?<=^))\*\*/|\*\*|\*)", pattern)
    expression = "".join(_BY_EXPRESSION.get(part, re.escape(part)) for part in parts)
    assert pattern_matches(pattern, name) is (re.fullmatch(expression, name) is not None)


def test_pattern_with_many_stars_is_matched_quickly() -> None:
    assert not pattern_matches("a/" + "*a" * 50, "a/" + "a" * 49 + "b")


YES = says("yes")


def test_pattern_matches_former_names() -> None:
    case = make_case(YES, name="probe/one", former_names=("uno",))
    for pattern in ("probe/one", "probe/uno", "probe/u*"):
        assert CaseIndex([case]).matching(pattern) == [case]
    assert CaseIndex([case]).matching("uno") == []


# The cases to cover, the other cases, and the patterns.
COVERS = [
    ("s/a", "", "s/a"),
    ("s/a s/b", "", "s/*"),
    ("s/a s/b", "s/c", "s/a s/b"),
    ("s/n_a s/n_b", "s/c", "s/n_*"),
    ("s/n_a s/n_b", "s/n", "s/n_*"),
    ("s/n_a s/n", "s/m", "s/n s/n_a"),
    ("s/a_n s/b_n", "s/c", "s/*_n"),
    ("v-1.0/n-1 v-1.0/n-2", "v-1.0/m", "v-1.0/n-*"),
    ("v-1.0/n-1 v-1.0/n-2", "", "v-1.0/n-*"),
    ("v-1.0/a.x v-1.0/b.x", "v-1.0/c", "v-1.0/*.x"),
    ("v-1.0/n-1 v-1.1/n-1", "", "v-1.0/n-1 v-1.1/n-1"),
    ("s/n-1 s/n-12", "s/n-3", "s/n-1 s/n-12"),
    ("s/n_a_z s/n_b_z", "s/n_a s/a_z", "s/n_*_z"),
    ("s/n_a s/n_b s/m_a s/m_b s/c", "s/d", "s/c s/m_* s/n_*"),
    ("s/a_n s/b_n s/b_m s/c_m", "s/b_x", "s/*_m s/*_n"),
    # A wildcard never replaces the first component of a suite.
    ("s/a t/a", "", "s/a t/a"),
    ("s/a s/b t/a t/b", "", "s/* t/*"),
    ("s/t/a s/u/a", "s/t/b", "s/*/a"),
    ("s/t/a s/u/b s/c", "", "s/**"),
    ("s/t/v/a s/u/a", "s/t/b", "s/**/a"),
    ("s/t/a s/t/b", "s/c s/u/a", "s/t/*"),
]


@pytest.mark.parametrize(("wanted", "others", "patterns"), COVERS)
def test_few_patterns_cover_some_cases(wanted: str, others: str, patterns: str) -> None:
    cases = [make_case(YES, name=name) for name in (*wanted.split(), *others.split())]
    assert cover(wanted.split(), CaseIndex(cases)) == patterns.split()


def test_cover_avoids_former_names_of_other_cases() -> None:
    cases = [make_case(YES, name=name) for name in ("s/n_a", "s/n_b")]
    cases.append(make_case(YES, name="s/other", former_names=("n_c",)))
    assert cover(["s/n_a", "s/n_b"], CaseIndex(cases)) == ["s/n_a", "s/n_b"]


IDS = st.builds(
    str.join, st.sampled_from("_-."), st.lists(st.sampled_from("ab"), min_size=1, max_size=3)
)
CASE_IDS = st.lists(IDS, min_size=2, max_size=4).map("/".join)


@given(st.sets(CASE_IDS, min_size=1), st.sets(CASE_IDS))
def test_cover_matches_exactly_the_wanted_cases(wanted: set[str], others: set[str]) -> None:
    cases = [make_case(YES, name=name) for name in sorted(wanted | others)]
    index = CaseIndex(cases)
    patterns = cover(wanted, index)
    found = [{case.id for case in index.matching(pattern)} for pattern in patterns]
    assert set().union(*found) == wanted
    assert sum(map(len, found)) == len(wanted)  # No case is covered twice.
    assert all("*" not in pattern.partition("/")[0] for pattern in patterns)


@given(
    st.text("ab/*", max_size=8),
    st.lists(st.text("ab/", min_size=1, max_size=6), max_size=12, unique=True),
)
def test_index_finds_what_the_pattern_matches(pattern: str, ids: list[str]) -> None:
    cases = [make_case(says("x"), name=name) for name in ids]
    found = CaseIndex(cases).matching(pattern)
    assert [case.id for case in found] == [name for name in ids if pattern_matches(pattern, name)]


_NAMES: dict[str, Callable[[int], str]] = {
    "numbers": lambda number: f"s/c{number}",
    "a number and a word": lambda number: f"s/c{number}_{number % 7}",
    "a common last word": lambda number: f"s/c{number}_last",
    "a common first word": lambda number: f"s/first_c{number}",
    "groups": lambda number: f"s/{number % 50}/{number % 11}_x{number}",
    "dots and dashes": lambda number: f"s/{number % 9}-v{number % 5}.{number}",
}


@pytest.mark.parametrize("form", _NAMES)
@pytest.mark.parametrize("share", [2, 3, 10])
def test_names_that_are_looked_at_grow_as_the_cases_do(
    form: str, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def count(pattern: str, name: str) -> bool:
        nonlocal looked_at
        looked_at += 1
        return pattern_matches(pattern, name)

    monkeypatch.setattr(patterns, "pattern_matches", count)
    counts = []
    for total in (400, 1600):
        looked_at = 0
        cases = [make_case(says("x"), name=_NAMES[form](number)) for number in range(total)]
        wanted = [case.id for case in cases][::share]
        index = CaseIndex(cases)
        found = cover(wanted, index)
        counts.append(looked_at)
        covered = {case.id for pattern in found for case in index.matching(pattern)}
        assert covered == {*wanted}
    assert counts[1] < 8 * max(counts[0], 400), counts  # quadratic would be 16 times as many


def test_words_of_names_end_at_dashes_and_dots() -> None:
    ids = ["s/a-1.x", "s/a-1.y", "s/a-2.x", "s/b-1.x"]
    index = CaseIndex([make_case(says("x"), name=name) for name in ids])
    assert cover(ids[:2], index) == ["s/a-1.*"]
    assert cover(ids[:3], index) == ["s/a-*"]

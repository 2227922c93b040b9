"""Measures assertions on native values: of the kit, of Python, assertpy, pytest and DeepDiff.

It is a test, because pytest rewrites the `assert` of tests only. It prints the microseconds of each
statement as a JSON object, the shortest of several times, because other work only adds to them.
"""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable

import pytest
from deepdiff import DeepDiff

from testingkit import expect, match, require  # noqa: F401 - statements have all of them

Statement = Callable[[], object]

TURNS = 9
TEXT = "the quick brown fox"
ITEMS, SAME = list(range(100)), list(range(100))
MANY, SAME_MANY = list(range(10_000)), list(range(10_000))
ORDER = {"name": "Ada", "total": 12, "tags": ["a", "b"], "paid": True}
OTHER = {"name": "Ada", "total": 13, "tags": ["a", "b"], "paid": True}
LARGE, SAME_LARGE = ({f"key {place}": place for place in range(100_000)} for _ in range(2))
LARGE_OTHER = {**LARGE, "key 50000": -1}


def test_passing() -> None:
    show(
        10_000,
        equal_ints="require(1).equal(1)",
        between="require(5).is_between(1, 10)",
        text='require(TEXT).starts_with("the")',
        expect="expect(1).equal(1)",
        matcher="assert 5 == match.is_between(1, 10)",
        assert_ints="assert 1 == 1",
    )
    show(
        2_000,
        equal_lists="require(ITEMS).equal(SAME)",
        assert_lists="assert ITEMS == SAME",
    )
    show(20, many="require(MANY).equal(SAME_MANY)", assert_many="assert MANY == SAME_MANY")


def test_failing() -> None:
    def with_assert() -> None:
        assert ORDER == OTHER  # noqa: S101 - it is measured

    show(
        200,
        failing=failing(lambda: require(ORDER).equal(OTHER)),
        failing_assert=failing(with_assert),
    )


def test_assertpy() -> None:
    assert_that = pytest.importorskip("assertpy").assert_that
    show(
        2_000,
        assertpy_ints=lambda: assert_that(1).is_equal_to(1),
        assertpy_lists=lambda: assert_that(ITEMS).is_equal_to(SAME),
        failing_assertpy=failing(lambda: assert_that(ORDER).is_equal_to(OTHER)),
    )


def test_large_maps() -> None:
    show(1, 3, large="require(LARGE).equal(SAME_LARGE)", deepdiff="DeepDiff(SAME_LARGE, LARGE)")
    show(
        1,
        3,
        large_failing=failing(lambda: require(LARGE).equal(LARGE_OTHER)),
        deepdiff_failing=lambda: DeepDiff(LARGE_OTHER, LARGE),
    )


def failing(statement: Statement) -> Statement:
    """Returns a function that calls a statement which fails, and makes the text of the failure."""

    def fails() -> str:
        try:
            statement()
        except AssertionError as error:
            return str(error)
        raise RuntimeError("the statement passes")

    return fails


def show(number: int, turns: int = TURNS, /, **statements: str | Statement) -> None:
    """Prints the time of each statement, which take turns."""
    timers = {key: timeit.Timer(one, globals=globals()) for key, one in statements.items()}
    times = [{key: one.timeit(number) for key, one in timers.items()} for _ in range(turns)]
    micros = {key: min(time[key] for time in times) / number * 1e6 for key in timers}
    print(f"\n{json.dumps(micros)}")

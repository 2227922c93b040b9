"""The answers without values of the kit are those of the kit."""

from __future__ import annotations

import copy
import math
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assertion_catalog.python_literals import argument_literal, literal
from assertion_catalog.read import read_catalog
from testingkit import require, value
from testingkit.assertions import CATALOG
from testingkit.kit_runner.proto_value import from_proto
from testingkit.native import base
from testingkit.native.assertion import NativeAssertion
from testingkit.native.evaluation import failure_of
from testingkit.native.fast import _FAST, passes_fast

ENTRIES = {entry.name: entry for entry in read_catalog(Path(__file__).parents[4]).entries}
ODD = [
    *(None, True, False, 0, 1, -1, 2, 3, 2**64, 10**4000, -(10**4000)),
    *(0.0, -0.0, 1.0, 1.5, math.nan, -math.nan, math.inf, -math.inf, 5e-324, 1e308),
    *("", "a", "ab", "ba", "é", "e\u0301", "\ud800", "a\ud800", b"", b"a", bytearray(b"a")),
    *((), {}, set(), frozenset({1}), object(), datetime(2026, 1, 1, tzinfo=UTC)),
]


class Other(int):
    """A subclass, which converts in its own way."""

    def __testingkit_value__(self) -> object:
        return 5


class Name(str):
    """A subclass that is equal to a text, which it does not convert to."""

    __slots__ = ()

    def __testingkit_value__(self) -> object:
        return 5


SCALARS = st.sampled_from(ODD)
ODD_KEYS = ["", "a", "b", "\ud800", 1, 1.0, True, None, Name("a")]
KEYS = st.sampled_from(ODD_KEYS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.lists(st.sampled_from([0, 1, 2**64, 10**400, 10**4000]), max_size=3)
        | st.lists(st.sampled_from([0.0, -0.0, 1.0, math.nan, -math.nan]), max_size=3)
        | st.lists(st.sampled_from([True, 1, 1.0, Other(1), Name("a"), "a"]), max_size=3)
        | st.lists(st.sampled_from(["a", "é", "\ud800"]), max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.sets(st.sampled_from([0, 1, True, 1.0, math.nan, "a", "\ud800"]), max_size=3)
    ),
    max_leaves=6,
)


POOL = [
    *ODD,
    *([one] for one in ODD),
    *({"a": one} for one in ODD),
    *({one: 1} for one in ODD_KEYS),
]
NUMBERS = [-(10**4000), -1, 0, 1, 2, 2**64, -0.0, 1.5, math.nan, math.inf, "a", "\ud800", True]


def check(name: str, actual: object, *arguments: object) -> None:
    if passes_fast(name, actual, arguments):
        failure = failure_of(NativeAssertion(name, *arguments), actual)
        assert failure is None, (name, actual, arguments)


def with_arguments(count: int) -> list[str]:
    return [name for name in _FAST if len(CATALOG[name].arguments) == count]


@given(
    st.lists(VALUES, min_size=2, max_size=3), st.lists(st.integers(0, 4), min_size=4, max_size=4)
)
def test_what_passes_fast_passes(pool: list[Any], chosen: list[int]) -> None:
    # Arguments are often the actual value, or a copy of it.
    values = [*pool, copy.deepcopy(pool[0]), [pool[0], pool[1]]]
    actual, *arguments = (values[number % len(values)] for number in chosen)
    for name in _FAST:
        check(name, actual, *arguments[: len(CATALOG[name].arguments)])


def test_what_passes_fast_passes_for_every_pair_of_odd_values() -> None:
    for actual in POOL:
        for name in with_arguments(0):
            check(name, actual)
        for argument, name in product(POOL, with_arguments(1)):
            check(name, actual, argument)


def test_what_passes_fast_passes_for_every_three_odd_numbers() -> None:
    for actual, one, other in product([*NUMBERS, "", [0, 1], [1]], NUMBERS, NUMBERS):
        for name in with_arguments(2):
            check(name, actual, one, other)


@pytest.mark.parametrize("name", _FAST)
def test_the_example_of_the_catalog_passes_fast(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(base, "failure_of")
    example = ENTRIES[name].example
    names = {name: getattr(value, name) for name in value.__all__}
    actual = eval(literal(from_proto(example.passes)), names)  # noqa: S307 - the project's own text
    arguments = [eval(argument_literal(one), names) for one in example.arguments]  # noqa: S307
    getattr(require(actual), name)(*arguments)


PLAIN = st.recursive(
    st.integers(-(10**30), 10**30) | st.floats() | st.text("aé", max_size=2) | st.booleans(),
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text("aé"), inner)
    ),
)


@given(st.lists(st.integers(), min_size=1) | st.lists(st.floats()) | st.lists(st.text("aé")))
def test_equal_lists_pass_fast(one: list[Any]) -> None:
    assert passes_fast("equal", one, (copy.deepcopy(one),))


@given(PLAIN)
def test_equal_plain_values_pass_fast(one: Any) -> None:
    assert passes_fast("equal", one, (copy.deepcopy(one),))
    check("equal", one, copy.deepcopy(one))


@given(PLAIN, PLAIN)
def test_plain_values_that_differ_do_not_pass_fast(one: Any, other: Any) -> None:
    check("equal", one, other)
    check("equal", [one, other], [other, one])


def nested(levels: int) -> list[Any]:
    return [nested(levels - 1)] if levels > 1 else []


def test_the_limit_of_levels_is_that_of_the_kit() -> None:
    assert passes_fast("equal", nested(128), (nested(128),))
    assert not passes_fast("equal", nested(129), (nested(129),))
    assert passes_fast("is_not_empty", nested(128), ())
    assert not passes_fast("is_not_empty", nested(129), ())
    in_map, too_deep = {"a": nested(127)}, {"a": nested(128)}
    require(in_map).equal(copy.deepcopy(in_map)).has_length(1)
    assert not passes_fast("equal", too_deep, (copy.deepcopy(too_deep),))
    assert not passes_fast("has_length", too_deep, (1,))


def test_a_list_that_contains_itself_is_left_to_the_kit() -> None:
    one: list[Any] = []
    one += [one, one]
    assert not passes_fast("equal", one, (one,))
    assert not passes_fast("contains", one, (1,))


def test_a_subclass_is_left_to_the_kit() -> None:
    require(Name("a")).equal(5)
    assert not passes_fast("equal", Name("a"), (Name("a"),))
    assert not passes_fast("starts_with", Name("a"), ("a",))

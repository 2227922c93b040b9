from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from testingkit import AssertionFailed, match, require


@dataclass
class User:
    id: Any
    name: Any


@dataclass(eq=False)
class Key:
    of: Any


def failure(actual: object, shape: object) -> str:
    with pytest.raises(AssertionFailed) as caught:
        require(actual).matches_shape(shape)
    return str(caught.value)


@pytest.mark.parametrize(
    ("actual", "shape"),
    [
        (7, 7),
        (7, match.is_positive()),
        (None, match.anything),
        ([1, "x"], [match.is_odd(), "x"]),
        ((1, "x"), [match.anything, "x"]),
        (
            {"id": 7, "tags": ["a", "x"]},
            {"id": match.is_positive(), "tags": [match.is_ascii(), "x"]},
        ),
        ({"id": 7, "name": "Ada"}, match.open_map({"id": match.is_odd()})),
        ({"a": {"b": 1, "c": 2}}, {"a": match.open_map({"b": 1})}),
        (User(7, "Ada"), User(match.is_odd(), match.anything)),
        (User(7, "Ada"), match.record("User", id=match.is_odd(), name="Ada")),
        (SimpleNamespace(id=1), SimpleNamespace(id=match.is_odd())),
        ([{"id": 1}], [match.matches_shape({"id": match.is_odd()})]),
        ([1, 2], match.all_satisfy(match.matches_shape(match.is_positive()))),
        ({1: [2]}, {1: [match.is_even()]}),
    ],
)
def test_a_value_has_the_shape(actual: object, shape: object) -> None:
    require(actual).matches_shape(shape)
    assert actual == match.matches_shape(shape)
    assert actual == match.does_not_satisfy(match.does_not_satisfy(match.matches_shape(shape)))


def test_the_failure_is_at_the_place_of_the_matcher() -> None:
    actual = {"users": [User(7, "Ada"), User(-1, "Bob")]}
    shape = {"users": [match.anything, match.record(id=match.is_positive(), name="Bob")]}
    assert failure(actual, shape) == (
        'matches_shape(shape: {"users": [any, record{id: is_positive(), name: "Bob"}]}) failed\n'
        '  actual: {"users": [User{id: 7, name: "Ada"}, User{id: -1, name: "Bob"}]}\n'
        "  path: $.users[1].id\n"
        "  failure:\n"
        "    is_positive() failed\n"
        "      actual: -1"
    )


def test_a_part_without_matchers_is_a_value() -> None:
    text = failure({"id": 7, "tags": None}, {"id": match.is_odd(), "tags": ["x"]})
    assert 'path: $.tags\n  left: null\n  right: ["x"]' in text


def test_the_repr_is_the_shape() -> None:
    assert repr(match.anything) == "matches_shape(shape: any)"
    shape = [match.open_map({"id": match.is_between(1, 6)})]
    expected = 'matches_shape(shape: [{"id": is_between(low: 1, high: 6), ...}])'
    assert repr(match.matches_shape(shape)) == expected


def test_what_does_not_convert_has_its_path() -> None:
    head = "matches_shape() error: not_convertible\n"
    assert failure(1, {"a": [1, len]}) == (
        head + "  shape: builtin_function_or_method at $.a[1] does not convert"
    )
    assert failure(1, match.open_map({"a": match.record(b=len)})) == (
        head + "  shape: builtin_function_or_method at $.a.b does not convert"
    )
    assert failure(1, match.open_map([])).startswith(head + "  shape: Matcher at $ does not")  # type: ignore[arg-type]


def test_an_argument_of_a_matcher_that_does_not_convert_has_both_paths() -> None:
    shape = {"a": [1, match.equal([len])]}
    assert failure(1, shape).splitlines()[1:] == [
        "  shape.a[1].expected: builtin_function_or_method at $[0] does not convert"
    ]


def test_a_matcher_in_a_key_does_not_convert() -> None:
    assert failure(1, [{Key(match.is_odd()): 1}]) == (
        "matches_shape() error: not_convertible\n  shape: Matcher at $ does not convert"
    )
    assert "does not convert" in failure(1, {Key(match.anything)})


def test_a_shape_in_itself_is_a_cycle() -> None:
    entries: dict[str, object] = {}
    entries["a"] = [match.open_map(entries)]
    assert failure(1, match.open_map(entries)).startswith("matches_shape() error: cycle\n")


def test_a_matcher_outside_of_a_shape_is_not_a_value() -> None:
    with pytest.raises(AssertionFailed, match=r"expected: Matcher at .* does not convert"):
        require([1]).equal([match.is_odd()])

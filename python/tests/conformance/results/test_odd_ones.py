"""The runners that differ from the others, with families of runners that share code."""

from __future__ import annotations

import itertools

import pytest

from testingkit.conformance.results.odd_ones import describe_odd_ones, odd_ones_out
from testingkit.conformance.v1 import verdict_pb2
from tests.conformance.finished_cases import finish

PASS = verdict_pb2.VERDICT_PASS


def odd(classes: str, families: str) -> tuple[int, ...]:
    results = finish([(PASS, int(number), False) for number in classes]).results
    return odd_ones_out(list(results), [*families])


@pytest.mark.parametrize(
    ("classes", "families", "expected"),
    [
        ("112", "", (2,)),
        ("112", "abc", (2,)),
        ("112", "ttc", ()),  # two voters, who do not agree
        ("1112", "ttcd", (3,)),
        ("1122", "ttcd", (0, 1)),  # c and d against one family
        ("11222", "abttt", (2, 3, 4)),
        ("121", "ttc", (1,)),  # a family of two minds votes for both
        ("12", "tt", ()),
    ],
)
def test_family_has_one_vote(classes: str, families: str, expected: tuple[int, ...]) -> None:
    assert odd(classes, families) == expected


def test_families_of_one_runner_each_change_nothing() -> None:
    for classes in itertools.product("123", repeat=4):
        if len({*classes}) > 1:
            assert odd("".join(classes), "abcd") == odd("".join(classes), "")


def test_majority_is_not_that_of_one_family() -> None:
    results = finish([(PASS, 1, False), (PASS, 1, False), (PASS, 2, False)]).results
    assert describe_odd_ones(list(results), ["x", "y", "z"], ["t", "t", "z"]) == (
        "no odd one out, as no answer has a majority"
    )

"""Parity of every partition of the answers of up to four runners."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest

from testingkit.conformance.judging.parity import ParityResult, compare_observations, parity_of
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.observation_pb2 import NotRun, Observation
from testingkit.conformance.v1.parity_pb2 import Parity
from tests.conformance.support import answer, make_case, new

AGREE = make_case(Expectation(agree=Agreement(reason="a test")))
SILENT = Observation(not_run=NotRun())


def partitions(runners: int) -> Iterator[tuple[int, ...]]:
    """Yields all ways to put runners into classes; 0 means no answer."""
    for classes in itertools.product(range(runners + 1), repeat=runners):
        seen = list(dict.fromkeys(number for number in classes if number))
        if seen == list(range(1, len(seen) + 1)):
            yield classes


def meaning(classes: Sequence[int]) -> str:
    """Returns the name of the parity, by its definition in the contract."""
    answers = [number for number in classes if number]
    if len(set(answers)) >= 2:
        return "PARITY_DIVERGE"
    if len(answers) >= 2:
        return "PARITY_AGREE" if 0 not in classes else "PARITY_PARTIAL"
    return "PARITY_SINGLE" if answers else "PARITY_NONE"


EVERY = [classes for runners in (1, 2, 3, 4) for classes in partitions(runners)]


@pytest.mark.parametrize("classes", EVERY)
def test_parity_of_every_partition(classes: tuple[int, ...]) -> None:
    observations = [answer(f"answer {number}") if number else SILENT for number in classes]
    comparison = compare_observations(AGREE, observations)
    assert tuple(comparison.classes) == classes
    assert Parity.Name(comparison.parity) == meaning(classes)


def test_number_of_partitions_is_that_of_bell() -> None:
    # With "no answer" as one more block, these are Bell numbers: of 2, 3, 4 and 5 elements.
    assert [sum(len(c) == n for c in EVERY) for n in (1, 2, 3, 4)] == [2, 5, 15, 52]


def test_parity_without_runners_is_none() -> None:
    assert parity_of([]) == Parity.PARITY_NONE


def test_answer_that_breaks_the_protocol_belongs_to_no_class() -> None:
    garbage = Observation(response=b"\xff")
    comparison = compare_observations(AGREE, [garbage, garbage, answer("a")])
    assert comparison.classes == [0, 0, 1]
    assert comparison.parity == Parity.PARITY_SINGLE


NEAR = make_case(
    AGREE.expect, call="Echo", compare=Comparison(float_tolerance=FloatTolerance(absolute=1))
)


def near(*ratios: float) -> ParityResult:
    """The parity of answers that may be 1 apart."""
    answers = [new("Everything", ratio=ratio).SerializeToString() for ratio in ratios]
    return compare_observations(NEAR, [Observation(response=data) for data in answers])


def test_every_member_decides_a_class_under_a_tolerance() -> None:
    assert near(1.0, 2.0, 3.0, 1.5).classes == [1, 1, 2, 1]
    assert near(2.0, 1.0, 3.0, 1.5).classes == [1, 1, 2, 1]


@pytest.mark.parametrize(
    ("ratios", "parity"),
    [((0.0, 0.5, 1.0), "PARITY_AGREE"), ((0.0, 0.8, 1.6), "PARITY_DIVERGE")],
)
def test_order_of_the_runners_makes_no_agreement(ratios: tuple[float, ...], parity: str) -> None:
    found = {Parity.Name(near(*order).parity) for order in itertools.permutations(ratios)}
    assert found == {parity}


def test_equal_bytes_differ_if_nan_differs() -> None:
    case = make_case(AGREE.expect, call="Echo", compare=Comparison(nan_equal=False))
    nan = Observation(response=new("Everything", ratio=float("nan")).SerializeToString())
    assert compare_observations(case, [nan, nan]).classes == [1, 2]

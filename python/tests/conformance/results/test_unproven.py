"""Cases whose results prove nothing."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from testingkit.conformance.results.unproven import why_unproven
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from tests.conformance.finished_cases import Result, finish
from tests.conformance.support import says

PASS, CRASH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_CRASH
UNSUPPORTED = verdict_pb2.VERDICT_UNSUPPORTED
AGREE = Expectation(agree=Agreement(reason="open"))
TEXT = "agreement is expected, but "
NONE: Result = (UNSUPPORTED, 0, False)
CASES: list[tuple[list[Result], str]] = [
    ([(PASS, 1, False), (PASS, 1, False)], ""),
    ([(PASS, 1, False), (PASS, 2, False)], ""),  # a divergence, which is a finding
    ([(PASS, 1, False), NONE], TEXT + "only one runner answers"),
    ([(PASS, 1, False), (CRASH, 0, True)], TEXT + "only one runner answers"),
    ([(PASS, 1, False), (CRASH, 0, False)], ""),  # the crash is a finding
    ([NONE, NONE], "no runner serves the method"),
    ([(PASS, 1, True), (PASS, 2, True)], TEXT + "known divergences explain every answer"),
    ([(PASS, 1, True), (PASS, 2, False)], ""),
    (
        [(PASS, 1, True), (PASS, 2, True), (PASS, 3, False)],
        TEXT + "known divergences explain 2 of 3 answers, and no others agree",
    ),
    ([(PASS, 1, True), (PASS, 2, True), (PASS, 3, False), (PASS, 3, False)], ""),
    ([(PASS, 1, True), (PASS, 2, True), (PASS, 4, True), (PASS, 3, False), (PASS, 3, False)], ""),
    ([(PASS, 1, True), (PASS, 1, True)], TEXT + "known divergences explain every answer"),
]


@pytest.mark.parametrize(("results", "text"), CASES)
def test_cases_that_prove_nothing(results: list[Result], text: str) -> None:
    assert why_unproven(AGREE, finish(results)) == text
    if text.startswith(TEXT):
        assert why_unproven(says("x"), finish(results)) == ""


def test_known_divergences_explain_at_most_half_unless_others_agree() -> None:
    for runners in (2, 3, 4):
        kinds = itertools.product((1, 2, 3), (False, True))
        for answers in itertools.product(kinds, repeat=runners):
            results: list[Result] = [(PASS, number, known) for number, known in answers]
            others = Counter(number for number, known in answers if not known)
            proven = others.total() * 2 >= runners or any(size > 1 for size in others.values())
            assert (why_unproven(AGREE, finish(results)) == "") is proven, answers


@pytest.mark.parametrize(("codes", "proven"), [((12, 12), False), ((12, 3), True), ((3, 3), True)])
def test_agreement_on_unimplemented_proves_nothing(codes: tuple[int, int], *, proven: bool) -> None:
    finished = finish([(PASS, number, False) for number in codes])
    for result, code in zip(finished.results, codes, strict=True):
        result.observation.error.code = code
    assert (why_unproven(AGREE, finished) == "") is proven
    assert why_unproven(says("x"), finished) == ""


def test_agreement_on_unimplemented_proves_nothing_as_it_is_recorded() -> None:
    finished = finish([(PASS, 1, False), (PASS, 1, False), NONE])
    finished.results[0].observation.error.code = 12  # equal answers are recorded once
    finished.results[2].observation.unsupported.SetInParent()
    assert "every runner answers UNIMPLEMENTED" in why_unproven(AGREE, finished)


@pytest.mark.parametrize(
    ("results", "families", "text"),
    [
        ([(PASS, 1, False), (PASS, 1, False)], "xx", "only runners of the family x answer"),
        ([(PASS, 1, False), (PASS, 1, False), NONE], "xxy", "only runners of the family x answer"),
        ([(PASS, 1, False), (PASS, 1, False), (PASS, 1, False)], "xxy", ""),
        ([(PASS, 1, False), (PASS, 2, False)], "xx", ""),  # a divergence
        ([(PASS, 1, True), (PASS, 2, False)], "xx", "only runners of the family x answer"),
        ([(PASS, 1, True), (PASS, 1, True), (PASS, 2, False)], "xxy", ""),
        (
            [(PASS, 1, True), (PASS, 3, True), (PASS, 2, False), (PASS, 2, False)],
            "xyzz",
            "known divergences explain 2 of 4 answers, and no others agree",
        ),
        ([(PASS, 1, False), (CRASH, 0, False)], "xx", ""),
    ],
)
def test_runners_of_one_family_do_not_agree_for_others(
    results: list[Result], families: str, text: str
) -> None:
    expected = TEXT + text if text else ""
    assert why_unproven(AGREE, finish(results), list(families)) == expected
    assert why_unproven(says("x"), finish(results), list(families)) == ""

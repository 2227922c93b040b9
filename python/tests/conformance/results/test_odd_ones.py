"""Which runners are the odd ones out, and when an answer has a majority of the families."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from testingkit.conformance.results.odd_ones import describe_odd_ones, majority_class, odd_ones_out
from testingkit.conformance.v1 import verdict_pb2
from tests.conformance.finished_cases import Result, finish

PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
PANIC = verdict_pb2.VERDICT_PANIC
NAMES = ["go", "python", "rust", "zig", "java"]


@pytest.mark.parametrize("runners", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("verdict", [PASS, MISMATCH])
def test_majority_is_more_than_half_of_three_or_more(runners: int, verdict: int) -> None:
    """If all answers pass, or none does."""
    for classes in itertools.product(range(1, min(runners, 3) + 1), repeat=runners):
        answered = list(finish([(verdict, number, False) for number in classes]).results)  # type: ignore[misc]
        most, size = Counter(classes).most_common()[0]
        is_majority = runners >= 3 and size > runners / 2
        assert majority_class(answered) == (most if is_majority else None), classes
        outside = tuple(i for i, number in enumerate(classes) if number != most)
        assert odd_ones_out(answered) == (outside if is_majority else ()), classes


@pytest.mark.parametrize(
    "wrong", [w for n in range(5) for w in itertools.combinations(range(4), n)]
)
def test_odd_ones_out_are_the_runners_that_do_not_pass(wrong: tuple[int, ...]) -> None:
    finished = finish([(MISMATCH, 2, False) if i in wrong else (PASS, 1, False) for i in range(4)])
    expected = wrong if len(wrong) < 4 else ()
    assert odd_ones_out(list(finished.results)) == expected


def test_a_panic_makes_no_other_answer_right() -> None:
    answers: list[Result] = [(PASS, 1, False), (PASS, 2, False), (PANIC, 3, False)]
    assert odd_ones_out(list(finish(answers).results)) == ()
    answers.extend([(PASS, 1, False), (PASS, 1, False)])
    assert odd_ones_out(list(finish(answers).results)) == (1, 2)


TEXTS: list[tuple[list[Result], str]] = [
    ([(PASS, 1, False), (PASS, 2, False)], "go (A) against python (B); no majority"),
    (
        [(PASS, 1, False), (PASS, 2, False), (PASS, 1, False)],
        "go, rust (A) against python (B); the majority is A",
    ),
    ([(PASS, 1, False), (MISMATCH, 2, False)], "odd one out: python"),
    ([(PASS, 1, False), (PANIC, 2, False)], "odd one out: python"),
    ([(PASS, 1, False)], "no odd one out"),  # the other one is flaky
    (
        [(MISMATCH, 1, False), (MISMATCH, 2, False)],
        "no answer is the expected one; no majority",
    ),
    (
        [(MISMATCH, 1, False), (MISMATCH, 1, False), (MISMATCH, 2, False)],
        "no answer is the expected one; odd one out: rust",
    ),
]


@pytest.mark.parametrize(("answers", "text"), TEXTS)
def test_text_names_odd_ones_or_classes(answers: list[Result], text: str) -> None:
    assert describe_odd_ones(list(finish(answers).results), NAMES) == text


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
        ("121", "ttc", ()),  # two voters are too few
        ("1213", "ttcd", (1, 3)),  # a family of two minds votes for both
        ("1212", "ttcd", ()),  # so two answers have two of three votes
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
    answers: list[Result] = [(PASS, 1, False), (PASS, 1, False), (PASS, 2, False)]
    assert describe_odd_ones(list(finish(answers).results), NAMES, ["t", "t", "z"]) == (
        "go, python (A) against rust (B); no majority"
    )

"""When two answers to one case are equal, and where they differ."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import code_pb2, error_details_pb2, status_pb2

from testingkit.conformance.judging.judge import judge
from testingkit.conformance.judging.parity import compare_observations
from testingkit.conformance.judging.peers import peer_differences, same_answer
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.expectation_pb2 import (
    ERROR_AGREEMENT_ANY,
    ERROR_AGREEMENT_CODE,
    ERROR_AGREEMENT_FULL,
    Agreement,
    AnyOf,
    ErrorAgreement,
    Expectation,
)
from testingkit.conformance.v1.observation_pb2 import Error, Observation, Panic
from tests.conformance.support import answer, error, fails, make_case, new, packed, says

NOT_FOUND, ABORTED, INTERNAL = code_pb2.NOT_FOUND, code_pb2.ABORTED, code_pb2.INTERNAL


def agree(errors: ErrorAgreement.ValueType = ERROR_AGREEMENT_FULL) -> Expectation:
    return Expectation(agree=Agreement(reason="a test", errors=errors))


def any_of(*choices: Expectation) -> Expectation:
    return Expectation(any_of=AnyOf(choices=choices))


def retry(seconds: int, message: str = "") -> Observation:
    status = status_pb2.Status(code=NOT_FOUND)
    delay = Duration(seconds=seconds)
    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    details = status.SerializeToString()
    return Observation(error=Error(code=NOT_FOUND, message=message, details=details))


AGREE = make_case(agree())
PANIC = Observation(panic=Panic(text="KeyError"))
PAIRS = [
    (answer("a"), answer("a"), True),
    (answer("a"), answer("b"), False),
    (answer("a"), error(), False),
    (answer("a"), PANIC, False),
    (error(), PANIC, False),
    (PANIC, Observation(panic=Panic(text="index out of range")), True),
    (error(), error(), True),
    (error(message="one"), error(message="other"), True),
    (error(), error(INTERNAL), False),
    (error(reason="A"), error(reason="B"), False),
    (error(domain="a"), error(domain="b"), False),
    (error(field_paths=("a", "b")), error(field_paths=("b", "a")), True),
    (error(field_paths=("a",)), error(field_paths=("b",)), False),
    (retry(1), retry(1), True),
    (retry(1), retry(99), False),
    (retry(1), error(), False),
]


@pytest.mark.parametrize(("left", "right", "equal"), PAIRS)
def test_equality_of_answers(left: Observation, right: Observation, equal: bool) -> None:
    for pair in ([left, right], [right, left]):
        assert same_answer(AGREE, *pair) is equal
        assert (len(set(compare_observations(AGREE, pair).classes)) == 1) is equal


@pytest.mark.parametrize(("left", "right", "equal"), PAIRS)
def test_answers_that_differ_have_differences_with_different_texts(
    left: Observation, right: Observation, equal: bool
) -> None:
    if left.HasField("panic") and right.HasField("panic"):
        return  # equal, with different texts
    found = peer_differences(AGREE, left, right)
    assert bool(found) is not equal
    assert all(difference.expected != difference.actual for difference in found)


def test_differences_have_paths_and_values() -> None:
    def found(left: Observation, right: Observation) -> list[tuple[str, str, str]]:
        differences = peer_differences(AGREE, left, right)
        return [(d.field_path, d.expected, d.actual) for d in differences]

    assert found(answer("a"), answer("b")) == [("text", '"a"', '"b"')]
    assert found(answer("a"), PANIC) == [("", 'response {text: "a"}', "panic: KeyError")]
    assert found(error(), error(ABORTED)) == [("error.code", "NOT_FOUND", "ABORTED")]
    path = "error.google.rpc.RetryInfo.retry_delay.seconds"
    assert found(retry(1), retry(99)) == [(path, "1", "99")]


@pytest.mark.parametrize(
    ("case", "equal"),
    [
        (make_case(fails(code=NOT_FOUND, message="one")), False),
        (make_case(fails(code=NOT_FOUND)), True),
        (make_case(any_of(says("x"), fails(code=NOT_FOUND, message="one"))), False),
        (make_case(agree(), compare=Comparison(error_texts=True)), False),
        (make_case(fails(code=NOT_FOUND), compare=Comparison(error_texts=True)), False),
    ],
)
def test_messages_are_compared_if_the_case_states_one_or_compares_texts(
    case: Any, equal: bool
) -> None:
    assert same_answer(case, error(message="one"), error(message="other")) is equal


ERRORS = {
    "not found": error(NOT_FOUND),
    "not found, other reason": error(NOT_FOUND, reason="R"),
    "not found, retry": retry(1),
    "aborted": error(ABORTED),
    "internal": error(INTERNAL, "text"),
    "response": answer("x"),
    "other response": answer("y"),
    "panic": PANIC,
}
# Expectations, and the groups of the answers above that are equal; all others differ.
GROUPS: dict[str, tuple[Expectation, list[str]]] = {
    "agree": (agree(), []),
    "agree, code": (
        agree(ERROR_AGREEMENT_CODE),
        ["not found|not found, other reason|not found, retry"],
    ),
    "agree, any": (
        agree(ERROR_AGREEMENT_ANY),
        ["not found|not found, other reason|not found, retry|aborted|internal"],
    ),
    "one code": (fails(code=NOT_FOUND), []),
    "any error": (
        fails(),
        ["not found|not found, other reason|not found, retry|aborted|internal"],
    ),
    "other codes": (
        fails(code=NOT_FOUND, other_codes=[ABORTED]),
        ["not found|not found, other reason|not found, retry|aborted"],
    ),
    "any error with a reason": (fails(reason="R"), []),
    "choices": (any_of(says("x"), says("y")), []),
    "choices, one open": (
        any_of(says("x"), fails(code=INTERNAL, other_codes=[ABORTED]), fails()),
        ["aborted|internal", "not found|not found, other reason|not found, retry"],
    ),
    "response": (says("x"), []),
}


@pytest.mark.parametrize("name", GROUPS)
def test_answers_that_the_expectation_accepts_alike_are_equal(name: str) -> None:
    expect, groups = GROUPS[name]
    case = make_case(expect)
    group_of = {name: group for group in groups for name in group.split("|")}
    for left, right in itertools.product(ERRORS, repeat=2):
        equal = left == right or (left in group_of and group_of[left] == group_of.get(right))
        assert same_answer(case, ERRORS[left], ERRORS[right]) is equal, (left, right)


@pytest.mark.parametrize("name", GROUPS)
def test_right_and_wrong_answers_are_never_equal(name: str) -> None:
    case = make_case(GROUPS[name][0])
    for left, right in itertools.combinations(ERRORS.values(), 2):
        if same_answer(case, left, right):
            assert judge(case, left).verdict == judge(case, right).verdict


def test_answers_within_the_tolerance_of_the_expected_one_are_equal() -> None:
    def ratio(value: float) -> Any:
        return new("Everything", ratio=value)

    expect = Expectation(response=packed(ratio(1.0)))
    tolerance = Comparison(float_tolerance=FloatTolerance(absolute=0.5))
    case = make_case(expect, call="Echo", compare=tolerance)
    low, high, off = (
        Observation(response=ratio(value).SerializeToString()) for value in (0.5, 1.5, 2.5)
    )
    assert judge(case, low).verdict == judge(case, high).verdict == verdict_pb2.VERDICT_PASS
    assert same_answer(case, low, high)
    assert not same_answer(case, low, off)
    assert compare_observations(case, [low, high, off]).classes == [1, 1, 2]

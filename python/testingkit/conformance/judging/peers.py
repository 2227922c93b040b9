"""Compares two answers to one case with each other, by the notion of equality of the case.

A response is compared field by field as the case says, an error by its code and details. What the
expectation leaves open is open between runners too: answers that are right by the same choice,
which accepts several codes or a tolerance, are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from google.rpc import code_pb2

from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.differences import are_equal, differences
from testingkit.conformance.comparison.policy import Policy, policy_of
from testingkit.conformance.judging.answers import code_name, describe
from testingkit.conformance.judging.error_details import detail_differences
from testingkit.conformance.judging.expectation import (
    judge_answer,
    show_response,
    value_difference,
)
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import (
    ERROR_AGREEMENT_ANY,
    ERROR_AGREEMENT_CODE,
    Expectation,
)
from testingkit.conformance.v1.observation_pb2 import Error, Observation
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_OUTCOME,
    Difference,
)


def same_answer(case: Case, left: Observation, right: Observation) -> bool:
    """Returns whether two answers are equal under the comparison of the case."""
    kind = left.WhichOneof("kind")
    if kind != right.WhichOneof("kind"):
        return False
    if kind == "panic":
        return True  # Their texts depend on the language.
    if kind == "response":
        same = _same_response(case, left.response, right.response)
    else:
        same = next(_error_differences(case, left.error, right.error), None) is None
    return same or _right_by_the_same_choice(case, left, right)


def peer_differences(case: Case, first: Observation, other: Observation) -> Sequence[Difference]:
    """Returns where an answer differs from another one of the same case."""
    kinds = {first.WhichOneof("kind"), other.WhichOneof("kind")}
    if kinds == {"response"}:
        sides = [case.method.parse_response(o.response) for o in (first, other)]
        if sides[0] is not None and sides[1] is not None:
            return differences(sides[0], sides[1], policy_of(case.comparison, case.method.response))
    if kinds == {"error"}:
        return list(_error_differences(case, first.error, other.error))
    return [
        Difference(
            kind=DIFFERENCE_KIND_OUTCOME, expected=_show(case, first), actual=_show(case, other)
        )
    ]


def _show(case: Case, observation: Observation) -> str:
    if observation.HasField("response"):
        return show_response(case, observation.response)
    return describe(observation, case.method.pool)


def _same_response(case: Case, left: bytes, right: bytes) -> bool:
    policy = policy_of(case.comparison, case.method.response)
    if left == right and policy.nan_equal:
        return True
    messages = [case.method.parse_response(data) for data in (left, right)]
    if messages[0] is None or messages[1] is None:
        return left == right
    return are_equal(messages[0], messages[1], policy)


def _error_differences(case: Case, left: Error, right: Error) -> Iterator[Difference]:
    """Yields where two errors differ, as far as the case compares them."""
    agreement = case.expect.agree.errors
    if agreement == ERROR_AGREEMENT_ANY:
        return
    if left.code != right.code:
        yield value_difference("error.code", code_name(left.code), code_name(right.code))
    if agreement == ERROR_AGREEMENT_CODE:
        return
    policy = policy_of(case.comparison, case.method.response)
    if left.message != right.message and _compares_messages(case, policy):
        yield value_difference("error.message", left.message, right.message)
    yield from detail_differences(left, right, policy, case.method.pool)


def _compares_messages(case: Case, policy: Policy) -> bool:
    return policy.error_texts or any(choice.error.message for choice in _choices(case))


def _choices(case: Case) -> Sequence[Expectation]:
    return case.expect.any_of.choices or [case.expect]


def _right_by_the_same_choice(case: Case, left: Observation, right: Observation) -> bool:
    """Returns whether the first choice that accepts each of two answers is the same, and open."""
    number = _accepted_by(case, left)
    return number is not None and number == _accepted_by(case, right)


def _accepted_by(case: Case, answer: Observation) -> int | None:
    """Returns the first choice that is open and accepts an answer."""
    for number, choice in enumerate(_choices(case)):
        if _is_open(case, choice):
            judgement = judge_answer(choice, case, answer)
            if judgement.verdict == verdict_pb2.VERDICT_PASS:
                return number
    return None


def _is_open(case: Case, choice: Expectation) -> bool:
    """Returns whether a choice can accept answers that differ from each other.

    An error of one code does not: between runners all of it is compared.
    """
    if choice.HasField("error"):
        return choice.error.code == code_pb2.OK or bool(choice.error.other_codes)
    is_response = choice.HasField("response")
    return is_response and policy_of(case.comparison, case.method.response).tolerance is not None

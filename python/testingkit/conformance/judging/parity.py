"""Computes parity, the classes of equal answers to one case: stage 6 of a run.

Under a tolerance equality is not transitive, so an answer joins the first class whose first member
it equals. The order of the runners makes the classes reproducible. A response or an error that
breaks the protocol belongs to no class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.differences import are_equal
from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.judging.answers import error_facts, is_answer
from testingkit.conformance.judging.expectation import why_invalid
from testingkit.conformance.v1 import parity_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.parity_pb2 import Parity


@dataclass(frozen=True, slots=True)
class ParityResult:
    """Parity, and the class of equal answers of every runner, from 1; 0 without an answer."""

    parity: Parity.ValueType
    classes: Sequence[int]


def compare_observations(case: Case, observations: Sequence[Observation]) -> ParityResult:
    """Returns the parity of the observations of one case, one per runner."""
    firsts: list[Observation] = []
    classes: list[int] = []
    for observation in observations:
        if not is_answer(observation) or why_invalid(case, observation):
            classes.append(0)
            continue
        for number, first in enumerate(firsts, start=1):
            if same_answer(case, first, observation):
                classes.append(number)
                break
        else:
            firsts.append(observation)
            classes.append(len(firsts))
    return ParityResult(parity_of(classes), classes)


def parity_of(classes: Sequence[int]) -> Parity.ValueType:
    """Returns the parity of runners with these classes of answers."""
    answers = [number for number in classes if number]
    if not answers:
        return parity_pb2.PARITY_NONE
    if len(set(answers)) > 1:
        return parity_pb2.PARITY_DIVERGE
    if len(answers) == 1:
        return parity_pb2.PARITY_SINGLE
    return parity_pb2.PARITY_AGREE if len(answers) == len(classes) else parity_pb2.PARITY_PARTIAL


def same_answer(case: Case, left: Observation, right: Observation) -> bool:
    """Returns whether two answers are equal under the comparison of the case."""
    kind = left.WhichOneof("kind")
    if kind != right.WhichOneof("kind"):
        return False
    if kind == "response":
        return _same_response(case, left.response, right.response)
    if kind == "error":
        if _expects_message(case) and left.error.message != right.error.message:
            return False
        return error_facts(left.error) == error_facts(right.error)
    return True  # Two panics are equal: their texts depend on the language.


def _same_response(case: Case, left: bytes, right: bytes) -> bool:
    policy = policy_of(case.comparison, case.method.response)
    if left == right and policy.nan_equal:
        return True
    messages = [case.method.parse_response(data) for data in (left, right)]
    if messages[0] is None or messages[1] is None:
        return left == right
    return are_equal(messages[0], messages[1], policy)


def _expects_message(case: Case) -> bool:
    choices = [case.expect, *case.expect.any_of.choices]
    return any(choice.error.message for choice in choices)

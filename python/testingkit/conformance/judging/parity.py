"""Computes parity, the classes of equal answers to one case: stage 6 of a run.

Under a tolerance equality is not transitive, so an answer joins the first class of which it equals
every member. So answers agree only if each equals each, in any order of the runners; the order
makes the classes reproducible. A response or an error that breaks the protocol belongs to no class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.judging.answers import is_answer
from testingkit.conformance.judging.expectation import why_invalid
from testingkit.conformance.judging.peers import same_answer
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
    transitive = policy_of(case.comparison, case.method.response).tolerance is None
    members: list[list[Observation]] = []
    classes: list[int] = []
    for observation in observations:
        if not is_answer(observation) or why_invalid(case, observation):
            classes.append(0)
            continue
        for number, equal in enumerate(members, start=1):
            if all(same_answer(case, member, observation) for member in equal):
                classes.append(number)
                if not transitive:
                    equal.append(observation)
                break
        else:
            members.append([observation])
            classes.append(len(members))
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

"""Pending cases with a broken call, which a run that ends early keeps."""

from __future__ import annotations

import pytest

from testingkit.conformance.cases.records import record_of
from testingkit.conformance.engine.pending_case import PendingCase
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import answer, error, make_case, says


@pytest.fixture
def call() -> Call:
    return Call.of(1, 1, "probe", record_of(make_case(says("a"))), 10.0)


def _observation(kind: str) -> Observation:
    observation = Observation()
    getattr(observation, kind).SetInParent()
    return observation


def _has_broken_call(call: Call, *observations: Observation) -> bool:
    case = PendingCase(call, call.expected, 3, 2)
    for index, observation in enumerate(observations):
        case.add(index, observation)
    return case.has_broken_call


@pytest.mark.parametrize("kind", ["crash", "timeout", "protocol_error", "no_result"])
def test_call_without_a_valid_answer_is_broken(call: Call, kind: str) -> None:
    assert _has_broken_call(call, answer("b"), _observation(kind))


def test_answers_and_calls_not_sent_are_not_broken(call: Call) -> None:
    kinds = (_observation(kind) for kind in ("panic", "unsupported", "not_run"))
    for observation in (answer("a"), error(), *kinds):
        assert not _has_broken_call(call, observation)
    assert not _has_broken_call(call)

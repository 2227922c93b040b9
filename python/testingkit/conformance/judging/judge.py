"""Judges observations: stage 5 of a run."""

from __future__ import annotations

from collections.abc import Mapping

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.expectation import (
    Judgement,
    describe_expectation,
    judge_answer,
    outcome_difference,
    why_invalid,
)
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_OUTCOME, Difference, Verdict

# The verdicts of observations that are not answers do not depend on the expectation.
_WITHOUT_ANSWER: Mapping[str | None, Verdict.ValueType] = {
    "panic": verdict_pb2.VERDICT_PANIC,
    "crash": verdict_pb2.VERDICT_CRASH,
    "timeout": verdict_pb2.VERDICT_TIMEOUT,
    "unsupported": verdict_pb2.VERDICT_UNSUPPORTED,
    "protocol_error": verdict_pb2.VERDICT_PROTOCOL_ERROR,
    "no_result": verdict_pb2.VERDICT_NO_RESULT,
    "not_run": verdict_pb2.VERDICT_NOT_RUN,
    None: verdict_pb2.VERDICT_PROTOCOL_ERROR,
}


def judge(case: Case, observation: Observation) -> Judgement:
    """Returns the judgement of one observation of a case; any observation has one."""
    kind = observation.WhichOneof("kind")
    if kind in _WITHOUT_ANSWER:
        return Judgement(_WITHOUT_ANSWER[kind], [outcome_difference(case.expect, observation)])
    text = why_invalid(case, observation)
    if text:
        difference = Difference(
            kind=DIFFERENCE_KIND_OUTCOME, expected=describe_expectation(case.expect), actual=text
        )
        return Judgement(verdict_pb2.VERDICT_PROTOCOL_ERROR, [difference])
    return judge_answer(case.expect, case, observation)

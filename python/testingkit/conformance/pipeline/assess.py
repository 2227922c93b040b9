"""One case, observed by every runner, becomes a `FinishedCase`: judged, compared, accounted for."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from testingkit.conformance.answers import ANSWERS
from testingkit.conformance.compare import Comparison, compare
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.expectations import Judgement, check
from testingkit.conformance.judge import judge
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case
from testingkit.conformance.pipeline.repetitions import Deed, settle
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Difference


class Assessor:
    """Assesses the cases of one run."""

    def __init__(self, runners: Sequence[str], schema: Schema, book: KnownBook) -> None:
        self._runners = runners
        self._schema = schema
        self._book = book

    def assess(self, call: Call, observed: Sequence[Sequence[Observation]]) -> FinishedCase:
        """Assesses one case.

        Args:
            call: The first call of the case.
            observed: For every runner, in their order, what it did each time it was called.
        """
        case = call.case
        settled = [settle(case, observations, self._schema) for observations in observed]
        compared = self._compare(case, settled)
        finished = FinishedCase(call_id=call.id, parity=compared.parity)
        judged: dict[bytes, Judgement] = {}
        firsts: dict[int, Observation] = {}
        for index, deeds in enumerate(settled):
            observation = deeds[0].observation
            answer_class = compared.classes[index]
            result = finished.results.add(
                runner=index, answer_class=answer_class, elapsed_nanos=observation.elapsed_nanos
            )
            first = firsts.setdefault(answer_class, observation) if answer_class else observation
            if first is observation or not _same_bytes(first, observation):
                result.observation.CopyFrom(observation)
            if len(deeds) > 1:
                self._add_flaky(case, result, deeds)
                continue
            judgement = self._judge(case, observation, judged)
            result.verdict = judgement.verdict
            result.differences.extend(judgement.differences)
            result.known = self._book.accounts_for(
                self._runners[index],
                case,
                observation,
                judgement,
                self._schema,
                diverges=compared.parity == parity_pb2.PARITY_DIVERGE,
            )
        self._explain_divergence(case, finished, [deeds[0].observation for deeds in settled])
        return finished

    def _compare(self, case: Case, settled: Sequence[Sequence[Deed]]) -> Comparison:
        """Compares everything that any runner ever did: a flaky one diverges where it once did."""
        deeds = [deed.observation for runner in settled for deed in runner]
        compared = compare(case, deeds, self._schema)
        if len(deeds) == len(settled):
            return compared
        starts = itertools.accumulate((len(runner) for runner in settled), initial=0)
        heads = [compared.classes[start] for start, _ in zip(starts, settled, strict=False)]
        parity = compared.parity if len(settled) > 1 else parity_pb2.PARITY_SINGLE
        return Comparison(parity, heads)

    def _judge(
        self, case: Case, observation: Observation, judged: dict[bytes, Judgement]
    ) -> Judgement:
        """Judges an observation; equal responses of several runners are judged once."""
        if not observation.HasField("response"):
            return judge(case, observation, self._schema)
        if observation.response not in judged:
            judged[observation.response] = judge(case, observation, self._schema)
        return judged[observation.response]

    def _add_flaky(self, case: Case, result: RunnerResult, deeds: Sequence[Deed]) -> None:
        """Fills in the result of a runner that did not do the same every time."""
        judgements = [judge(case, deed.observation, self._schema) for deed in deeds]
        result.verdict = verdict_pb2.VERDICT_FLAKY
        result.known = self._book.accounts_for_flaky(
            self._runners[result.runner],
            case,
            [(d.observation, j) for d, j in zip(deeds, judgements, strict=True)],
            self._schema,
        )
        for deed, judgement in zip(deeds, judgements, strict=True):
            result.outcomes.append(
                Outcome(
                    observation=deed.observation,
                    times=deed.times,
                    verdict=judgement.verdict,
                    differences=judgement.differences
                    or self._differences(case, deeds[0].observation, deed.observation),
                )
            )

    def _explain_divergence(
        self, case: Case, finished: FinishedCase, observations: Sequence[Observation]
    ) -> None:
        """Where only agreement is asked for, the others' answers are compared with the first."""
        if finished.parity != parity_pb2.PARITY_DIVERGE or not case.expect.HasField("agree"):
            return
        first = next(r for r in finished.results if r.answer_class == 1)
        for result in finished.results:
            if result.answer_class > 1 and not result.outcomes:
                found = self._differences(
                    case, observations[first.runner], observations[result.runner]
                )
                del result.differences[:]
                result.differences.extend(found)

    def _differences(
        self, case: Case, first: Observation, other: Observation
    ) -> Sequence[Difference]:
        """Where an answer differs from another that is as good."""
        expect = _as_expectation(first, case)
        if expect is None or not _is_plain_answer(other):
            return ()
        return check(expect, case, other, self._schema).differences


def result_observation(finished: FinishedCase, result: RunnerResult) -> Observation:
    """Returns the observation of a result, which may stand with the first of its class."""
    if result.HasField("observation"):
        return result.observation
    return next(
        r.observation
        for r in finished.results
        if r.answer_class == result.answer_class and r.HasField("observation")
    )


def _same_bytes(left: Observation, right: Observation) -> bool:
    return (
        left.HasField("response") and right.HasField("response") and left.response == right.response
    )


def _is_plain_answer(observation: Observation) -> bool:
    return observation.WhichOneof("kind") in ANSWERS - {"panic"}


def _as_expectation(observation: Observation, case: Case) -> Expectation | None:
    expect = Expectation()
    if observation.HasField("response"):
        expect.response.type_url = f"type.googleapis.com/{case.method.response.full_name}"
        expect.response.value = observation.response
    elif observation.HasField("error"):
        expect.error.code = observation.error.code
        expect.error.SetInParent()
    else:
        return None
    return expect

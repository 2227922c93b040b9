"""One case, observed by every runner, becomes a `FinishedCase`: judged, compared, accounted for."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.answers import ANSWERS
from testingkit.conformance.compare import Comparison, compare
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.expectations import Judgement, check
from testingkit.conformance.judge import judge
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case
from testingkit.conformance.v1 import parity_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult


class Assessor:
    """Assesses the cases of one run."""

    def __init__(self, runners: Sequence[str], schema: Schema, book: KnownBook) -> None:
        self._runners = runners
        self._schema = schema
        self._book = book

    def assess(self, call: Call, observations: Sequence[Observation]) -> FinishedCase:
        """Assesses one case; ``observations`` has one entry per runner, in their order."""
        compared = compare(call.case, observations, self._schema)
        finished = FinishedCase(call_id=call.id, parity=compared.parity)
        seen: dict[tuple[str, bytes], tuple[int, Judgement]] = {}
        for index, observation in enumerate(observations):
            kind = observation.WhichOneof("kind") or ""
            key = (kind, observation.response) if kind == "response" else (str(index), b"")
            number, judgement = seen.setdefault(
                key,
                (index, judge(call.case, observation, self._schema))
                if key not in seen
                else seen[key],
            )
            result = finished.results.add(
                runner=index,
                verdict=judgement.verdict,
                answer_class=compared.classes[index],
                differences=judgement.differences,
                elapsed_nanos=observation.elapsed_nanos,
            )
            if number == index:
                result.observation.CopyFrom(observation)
            result.known = self._is_known(call.case, index, observation, judgement, compared)
        self._explain_divergence(call.case, finished, observations)
        return finished

    def _is_known(
        self,
        case: Case,
        runner: int,
        observation: Observation,
        judgement: Judgement,
        compared: Comparison,
    ) -> bool:
        return self._book.accounts_for(
            self._runners[runner],
            case,
            observation,
            judgement,
            self._schema,
            diverges=compared.parity == parity_pb2.PARITY_DIVERGE,
        )

    def _explain_divergence(
        self, case: Case, finished: FinishedCase, observations: Sequence[Observation]
    ) -> None:
        """Where only agreement is asked for, the others' answers are compared with the first."""
        if finished.parity != parity_pb2.PARITY_DIVERGE or not case.expect.HasField("agree"):
            return
        first = next(r for r in finished.results if r.answer_class == 1)
        expect = _as_expectation(observations[first.runner], case)
        for result in finished.results:
            observation = observations[result.runner]
            if result.answer_class > 1 and _is_plain_answer(observation) and expect is not None:
                found = check(expect, case, observation, self._schema).differences
                del result.differences[:]
                result.differences.extend(found)


def result_observation(finished: FinishedCase, result: RunnerResult) -> Observation:
    """Returns the observation of a result, which may stand with the first of its class."""
    if result.HasField("observation"):
        return result.observation
    return next(
        r.observation
        for r in finished.results
        if r.answer_class == result.answer_class and r.HasField("observation")
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

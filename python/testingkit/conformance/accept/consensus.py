"""Chooses the answer to a case that becomes its golden, or refuses with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.accept.proposals import GoldenStatus, describe_unusable, is_acceptable
from testingkit.conformance.cases.load import GoldenError, Goldens
from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.policy import Policy
from testingkit.conformance.judging.answers import error_facts
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation
from testingkit.conformance.v1.golden_pb2 import GoldenFile, Provenance
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult


@dataclass(frozen=True, slots=True)
class ChosenAnswer:
    """The answer that becomes the golden.

    Attributes:
        status: NEW, CHANGED or UNCHANGED.
        result: The result of the runner whose answer it is.
        observation: The answer.
        runners: The runners that gave it, the one whose answer it is first.
    """

    status: GoldenStatus
    result: RunnerResult
    observation: Observation
    runners: Sequence[int]


class RefusedError(Exception):
    """The reason why a golden cannot be written."""


def choose_answer(
    case: Case, finished: FinishedCase, names: Sequence[str], source: int | None
) -> ChosenAnswer:
    """Returns the answer that becomes the golden.

    Args:
        case: The case, which expects a golden.
        finished: The results of all runners.
        names: The names of the runners.
        source: The runner whose answer to take. None takes the answer of all runners that gave an
            acceptable one; at least two must have, unless the golden is already equal to it.

    Raises:
        RefusedError: There is no such answer.
    """
    exists = case.golden is not None and case.golden.exists
    answers = [result for result in finished.results if is_acceptable(result)]
    if source is None:
        chosen = _agreed(finished, answers, names, exists=exists)
    else:
        chosen = finished.results[source]
        if not is_acceptable(chosen):
            raise RefusedError(
                f"{names[source]} gave no acceptable answer: {describe_unusable(chosen)}"
            )
    status = GoldenStatus.NEW
    if exists:
        status = GoldenStatus.UNCHANGED if _passes(chosen) else GoldenStatus.CHANGED
    same = [r.runner for r in answers if r.answer_class == chosen.answer_class]
    runners = [chosen.runner, *(runner for runner in same if runner != chosen.runner)]
    return ChosenAnswer(status, chosen, result_observation(finished, chosen), runners)


def _agreed(
    finished: FinishedCase, answers: Sequence[RunnerResult], names: Sequence[str], *, exists: bool
) -> RunnerResult:
    flaky = [names[r.runner] for r in finished.results if r.outcomes and not r.known]
    if flaky:
        raise RefusedError(f"flaky: {', '.join(flaky)}")
    if not answers:
        raise RefusedError("no runner gave an acceptable answer")
    if exists and all(map(_passes, answers)):
        return answers[0]
    if len({result.answer_class for result in answers}) > 1:
        raise RefusedError("the runners do not agree")
    if len(answers) == 1:
        lone = names[answers[0].runner]
        raise RefusedError(f"only {lone} answers; no other runner confirms it")
    return answers[0]


def _passes(result: RunnerResult) -> bool:
    return result.verdict == verdict_pb2.VERDICT_PASS


def golden_of(case: Case, observation: Observation, provenance: Provenance) -> GoldenFile:
    """Returns an answer as a golden; for an error, everything except its message."""
    golden = GoldenFile(provenance=provenance)
    if observation.HasField("response"):
        golden.response.type_url = f"type.googleapis.com/{case.method.response.full_name}"
        golden.response.value = observation.response
        return golden
    facts = error_facts(observation.error)
    golden.error.CopyFrom(
        ErrorExpectation(
            code=observation.error.code,
            reason=facts.reason,
            domain=facts.domain,
            field_path=facts.field_paths[0] if facts.field_paths else "",
        )
    )
    return golden


def text_of(case: Case, golden: GoldenFile, goldens: Goldens) -> str:
    """Returns the text of a golden file, after checking that it parses to the same golden.

    Raises:
        RefusedError: It does not, such as for an answer with fields that the proto does not have.
    """
    text = goldens.text(golden, case.method)
    try:
        read = goldens.parse(text, "", case.method)
    except GoldenError as error:
        raise RefusedError(
            f"the text of the answer cannot be read back: {error.problem.message}"
        ) from error
    lost = _lost(case, golden, read)
    if lost:
        raise RefusedError(f"a golden cannot hold the answer: {lost}")
    return text


def _lost(case: Case, golden: GoldenFile, read: GoldenFile) -> str:
    """Returns what the text changes in the answer; empty if nothing."""
    left, right = (case.method.parse_response(side.response.value) for side in (golden, read))
    if left is None or right is None:
        raise AssertionError(f"{case.id}: `compare` and `Goldens.parse` checked that they parse")
    for difference in differences(left, right, Policy(Comparison(), case.method.response)):
        there, here = (side or "(not there)" for side in (difference.expected, difference.actual))
        return f"{difference.field_path or 'it'} is {there} in the answer and {here} in its text"
    same = read.error == golden.error and read.provenance == golden.provenance
    return "" if same else "its error is different in the text"

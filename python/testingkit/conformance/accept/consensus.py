"""Chooses the answer to a case that becomes its golden, or refuses with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testingkit.conformance.accept.proposals import GoldenStatus, describe_unusable, is_acceptable
from testingkit.conformance.cases.load import GoldenError, Goldens
from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.policy import Policy
from testingkit.conformance.judging.answers import error_facts
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.results.answer_classes import NOT_THERE
from testingkit.conformance.results.voters import voters_of
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation
from testingkit.conformance.v1.golden_pb2 import GoldenFile, Provenance
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult

_MAX_REASON = 100  # characters of what one runner did instead


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


@dataclass(frozen=True, slots=True)
class Panel:
    """The runners that are asked for a golden.

    Attributes:
        names: Their names.
        families: Their families; empty if every runner is its own.
        absent: The runners that did not start, which take no part.
    """

    names: Sequence[str]
    families: Sequence[str] = ()
    absent: frozenset[int] = frozenset()

    def must_answer(self, result: RunnerResult) -> bool:
        """Returns whether a runner has to confirm an answer: it serves the method."""
        is_excused = result.known or result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
        return not is_excused and result.runner not in self.absent

    def voters(self, results: Iterable[RunnerResult]) -> frozenset[str]:
        """Returns who votes with some results: runners of one family vote once."""
        return voters_of(results, self.families)

    def listed(self, results: Iterable[RunnerResult]) -> str:
        """Returns the names of the runners of some results."""
        return ", ".join(self.names[result.runner] for result in results)


def choose_answer(
    case: Case, finished: FinishedCase, panel: Panel, source: int | None
) -> ChosenAnswer:
    """Returns the answer that becomes the golden.

    Args:
        case: The case, which expects a golden.
        finished: The results of all runners.
        panel: The runners.
        source: The runner whose answer to take. None takes the answer on which the runners agree,
            as `_agreed` decides.

    Raises:
        RefusedError: There is no such answer.
    """
    exists = case.golden is not None and case.golden.exists
    answers = [result for result in finished.results if is_acceptable(result)]
    if source is None:
        chosen = _agreed(finished, answers, panel, exists=exists)
    else:
        chosen = finished.results[source]
        if not is_acceptable(chosen):
            raise RefusedError(
                f"{panel.names[source]} gave no acceptable answer: {describe_unusable(chosen)}"
            )
    status = GoldenStatus.NEW
    if exists:
        status = GoldenStatus.UNCHANGED if _passes(chosen) else GoldenStatus.CHANGED
    same = [r.runner for r in answers if r.answer_class == chosen.answer_class]
    runners = [chosen.runner, *(runner for runner in same if runner != chosen.runner)]
    return ChosenAnswer(status, chosen, result_observation(finished, chosen), runners)


def _agreed(
    finished: FinishedCase, answers: Sequence[RunnerResult], panel: Panel, *, exists: bool
) -> RunnerResult:
    """Returns an answer that all runners with an acceptable one give, and that most runners give.

    Runners of one family count once. At least two must give it, and more than half of those that
    have to: a runner that panics or breaks the protocol does not confirm anything. A golden that is
    equal to all answers needs no other confirmation.

    Raises:
        RefusedError: There is none.
    """
    flaky = [result for result in finished.results if result.outcomes and not result.known]
    if flaky:
        raise RefusedError(f"flaky: {panel.listed(flaky)}")
    if not answers:
        raise RefusedError("no runner gave an acceptable answer")
    if exists and all(map(_passes, answers)):
        return answers[0]
    if len({result.answer_class for result in answers}) > 1:
        raise RefusedError("the runners do not agree")
    able = panel.listed(answers)
    if len(answers) == 1:
        raise RefusedError(f"only {able} answers; no other runner confirms it")
    voters = panel.voters(answers)
    if len(voters) == 1:
        raise RefusedError(f"only runners of the family {min(voters)} answer: {able}")
    asked = voters | panel.voters(filter(panel.must_answer, finished.results))
    if 2 * len(voters) <= len(asked):
        kind = "families" if panel.families else "runners"
        counted = f"only {len(voters)} of {len(asked)} {kind} give this answer ({able})"
        failed = (
            f"{panel.names[r.runner]}: {_brief_failure(r)}"
            for r in finished.results
            if panel.must_answer(r) and r not in answers
        )
        raise RefusedError(f"{counted}, and more than half must; {'; '.join(failed)}")
    return answers[0]


def _brief_failure(result: RunnerResult) -> str:
    return shorten(describe_unusable(result).partition("\n")[0], _MAX_REASON)


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
        there, here = (side or NOT_THERE for side in (difference.expected, difference.actual))
        return f"{difference.field_path or 'it'} is {there} in the answer and {here} in its text"
    same = read.error == golden.error and read.provenance == golden.provenance
    return "" if same else "its error is different in the text"

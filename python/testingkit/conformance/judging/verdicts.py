"""How verdicts are counted: the column of each in the ledger, and groups of columns.

If a case is called several times, a runner can answer some calls and leave others unanswered. An
unanswered call makes the run incomplete. The answered calls, the outcome of the case, count as if
there had been no others. Neither hides the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Verdict

# The column of each verdict in the ledger. UNSPECIFIED has none because it is never written.
COLUMNS: dict[Verdict.ValueType, str] = {
    verdict_pb2.VERDICT_PASS: "passed",
    verdict_pb2.VERDICT_MISMATCH: "failed",
    verdict_pb2.VERDICT_WRONG_ERROR: "failed",
    verdict_pb2.VERDICT_UNEXPECTED_ERROR: "failed",
    verdict_pb2.VERDICT_MISSING_ERROR: "failed",
    verdict_pb2.VERDICT_PANIC: "panicked",
    verdict_pb2.VERDICT_CRASH: "crashed",
    verdict_pb2.VERDICT_TIMEOUT: "timed_out",
    verdict_pb2.VERDICT_PROTOCOL_ERROR: "protocol_errors",
    verdict_pb2.VERDICT_UNSUPPORTED: "unsupported",
    verdict_pb2.VERDICT_NO_RESULT: "missing",
    verdict_pb2.VERDICT_NOT_RUN: "missing",
    verdict_pb2.VERDICT_FLAKY: "flaky",
}
# There is no valid answer, so no known divergence can account for it.
UNANSWERED = frozenset({"protocol_errors", "missing"})
# There is no answer, which counts at every level of a case.
CRASHED_OR_TIMED_OUT = frozenset({"crashed", "timed_out"})
# The runner did something that it should not do.
WRONG = CRASHED_OR_TIMED_OUT | {"failed", "panicked", "flaky"}
# It stays open how the runner's answer compares with the answers of others.
INCOMPARABLE = CRASHED_OR_TIMED_OUT | UNANSWERED | {"panicked"}


def is_unanswered(result: RunnerResult | Outcome) -> bool:
    """Returns whether a call of a case has no valid answer."""
    return COLUMNS[result.verdict] in UNANSWERED


def crashed_or_timed_out(result: RunnerResult) -> bool:
    """Returns whether a runner crashed or timed out, in at least one call."""
    verdicts = (result.verdict, *(outcome.verdict for outcome in result.outcomes))
    return any(COLUMNS[verdict] in CRASHED_OR_TIMED_OUT for verdict in verdicts)


def outcome_of(result: RunnerResult) -> RunnerResult | None:
    """Returns the result of a runner and a case without its unanswered calls.

    That is mostly the result itself. It is None if all calls are unanswered.
    """
    if not is_unanswered(result):
        return result
    outcomes = [outcome for outcome in result.outcomes if not is_unanswered(outcome)]
    if not outcomes:
        return None
    first = outcomes[0]
    answered = RunnerResult(
        runner=result.runner,
        verdict=first.verdict,
        answer_class=result.answer_class,
        observation=first.observation,
        known=result.known,
    )
    if len(outcomes) > 1:
        answered.verdict = verdict_pb2.VERDICT_FLAKY
        answered.outcomes.extend(outcomes)
    else:
        answered.differences.extend(first.differences)
    return answered


def accepts_different(answered: Iterable[RunnerResult]) -> bool:
    """Returns whether answers that differ pass, and no answer is wrong by the expectation.

    Then answers are only compared with each other, and none of them is the right one: always if
    agreement is expected, and often if several answers are accepted.
    """
    results = list(answered)
    passing = {r.answer_class for r in results if r.verdict == verdict_pb2.VERDICT_PASS}
    return len(passing) > 1 and not any(COLUMNS[r.verdict] == "failed" for r in results)


def observations_with_counts(
    finished: FinishedCase, result: RunnerResult
) -> Sequence[tuple[str, Observation]]:
    """Returns the observations of a runner and a case, each with a count if there are several."""
    if result.outcomes:
        return [(f"{o.times:,} time{'s' * (o.times != 1)}", o.observation) for o in result.outcomes]
    return [("", result_observation(finished, result))]


def result_observation(finished: FinishedCase, result: RunnerResult) -> Observation:
    """Returns the observation of a result; only the first result of a class has its own."""
    if result.HasField("observation"):
        return result.observation
    return next(
        r.observation
        for r in finished.results
        if r.answer_class == result.answer_class
        and r.HasField("observation")
        and not is_unanswered(r)
    )

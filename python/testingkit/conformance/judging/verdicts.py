"""What verdicts mean to whoever counts: the ledger's column of each, and the columns that matter.

A case that is called several times may leave calls unanswered, and have others answered. The first
makes a run incomplete, whatever else there is; what the runner did in the others, its deed, counts
as if they had been all. Neither hides the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Verdict

# The ledger's column of every verdict. UNSPECIFIED has none on purpose: it is never written.
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
# Nothing that a runner did was valid, or it never came to that: no entry accounts for it.
UNANSWERED = frozenset({"protocol_errors", "missing"})
# No answer at all, which counts whatever the level of the case.
CRASHED_OR_TIMED_OUT = frozenset({"crashed", "timed_out"})
# What a runner did and should not have done.
WRONG = CRASHED_OR_TIMED_OUT | {"failed", "panicked", "flaky"}
# What leaves open how the runner's answer would stand to those of others.
INCOMPARABLE = CRASHED_OR_TIMED_OUT | UNANSWERED | {"panicked"}


def is_unanswered(result: RunnerResult | Outcome) -> bool:
    """Tells whether a call of a case was left without a valid answer."""
    return COLUMNS[result.verdict] in UNANSWERED


def crashed_or_timed_out(result: RunnerResult) -> bool:
    """Tells whether a runner crashed or timed out, be it only now and then."""
    verdicts = (result.verdict, *(outcome.verdict for outcome in result.outcomes))
    return any(COLUMNS[verdict] in CRASHED_OR_TIMED_OUT for verdict in verdicts)


def outcome_of(result: RunnerResult) -> RunnerResult | None:
    """Returns what a runner did with a case, calls that it left unanswered put aside.

    Almost always that is the result itself. None where there is nothing but unanswered calls.
    """
    if not is_unanswered(result):
        return result
    outcomes = [outcome for outcome in result.outcomes if not is_unanswered(outcome)]
    if not outcomes:
        return None
    first = outcomes[0]
    deed = RunnerResult(
        runner=result.runner,
        verdict=first.verdict,
        answer_class=result.answer_class,
        observation=first.observation,
        known=result.known,
    )
    if len(outcomes) > 1:
        deed.verdict = verdict_pb2.VERDICT_FLAKY
        deed.outcomes.extend(outcomes)
    else:
        deed.differences.extend(first.differences)
    return deed


def observations_with_counts(
    finished: FinishedCase, result: RunnerResult
) -> Sequence[tuple[str, Observation]]:
    """Returns all that a runner did with a case, each with how often, where that was not always."""
    if result.outcomes:
        return [(f"{o.times:,} time{'s' * (o.times != 1)}", o.observation) for o in result.outcomes]
    return [("", result_observation(finished, result))]


def result_observation(finished: FinishedCase, result: RunnerResult) -> Observation:
    """Returns the observation of a result, which may stand with the first of its class."""
    if result.HasField("observation"):
        return result.observation
    return next(
        r.observation
        for r in finished.results
        if r.answer_class == result.answer_class
        and r.HasField("observation")
        and not is_unanswered(r)
    )

"""Decides a run from its counts and findings.

The first that applies: interrupted, not conformant, incomplete, nothing ran, conformant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Decision, Finding, FindingKind

MAX_REASONS = 100  # findings of one decision that are named

# The decision that a gated finding of each kind leads to.
_DECISIONS: Mapping[FindingKind.ValueType, Decision.ValueType] = {
    run_pb2.FINDING_KIND_DIVERGENCE: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_GOLDEN_SUSPECT: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_FAILURE: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_PANIC: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_CRASH: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_TIMEOUT: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_STALE: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_FLAKY: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_WEAK: run_pb2.DECISION_NOT_CONFORMANT,
    run_pb2.FINDING_KIND_PROTOCOL: run_pb2.DECISION_INCOMPLETE,
    run_pb2.FINDING_KIND_INCOMPLETE: run_pb2.DECISION_INCOMPLETE,
    run_pb2.FINDING_KIND_RUNNER: run_pb2.DECISION_INCOMPLETE,
}

EXIT_CODES: Mapping[Decision.ValueType, ExitCode] = {
    run_pb2.DECISION_CONFORMANT: ExitCode.CONFORMANT,
    run_pb2.DECISION_NOT_CONFORMANT: ExitCode.NOT_CONFORMANT,
    run_pb2.DECISION_INCOMPLETE: ExitCode.INCOMPLETE,
    run_pb2.DECISION_NOTHING_RAN: ExitCode.NOTHING_RAN,
    run_pb2.DECISION_INTERRUPTED: ExitCode.INTERRUPTED,
}


@dataclass(frozen=True, slots=True)
class Gate:
    """A decision and its reasons."""

    decision: Decision.ValueType
    reasons: Sequence[str]

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the decision."""
        return EXIT_CODES[self.decision]


def decide(tally: Tally, findings: Sequence[Finding], *, interrupted: bool) -> Gate:
    """Returns the decision about a run.

    The tally alone can fail a run. Findings add problems that are not about a single answer, such
    as a stale known divergence or a runner that did not start.

    Raises:
        LedgerError: The counts of the tally do not add up.
    """
    tally.check()
    if interrupted:
        return Gate(run_pb2.DECISION_INTERRUPTED, ["the run was interrupted"])
    failed = _failures(tally, findings)
    if failed:
        return Gate(run_pb2.DECISION_NOT_CONFORMANT, failed)
    incomplete = _gaps(tally, findings)
    if incomplete:
        return Gate(run_pb2.DECISION_INCOMPLETE, incomplete)
    if tally.parity.cases == 0 or tally.answered == 0:
        return Gate(run_pb2.DECISION_NOTHING_RAN, ["no runner answered any call"])
    return Gate(run_pb2.DECISION_CONFORMANT, [])


def _failures(tally: Tally, findings: Sequence[Finding]) -> Sequence[str]:
    reasons = []
    if tally.gated_results:
        verb = "is" if tally.gated_results == 1 else "are"
        reasons.append(f"{count(tally.gated_results, 'answer')} {verb} not as expected")
    if tally.gated_divergences:
        reasons.append(f"runners diverge in {count(tally.gated_divergences, 'case')}")
    return reasons + _texts(findings, run_pb2.DECISION_NOT_CONFORMANT)


def _gaps(tally: Tally, findings: Sequence[Finding]) -> Sequence[str]:
    reasons = []
    if tally.unanswered:
        verb = "has" if tally.unanswered == 1 else "have"
        reasons.append(f"{count(tally.unanswered, 'planned call')} {verb} no valid answer")
    return reasons + _texts(findings, run_pb2.DECISION_INCOMPLETE)


def _texts(findings: Sequence[Finding], decision: Decision.ValueType) -> list[str]:
    texts = [
        f"{finding.id}: {finding.text}"
        for finding in findings
        if finding.gated and _DECISIONS[finding.kind] == decision
    ]
    more = len(texts) - MAX_REASONS
    return [*texts[:MAX_REASONS], count(more, "more finding")] if more > 0 else texts

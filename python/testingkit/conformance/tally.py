"""Counts what became of every planned call and case, once, for gate and reports."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.v1 import case_pb2, parity_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, Ledger, ParityTotals, RunnerResult
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
LEDGER_COLUMNS = (*dict.fromkeys(COLUMNS.values()), "known")
_WRONG = frozenset({"failed", "panicked", "flaky"})
# No answer at all counts whatever the level of the case.
_GONE = frozenset({"crashed", "timed_out"})
_PARITY_COLUMNS = {
    parity_pb2.PARITY_AGREE: "agree",
    parity_pb2.PARITY_DIVERGE: "diverge",
    parity_pb2.PARITY_PARTIAL: "partial",
    parity_pb2.PARITY_SINGLE: "single",
    parity_pb2.PARITY_NONE: "none",
}


class LedgerError(AssertionError):
    """The sums do not come out: a bug of TestingKit, never of a runner."""


class Tally:
    """Ledgers per runner, parity totals, and what of them counts for the gate."""

    def __init__(self, runners: int, planned: int) -> None:
        self.ledgers: Sequence[Ledger] = [
            Ledger(runner=index, planned=planned) for index in range(runners)
        ]
        self.parity = ParityTotals(cases=planned)
        self.gated_results = 0  # wrong answers of cases that bind, crashes and timeouts
        self.gated_divergences = 0  # diverging cases that bind
        self.unanswered = 0  # planned calls without an answer, and broken protocol

    def add(self, finished: FinishedCase, level: case_pb2.Level.ValueType) -> None:
        """Counts one finished case."""
        binding = level != case_pb2.LEVEL_RECOMMENDED
        for result in finished.results:
            self._add_result(result, binding=binding)
        column = _PARITY_COLUMNS[finished.parity]
        if finished.parity == parity_pb2.PARITY_DIVERGE:
            if known_divergence(finished):
                column = "known"
            elif level == case_pb2.LEVEL_REQUIRED:
                self.gated_divergences += 1
        setattr(self.parity, column, getattr(self.parity, column) + 1)

    def _add_result(self, result: RunnerResult, *, binding: bool) -> None:
        column = "known" if result.known else COLUMNS[result.verdict]
        ledger = self.ledgers[result.runner]
        setattr(ledger, column, getattr(ledger, column) + 1)
        if column in _GONE or (binding and column in _WRONG):
            self.gated_results += 1
        if column in ("missing", "protocol_errors"):
            self.unanswered += 1

    def check(self) -> None:
        """Asserts that everything planned is accounted for, for every runner.

        Raises:
            LedgerError: A sum does not come out.
        """
        for ledger in self.ledgers:
            counted = sum(getattr(ledger, column) for column in LEDGER_COLUMNS)
            if counted != ledger.planned:
                raise LedgerError(
                    f"runner {ledger.runner}: {ledger.planned} planned, {counted} accounted for"
                )
        parity = self.parity
        counted = sum(getattr(parity, column) for column in (*_PARITY_COLUMNS.values(), "known"))
        if counted != parity.cases:
            raise LedgerError(f"parity: {parity.cases} cases, {counted} accounted for")

    @property
    def answered(self) -> int:
        """Number of results in which a runner was asked and answered, well or badly."""
        silent = ("unsupported", "missing")
        return sum(
            getattr(ledger, column)
            for ledger in self.ledgers
            for column in LEDGER_COLUMNS
            if column not in silent
        )


def known_divergence(finished: FinishedCase) -> bool:
    """Whether the answers that no known divergence accounts for are all equal."""
    left = {r.answer_class for r in finished.results if r.answer_class and not r.known}
    return any(result.known for result in finished.results) and len(left) <= 1

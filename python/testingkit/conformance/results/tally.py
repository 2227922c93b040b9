"""Counts the result of every planned call and case once, for the gate and the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from testingkit.conformance.judging.verdicts import (
    COLUMNS,
    UNANSWERED,
    WRONG,
    crashed_or_timed_out,
    is_unanswered,
    outcome_of,
)
from testingkit.conformance.v1 import case_pb2, parity_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, Ledger, ParityTotals, RunnerResult

LEDGER_COLUMNS = (*dict.fromkeys(COLUMNS.values()), "known")
PARITY_COLUMNS = {
    parity_pb2.PARITY_AGREE: "agree",
    parity_pb2.PARITY_DIVERGE: "diverge",
    parity_pb2.PARITY_PARTIAL: "partial",
    parity_pb2.PARITY_SINGLE: "single",
    parity_pb2.PARITY_NONE: "none",
}


class LedgerError(AssertionError):
    """The counts do not add up: a bug of TestingKit, never of a runner."""


class Tally:
    """The ledger of each runner, the totals of parity, and the counts for the gate.

    Attributes:
        gated_results: Number of wrong answers to binding cases, crashes and timeouts.
        gated_divergences: Number of binding cases that diverge.
        unanswered: Number of planned calls without a valid answer.
    """

    def __init__(self, runners: int, planned: int) -> None:
        """Starts with nothing counted, for a number of runners and of planned cases."""
        self._planned = planned
        self._results: Sequence[Counter[str]] = [Counter() for _ in range(runners)]
        self._cases: Counter[str] = Counter()
        self.gated_results = 0
        self.gated_divergences = 0
        self.unanswered = 0

    def add(self, finished: FinishedCase, level: case_pb2.Level.ValueType) -> None:
        """Counts one finished case."""
        binding = level != case_pb2.LEVEL_RECOMMENDED
        for result in finished.results:
            self._add_result(result, binding=binding)
        column = PARITY_COLUMNS[finished.parity]
        if finished.parity == parity_pb2.PARITY_DIVERGE:
            if known_divergence(finished):
                column = "known"
            elif level == case_pb2.LEVEL_REQUIRED:
                self.gated_divergences += 1
        self._cases[column] += 1

    def add_unanimous(self, cases: int) -> None:
        """Counts cases that pass with every runner."""
        for counts in self._results:
            counts["passed"] += cases
        self._cases["agree" if len(self._results) > 1 else "single"] += cases

    def add_left_out(self, cases: int) -> None:
        """Counts cases that were not run by any runner."""
        for counts in self._results:
            counts["missing"] += cases
        self._cases["none"] += cases
        self.unanswered += cases * len(self._results)

    @property
    def has_problem(self) -> bool:
        """Whether a count makes the run not conformant or incomplete."""
        return bool(self.gated_results or self.gated_divergences or self.unanswered)

    @property
    def divergences(self) -> int:
        """Number of cases that diverge without a known divergence."""
        return self._cases["diverge"]

    def problems(self, runner: int) -> int:
        """Returns the number of wrong or missing results of a runner."""
        counts = self._results[runner]
        return sum(counts[column] for column in WRONG | UNANSWERED)

    @property
    def ledgers(self) -> Sequence[Ledger]:
        """One ledger per runner."""
        return [
            Ledger(runner=index, planned=self._planned, **counts)
            for index, counts in enumerate(self._results)
        ]

    @property
    def parity(self) -> ParityTotals:
        """The number of cases of each parity."""
        return ParityTotals(cases=self._planned, **self._cases)

    def _add_result(self, result: RunnerResult, *, binding: bool) -> None:
        unanswered = is_unanswered(result)
        known = result.known and not unanswered
        self._results[result.runner]["known" if known else COLUMNS[result.verdict]] += 1
        self.unanswered += unanswered
        outcome = None if result.known else outcome_of(result)
        if outcome is None or COLUMNS[outcome.verdict] not in WRONG:
            return
        if binding or crashed_or_timed_out(outcome):
            self.gated_results += 1

    def check(self) -> None:
        """Checks that the counts of every runner add up to the planned calls.

        Raises:
            LedgerError: They do not.
        """
        for runner, counts in enumerate(self._results):
            if counts.total() != self._planned:
                raise LedgerError(
                    f"runner {runner}: {self._planned} planned, {counts.total()} accounted for"
                )
        if self._cases.total() != self._planned:
            raise LedgerError(f"parity: {self._planned} cases, {self._cases.total()} accounted for")

    @property
    def answered(self) -> int:
        """Number of results of calls that were run, with an answer or without."""
        not_run = ("unsupported", "missing")
        return sum(
            count
            for counts in self._results
            for column, count in counts.items()
            if column not in not_run
        )


def known_divergence(finished: FinishedCase) -> bool:
    """Returns whether all answers without a known divergence are equal."""
    left = {r.answer_class for r in finished.results if r.answer_class and not r.known}
    return any(result.known for result in finished.results) and len(left) <= 1

"""Finds the failures of a run that no failed entry of a case reports.

A stale known divergence, a runner that did not start or an interruption fails a run, even if all
its entries passed. A format that has only tests needs a failed test for each of these, so that its
report fails exactly when the run does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from testingkit.conformance.record.rows import Entry, Status
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.json_facts import decision_word, finding_type
from testingkit.conformance.v1 import run_pb2

FAILING = frozenset({Status.FAILED, Status.ERROR})


@dataclass(frozen=True, slots=True)
class UncoveredFailure:
    """A failure of a run that has no failed entry.

    Attributes:
        name: Its name in the run, such as ``finding S1``.
        type: Its kind in lower case, such as ``stale``.
        message: What happened, and what to do about it.
        path: The file that it points at; may be empty.
        line: The line in that file; may be 0.
    """

    name: str
    type: str
    message: str
    path: str = ""
    line: int = 0


class UncoveredFailures:
    """Takes the entries of a run; `failures` are those that none of them reports."""

    def __init__(self, log: RunLog) -> None:
        self._log = log
        self._findings = [finding for finding in log.findings if finding.gated]
        # Ids of cases that have a gated finding and no failed entry so far.
        self._waiting = {finding.case_id for finding in self._findings}
        self._has_failed = False

    def add(self, entry: Entry) -> None:
        """Adds the next entry."""
        if entry.status in FAILING:
            self._has_failed = True
            self._waiting.discard(entry.case.case_id)

    def failures(self) -> Iterator[UncoveredFailure]:
        """Yields what fails the run besides the entries; all of them must have been added."""
        findings = [*self._uncovered_findings()]
        yield from findings
        if not findings and not self._has_failed:
            yield from self._decision()

    def _uncovered_findings(self) -> Iterator[UncoveredFailure]:
        for finding in self._findings:
            if not finding.case_id or finding.case_id in self._waiting:
                text = "; ".join(filter(None, (finding.text, finding.advice)))
                name, kind = f"finding {finding.id}", finding_type(finding)
                yield UncoveredFailure(name, kind, text, finding.path, finding.line)

    def _decision(self) -> Iterator[UncoveredFailure]:
        footer = self._log.footer
        if footer.decision != run_pb2.DECISION_CONFORMANT:
            decision = decision_word(self._log)
            yield UncoveredFailure("decision", decision, "; ".join(footer.reasons) or decision)

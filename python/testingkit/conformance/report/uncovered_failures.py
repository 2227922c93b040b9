"""What makes a run fail and is no failed entry of a case.

A known divergence that is not true, a runner that did not start or an interruption fails a run
whose entries may all have passed. A format that knows nothing but tests needs one that fails for
each of them: then it fails exactly when the run does.
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
class Problem:
    """Something that fails a run.

    Attributes:
        name: What it is called in the run, such as ``finding S1``.
        type: What kind of thing it is, in lower-case words.
        message: What happened, and what to do about it.
        path: File it points at; empty where there is none.
        line: Line in that file; 0 where there is none.
    """

    name: str
    type: str
    message: str
    path: str = ""
    line: int = 0


class Untold:
    """Takes the entries of a run; `problems` is what none of them told."""

    def __init__(self, log: RunLog) -> None:
        self._log = log
        self._findings = [finding for finding in log.findings if finding.gated]
        # Cases that have a finding and no failed entry so far.
        self._waiting = {finding.case_id for finding in self._findings}
        self._has_failed = False

    def take(self, entry: Entry) -> None:
        """Takes the next entry."""
        if entry.status in FAILING:
            self._has_failed = True
            self._waiting.discard(entry.case.case_id)

    def problems(self) -> Iterator[Problem]:
        """Yields what fails the run beside the entries, once all of them were taken."""
        found = [*self._of_findings()]
        yield from found
        if not found and not self._has_failed:
            yield from self._decision()

    def _of_findings(self) -> Iterator[Problem]:
        for finding in self._findings:
            if not finding.case_id or finding.case_id in self._waiting:
                text = "; ".join(filter(None, (finding.text, finding.advice)))
                name, kind = f"finding {finding.id}", finding_type(finding)
                yield Problem(name, kind, text, finding.path, finding.line)

    def _decision(self) -> Iterator[Problem]:
        footer = self._log.footer
        if footer.decision != run_pb2.DECISION_CONFORMANT:
            decision = decision_word(self._log)
            yield Problem("decision", decision, "; ".join(footer.reasons) or decision)

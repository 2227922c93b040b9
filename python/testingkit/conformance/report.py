"""Stage 8, first half: the events of a run as one record, for every renderer to print from.

Renderers count nothing and decide nothing: what they print was counted and decided by the run and
is in its log. `RunRecord.add` takes events live, or from a log that is read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
)


@dataclass(slots=True)
class RunRecord:
    """What a run's events said so far."""

    header: RunHeader = field(default_factory=RunHeader)
    runners: dict[int, RunnerReady] = field(default_factory=dict)
    planned: dict[str, PlannedCase] = field(default_factory=dict)
    finished: dict[int, FinishedCase] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    footer: RunFooter | None = None

    def add(self, event: RunEvent) -> None:
        """Takes the next event."""
        match event.WhichOneof("event"):
            case "header":
                self.header = event.header
            case "runner_ready":
                self.runners[event.runner_ready.runner] = event.runner_ready
            case "planned_case":
                self.planned[event.planned_case.case_id] = event.planned_case
            case "finished_case":
                self.finished[event.finished_case.call_id] = event.finished_case
            case "finding":
                self.findings.append(event.finding)
            case "footer":
                self.footer = event.footer

    def case(self, case_id: str) -> tuple[PlannedCase, FinishedCase] | None:
        """Returns what was planned and found for a case."""
        planned = self.planned.get(case_id)
        finished = None if planned is None else self.finished.get(planned.call_id)
        return None if planned is None or finished is None else (planned, finished)

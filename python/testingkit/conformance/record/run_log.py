"""Stage 8, first half: the events of a run as one record, for every renderer to print from.

Renderers count nothing and decide nothing: what they print was counted and decided by the run and
is in its log. `RunRecord.add` takes events live, or from a log that is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance.record import event_log
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
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

    def drop_unfinished(self) -> None:
        """Forgets cases that the run let go: they are counted as left out."""
        self.planned = {
            name: planned
            for name, planned in self.planned.items()
            if planned.call_id in self.finished
        }

    def case(self, case_id: str) -> tuple[PlannedCase, FinishedCase] | None:
        """Returns what was planned and found for a case."""
        planned = self.planned.get(case_id)
        finished = None if planned is None else self.finished.get(planned.call_id)
        return None if planned is None or finished is None else (planned, finished)


@dataclass(frozen=True, slots=True)
class RunLog:
    """A whole recorded run: what is about all of it is held, and its cases are read as a stream.

    Everything that a file is made of reads from here. There may be a million cases.
    """

    path: Path
    header: RunHeader
    runners: Sequence[RunnerReady]  # in the order of the header
    findings: Sequence[Finding]
    footer: RunFooter
    left_out: LeftOut  # no cases where the run came to its end

    def cases(self) -> Iterator[tuple[PlannedCase, FinishedCase]]:
        """Yields every case, in the order in which they were done.

        Raises:
            OutputError: The log is not what it was when it was opened.
        """
        planned: dict[int, PlannedCase] = {}
        for event in event_log.read_events(self.path):
            match event.WhichOneof("event"):
                case "planned_case":
                    planned[event.planned_case.call_id] = event.planned_case
                case "finished_case":
                    yield planned.pop(event.finished_case.call_id), event.finished_case

    def examples(self, findings: Iterable[Finding]) -> Iterator[tuple[PlannedCase, FinishedCase]]:
        """Yields the cases that findings show in full; reads no further than the last of them.

        Raises:
            OutputError: The log is not what it was when it was opened.
        """
        wanted = {finding.case_id for finding in findings if finding.case_id}
        cases = self.cases() if wanted else iter(())
        for planned, finished in cases:
            if planned.case_id in wanted:
                yield planned, finished
                wanted.remove(planned.case_id)
                if not wanted:
                    return


def open_log(path: Path) -> RunLog:
    """Opens the log of a recorded run.

    Raises:
        OutputError: It cannot be read, contradicts itself, or was cut short.
    """
    record, left_out = RunRecord(), LeftOut()
    for event in event_log.read_events(path):
        match event.WhichOneof("event"):
            case "planned_case" | "finished_case":
                pass
            case "left_out":
                left_out = event.left_out
            case _:
                record.add(event)
    runners = [record.runners[index] for index in range(len(record.header.runners))]
    footer = record.footer or RunFooter()  # A log without one was refused.
    return RunLog(path, record.header, runners, record.findings, footer, left_out)


def replay(log: RunLog, take: Callable[[RunEvent], None]) -> None:
    """Gives the events of a recorded run to a renderer, as a run gives them to it live.

    Of the cases come those that findings show in full, each before its finding.

    Raises:
        OutputError: The log is not what it was when it was opened.
    """
    examples = {p.case_id: (p, f) for p, f in log.examples(log.findings)}
    take(RunEvent(header=log.header))
    for ready in log.runners:
        take(RunEvent(runner_ready=ready))
    for finding in log.findings:
        if (example := examples.get(finding.case_id)) is not None:
            take(RunEvent(planned_case=example[0]))
            take(RunEvent(finished_case=example[1]))
        take(RunEvent(finding=finding))
    take(RunEvent(footer=log.footer))

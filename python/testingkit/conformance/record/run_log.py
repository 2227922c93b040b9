"""Stage 8, first half: the events of a run as one record, which every renderer prints.

Renderers do not count or decide: the run does, and its log has the results. `RunRecord.add` takes
events live or from a log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance.errors import OutputError, ProtoError
from testingkit.conformance.protobuf.schema import Schema
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
    """The events of a run so far, by what they are about."""

    header: RunHeader = field(default_factory=RunHeader)
    runners: dict[int, RunnerReady] = field(default_factory=dict)
    planned: dict[str, PlannedCase] = field(default_factory=dict)
    finished: dict[int, FinishedCase] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    footer: RunFooter | None = None

    def add(self, event: RunEvent) -> None:
        """Adds the next event."""
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
        """Removes planned cases without a result: they are counted as left out."""
        self.planned = {
            name: planned
            for name, planned in self.planned.items()
            if planned.call_id in self.finished
        }

    def case(self, case_id: str) -> tuple[PlannedCase, FinishedCase] | None:
        """Returns a case and its result; None without a result."""
        planned = self.planned.get(case_id)
        finished = None if planned is None else self.finished.get(planned.call_id)
        return None if planned is None or finished is None else (planned, finished)


@dataclass(frozen=True, slots=True)
class RunLog:
    """A whole recorded run. Its cases are read as a stream, because there may be a million.

    All report files are made from it.
    """

    path: Path
    header: RunHeader
    runners: Sequence[RunnerReady]  # in the order of the header
    findings: Sequence[Finding]
    footer: RunFooter
    left_out: LeftOut  # no cases if the run was not cut short

    def cases(self) -> Iterator[tuple[PlannedCase, FinishedCase]]:
        """Yields every case with its result, in the order in which they finished.

        Raises:
            OutputError: The log has changed since it was opened.
        """
        planned: dict[int, PlannedCase] = {}
        for event in event_log.read_events(self.path):
            match event.WhichOneof("event"):
                case "planned_case":
                    planned[event.planned_case.call_id] = event.planned_case
                case "finished_case":
                    yield planned.pop(event.finished_case.call_id), event.finished_case

    def examples(self, findings: Iterable[Finding]) -> Iterator[tuple[PlannedCase, FinishedCase]]:
        """Yields the cases that findings show in full; stops reading after the last of them.

        Raises:
            OutputError: The log has changed since it was opened.
        """
        wanted = {finding.case_id for finding in findings if finding.case_id}
        cases = self.cases() if wanted else iter(())
        for planned, finished in cases:
            if planned.case_id in wanted:
                yield planned, finished
                wanted.remove(planned.case_id)
                if not wanted:
                    return


def read_schema(path: Path, header: RunHeader) -> Schema:
    """Returns the types of a log; ``path`` names it in errors.

    Raises:
        OutputError: They contradict each other.
    """
    try:
        return Schema(header.descriptors.file)
    except ProtoError as error:
        raise OutputError(f"the event log {path} contradicts itself: {error}") from error


def open_log(path: Path) -> RunLog:
    """Opens the log of a recorded run.

    Raises:
        OutputError: The log cannot be read, contradicts itself, or was cut short.
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
    footer = record.footer or RunFooter()  # `read_events` refuses a log without one.
    return RunLog(path, record.header, runners, record.findings, footer, left_out)


def replay(log: RunLog, take: Callable[[RunEvent], None]) -> None:
    """Passes the events of a recorded run to a renderer, as a live run does.

    Only cases that findings show in full are passed, each before its finding.

    Raises:
        OutputError: The log has changed since it was opened.
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

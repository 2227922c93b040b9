"""Checks that the events of a log agree with each other, so that its readers can rely on that.

Indices and ids exist, values of enums are known, every planned case is finished once, and the
totals of the footer are those of the finished cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from google.protobuf.descriptor import EnumDescriptor
from google.protobuf.timestamp_pb2 import Timestamp

from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.judging.verdicts import is_unanswered
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1.case_pb2 import Level
from testingkit.conformance.v1.parity_pb2 import Parity
from testingkit.conformance.v1.run_pb2 import (
    Decision,
    Finding,
    FindingKind,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    RunnerResult,
)
from testingkit.conformance.v1.verdict_pb2 import Verdict

_EXIT_CODES = frozenset(int(code) for code in ExitCode)


class LogRules:
    """The rules for the events of one log, which are checked in their order."""

    def __init__(self) -> None:
        self._header = RunHeader()
        self._tally = Tally(0, 0)
        self._ready: set[int] = set()
        self._planned: dict[int, PlannedCase] = {}  # by call id; without finished ones
        self._call_ids: set[int] = set()
        self._names: set[str] = set()
        self._finished = 0
        self._left_out = 0
        self._rules: Mapping[str, Callable[[RunEvent], Iterator[str]]] = {
            "header": lambda event: self._of_header(event.header),
            "runner_ready": lambda event: self._of_ready(event.runner_ready),
            "planned_case": lambda event: self._of_planned(event.planned_case),
            "finished_case": lambda event: self._of_finished(event.finished_case),
            "left_out": lambda event: self._of_left_out(event.left_out),
            "finding": lambda event: self._of_finding(event.finding),
            "footer": lambda event: self._of_footer(event.footer),
        }

    def check(self, event: RunEvent) -> str:
        """Returns the first problem of the next event; empty if it has none."""
        kind = event.WhichOneof("event")
        if kind is None:
            return "an event is empty"
        return next(self._rules[kind](event), "")

    def _of_header(self, header: RunHeader) -> Iterator[str]:
        if len(set(header.runners)) != len(header.runners) or not header.runners:
            yield "runner names are missing or not unique"
        if len(header.families) not in {0, len(header.runners)}:
            yield f"{len(header.families)} families of {len(header.runners)} runners"
        yield from _time("start", header.started)
        self._header = header
        self._tally = Tally(len(header.runners), header.cases)

    def _of_ready(self, ready: RunnerReady) -> Iterator[str]:
        if ready.runner in self._ready or not self._is_runner(ready.runner):
            yield f"runner {ready.runner} is ready twice, or is not in the header"
        self._ready.add(ready.runner)

    def _of_planned(self, planned: PlannedCase) -> Iterator[str]:
        if planned.call_id in self._call_ids or planned.case_id in self._names:
            yield f"case {planned.case_id!r} with call {planned.call_id} is planned twice"
        yield from _enum("level", planned.level, Level.DESCRIPTOR)
        self._planned[planned.call_id] = planned
        self._call_ids.add(planned.call_id)
        self._names.add(planned.case_id)

    def _of_finished(self, finished: FinishedCase) -> Iterator[str]:
        planned = self._planned.pop(finished.call_id, None)
        if planned is None:
            yield f"call {finished.call_id} is finished twice, or was not planned"
            return
        yield from _enum("parity", finished.parity, Parity.DESCRIPTOR)
        if [r.runner for r in finished.results] != list(range(len(self._header.runners))):
            yield f"{planned.case_id} does not have one result for each runner, in order"
        yield from _results(planned.case_id, finished)
        self._finished += 1
        self._tally.add(finished, planned.level)

    def _of_left_out(self, left_out: LeftOut) -> Iterator[str]:
        if not left_out.cases or self._left_out:
            yield "left_out has no cases, or occurs twice"
        self._left_out = left_out.cases
        self._tally.add_left_out(left_out.cases)

    def _of_finding(self, finding: Finding) -> Iterator[str]:
        yield from _enum("kind of finding", finding.kind, FindingKind.DESCRIPTOR)
        for runner in finding.runners:
            if not self._is_runner(runner):
                yield f"finding {finding.id} names runner {runner}, which is not in the header"
        for name in (*filter(None, [finding.case_id]), *finding.similar_case_ids):
            if name not in self._names:
                yield f"finding {finding.id} names case {name!r}, which is not planned"

    def _of_footer(self, footer: RunFooter) -> Iterator[str]:
        header = self._header
        cases = self._finished + self._left_out
        if cases != header.cases:
            yield f"{cases} cases are finished or left out, but the header has {header.cases}"
        if len(self._planned) > self._left_out:
            unfinished = f"{len(self._planned)} cases are planned and not finished"
            yield f"{unfinished}, but only {self._left_out} left out"
        if len(self._ready) != len(header.runners):
            yield f"{len(self._ready)} of {len(header.runners)} runners have a runner_ready event"
        if (list(footer.ledgers), footer.parity) != (list(self._tally.ledgers), self._tally.parity):
            yield "the totals of the footer differ from those of the finished cases"
        yield from _enum("decision", footer.decision, Decision.DESCRIPTOR)
        if footer.exit_code not in _EXIT_CODES:
            yield f"unknown exit code {footer.exit_code}"
        yield from _time("end", footer.finished)

    def _is_runner(self, index: int) -> bool:
        return index < len(self._header.runners)


def _results(case_id: str, finished: FinishedCase) -> Iterator[str]:
    seen: set[int] = set()  # answer classes with an observation
    for result in finished.results:
        for verdict in (result.verdict, *(outcome.verdict for outcome in result.outcomes)):
            yield from _enum("verdict", verdict, Verdict.DESCRIPTOR)
        if not _has_answer(result, seen):
            yield f"{case_id} has a result of runner {result.runner} without an observation"
        if not is_unanswered(result):
            seen.add(result.answer_class)


def _has_answer(result: RunnerResult, seen: set[int]) -> bool:
    """Returns whether a result or an earlier one of its answer class has the observation."""
    return result.HasField("observation") or (
        result.answer_class != 0 and result.answer_class in seen
    )


def _enum(what: str, number: int, enum: EnumDescriptor) -> Iterator[str]:
    if number == 0 or number not in enum.values_by_number:
        yield f"unknown {what} {number}"


def _time(what: str, time: Timestamp) -> Iterator[str]:
    try:
        time.ToJsonString()
    except ValueError:
        yield f"the {what} time of the run is not valid"

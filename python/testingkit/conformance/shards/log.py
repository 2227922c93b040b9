"""The log of one shard, read whole once and held as places: what the runners did is read again.

A log may come from anywhere. It is believed that the runners did what it says, and nothing else:
what that is worth is judged again.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from testingkit.conformance.errors import OutputError, UsageError
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.plan.calls import Call, Order, Shard
from testingkit.conformance.plan.plan import first_ids
from testingkit.conformance.record import event_log
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    RunnerResult,
)

_DIGEST = 16  # bytes that stand for a planned case


def read_header(path: Path) -> RunHeader:
    """Returns the first event of a log.

    Raises:
        OutputError: It cannot be read, or is no log.
    """
    for event in event_log.read_events(path):
        return event.header
    raise OutputError(f"the event log {path} was cut short: it has no header")


class ShardLog:
    """The log of one shard.

    Attributes:
        name: What people called it.
        shard: Which part of the plan it is.
        header: Its first event.
        runners: How they started, in order.
        findings: What the shard found.
        left_out: What it never began; no cases where it came to its end.
        footer: Its last event.
    """

    def __init__(self, path: Path, name: str, header: RunHeader) -> None:
        """Reads a log; ``header`` is what it began with when it was looked at.

        Raises:
            OutputError: It cannot be read, contradicts itself, or was cut short.
            UsageError: It has cases that cannot be in its shard, or has not every answer of one.
        """
        self.name = name
        self.shard = Shard(header.shard.index, header.shard.count)
        self.header = header
        self.left_out = LeftOut()
        self._path = path
        self._order = Order(max(1, header.repetitions), header.shuffle)
        self._ids = first_ids(header.cases, self._order)
        self._planned = bytearray(_DIGEST * header.cases)  # by the id of the call
        self._finished = array("Q", bytes(8 * header.cases))  # where it is, by that id
        record = RunRecord()
        for place, event in event_log.read_events_with_offsets(path):
            self._take(place, event, record)
        if record.header != header:
            raise self._changed()
        self.runners: Sequence[RunnerReady] = [
            record.runners[index] for index in range(len(header.runners))
        ]
        self.findings: Sequence[Finding] = record.findings
        self.footer = record.footer or RunFooter()  # A log without one was refused.
        # From now on it may be removed, as old runs are.
        self._file = event_log.EventFile(path)

    def has(self, position: int) -> bool:
        """Whether the case at a position of the shard, from 0, was begun."""
        return self._finished[self._ids[position] - 1] != 0

    def check(self, position: int, call: Call) -> None:
        """Checks that the case at a position is that of the plan, where it was begun.

        Raises:
            UsageError: It is another.
        """
        at = _DIGEST * (self._ids[position] - 1)
        if self.has(position) and self._planned[at : at + _DIGEST] != _digest(call.planned):
            raise UsageError(
                f"{self.name} has something else where shard {self.shard} of this plan has "
                f"{call.case_id}: it is not the log of that shard"
            )

    def observations(self, position: int, call: Call) -> Iterator[tuple[int, Observation]]:
        """Yields all that the runners did with a case: each the index of one, and what it did.

        Raises:
            OutputError: The log is not what it was when it was opened.
        """
        number = self._ids[position]
        finished = self._file.read(self._finished[number - 1]).finished_case
        self._check_finished(finished, number)
        for result in finished.results:
            for observation in self._of_result(finished, result):
                observation.call_id = call.id
                yield result.runner, observation

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _take(self, place: int, event: RunEvent, record: RunRecord) -> None:
        match event.WhichOneof("event"):
            case "planned_case":
                self._take_planned(event.planned_case)
            case "finished_case":
                self._take_finished(place, event.finished_case)
            case "left_out":
                self.left_out = event.left_out
            case _:
                record.add(event)

    def _take_planned(self, planned: PlannedCase) -> None:
        number = planned.call_id
        if not 1 <= number <= self.header.cases:
            raise UsageError(
                f"{self.name} has the case {planned.case_id!r}, which is not in shard {self.shard}"
            )
        planned.ClearField("call_id")
        at = _DIGEST * (number - 1)
        self._planned[at : at + _DIGEST] = _digest(planned.SerializeToString())

    def _take_finished(self, place: int, finished: FinishedCase) -> None:
        for result in finished.results:
            times = sum(outcome.times for outcome in result.outcomes)
            if result.outcomes and times != self._order.repetitions:
                runner = self.header.runners[result.runner]
                raise UsageError(
                    f"{self.name} has {times:,} answers of {runner} to call {finished.call_id}, "
                    f"and {self._order.repetitions:,} were asked for"
                )
        self._finished[finished.call_id - 1] = place

    def _check_finished(self, finished: FinishedCase, number: int) -> None:
        runners = [result.runner for result in finished.results]
        if finished.call_id != number or runners != [*range(len(self.header.runners))]:
            raise self._changed()

    def _of_result(self, finished: FinishedCase, result: RunnerResult) -> Iterator[Observation]:
        """Yields what one runner did each time; answers that are the same are told by the first."""
        for outcome in result.outcomes:
            yield from (outcome.observation for _ in range(outcome.times))
        if not result.outcomes:
            observation = Observation()
            observation.CopyFrom(self._observation(finished, result))
            observation.elapsed_nanos = result.elapsed_nanos
            yield from (observation for _ in range(self._order.repetitions))

    def _observation(self, finished: FinishedCase, result: RunnerResult) -> Observation:
        try:
            return result_observation(finished, result)
        except StopIteration as error:
            raise self._changed() from error

    def _changed(self) -> OutputError:
        return OutputError(f"the event log {self._path} has changed since it was opened")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_DIGEST]

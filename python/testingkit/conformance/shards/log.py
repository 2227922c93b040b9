"""The log of one shard: read once to check it, then again for the observations of each case.

A log may come from another machine. Only its observations are trusted; they are judged again.
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

_DIGEST = 16  # bytes of the digest of a planned case


def read_header(path: Path) -> RunHeader:
    """Returns the first event of a log.

    Raises:
        OutputError: It cannot be read, or is not a log.
    """
    for event in event_log.read_events(path):
        return event.header
    raise OutputError(f"the event log {path} was cut short: it has no header")


class ShardLog:
    """The log of one shard.

    Attributes:
        name: The name of the log on the command line.
        shard: The shard.
        header: The first event.
        runners: How each runner started, in order.
        findings: The findings of the shard.
        left_out: The cases that it did not run; none if it ran all.
        footer: The last event.
    """

    def __init__(self, path: Path, name: str, header: RunHeader) -> None:
        """Reads a log; ``header`` is its header as it was read before.

        Raises:
            OutputError: It cannot be read, is damaged, or has changed.
            UsageError: It has cases that cannot be in its shard, or a case without all its answers.
        """
        self.name = name
        self.shard = Shard(header.shard.index, header.shard.count)
        self.header = header
        self.left_out = LeftOut()
        self._path = path
        self._order = Order(max(1, header.repetitions), header.shuffle)
        self._ids = first_ids(header.cases, self._order)
        self._planned = bytearray(_DIGEST * header.cases)  # by the id of the call
        self._finished = array("Q", bytes(8 * header.cases))  # places, by the id of the call
        record = RunRecord()
        for place, event in event_log.read_events_with_offsets(path):
            self._take(place, event, record)
        if record.header != header:
            raise self._changed()
        self.runners: Sequence[RunnerReady] = [
            record.runners[index] for index in range(len(header.runners))
        ]
        self.findings: Sequence[Finding] = record.findings
        self.footer = record.footer or RunFooter()  # reading fails if there is none
        # The open file stays readable if the run is removed with the old ones.
        self._file = event_log.EventFile(path)

    def has(self, position: int) -> bool:
        """Returns whether the case at a position of the shard, from 0, was run."""
        return self._finished[self._ids[position] - 1] != 0

    def check(self, position: int, call: Call) -> None:
        """Checks that the case at a position, if it was run, is the case of the plan.

        Raises:
            UsageError: It is another case.
        """
        at = _DIGEST * (self._ids[position] - 1)
        if self.has(position) and self._planned[at : at + _DIGEST] != _digest(call.planned):
            raise UsageError(
                f"{self.name} has another case where shard {self.shard} of this plan has "
                f"{call.case_id}; give the log of that shard"
            )

    def observations(self, position: int, call: Call) -> Iterator[tuple[int, Observation]]:
        """Yields the observations of a case, each with the index of its runner.

        Raises:
            OutputError: The log has changed since it was opened.
        """
        number = self._ids[position]
        finished = self._file.read(self._finished[number - 1]).finished_case
        self._check_finished(finished, number)
        for result in finished.results:
            for observation in self._observations_of(finished, result):
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
                f"{self.name} has case {planned.case_id!r}, which is not in shard {self.shard}"
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
                    f"and must have {self._order.repetitions:,}"
                )
        self._finished[finished.call_id - 1] = place

    def _check_finished(self, finished: FinishedCase, number: int) -> None:
        runners = [result.runner for result in finished.results]
        if finished.call_id != number or runners != [*range(len(self.header.runners))]:
            raise self._changed()

    def _observations_of(
        self, finished: FinishedCase, result: RunnerResult
    ) -> Iterator[Observation]:
        """Yields the observation of every repetition of one runner."""
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

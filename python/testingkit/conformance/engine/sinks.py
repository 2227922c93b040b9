"""Where the events of a run go, and the time that it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit.conformance.engine.progress import Progress
from testingkit.conformance.errors import OutputError
from testingkit.conformance.record import event_log
from testingkit.conformance.v1.run_pb2 import RunEvent


class Sink(Protocol):
    """Somebody who takes what a run finds out, as it does.

    Raises:
        OSError: From every method: it cannot be shown.
    """

    def __call__(self, event: RunEvent) -> None:
        """Takes the next event of the log, but for cases.

        Of those the log has all. Here come the ones that findings show, planned and finished, each
        before its finding.
        """

    def reading(self, done: int, total: int) -> None:
        """Takes that so many case files are read, before the first event."""

    def progress(self, progress: Progress) -> None:
        """Takes how far the run is; now and then, and when all is observed."""


@dataclass(slots=True)
class Outputs:
    """The event log, and whoever else takes events. One that fails is left out from then on."""

    log: event_log.EventLogWriter
    sinks: list[Sink]
    log_problem: str = ""
    sink_problem: OSError | None = None

    def emit(self, event: RunEvent) -> None:
        """Gives an event to the log and then to everybody else."""
        self.record(event)
        self.show(event)

    def record(self, event: RunEvent) -> None:
        """Writes an event to the log."""
        if not self.log_problem:
            try:
                self.log.write(event)
            except OutputError as error:
                self.log_problem = str(error)

    def record_serialized(self, data: bytes) -> None:
        """Writes an event to the log that is serialized already."""
        if not self.log_problem:
            try:
                self.log.write_serialized(data)
            except OutputError as error:
                self.log_problem = str(error)

    def close_log(self) -> None:
        """Closes the log; what was buffered may fail only now."""
        try:
            self.log.close()
        except OutputError as error:
            self.log_problem = self.log_problem or str(error)

    def show(self, event: RunEvent) -> None:
        """Gives an event to everybody but the log."""
        self._tell(lambda sink: sink(event))

    def progress(self, progress: Progress) -> None:
        """Tells everybody but the log how far the run is."""
        self._tell(lambda sink: sink.progress(progress))

    def _tell(self, tell: Callable[[Sink], None]) -> None:
        for sink in list(self.sinks):
            try:
                tell(sink)
            except OSError as error:
                self.sinks.remove(sink)
                self.sink_problem = error

    def check(self) -> None:
        """Says that a result was not shown.

        Raises:
            OutputError: Something other than the log could not be written.
        """
        problem = self.sink_problem
        if problem is not None:
            raise OutputError(f"the result cannot be written: {problem.strerror}")


@dataclass(slots=True)
class Clock:
    """The time of a run, from its start."""

    started: int = field(default_factory=time.monotonic_ns)

    def began(self) -> Timestamp:
        """Returns when the first event is written: now."""
        return _now()

    def ended(self) -> Timestamp:
        """Returns when the last event is written: now."""
        return _now()

    def nanos(self) -> int:
        """Nanoseconds since the start."""
        return time.monotonic_ns() - self.started

    def seconds_left(self, seconds: float | None) -> float | None:
        """What is left of a deadline in seconds; none stays none."""
        return None if seconds is None else max(0.0, seconds - self.nanos() / 1e9)


def _now() -> Timestamp:
    now = Timestamp()
    now.GetCurrentTime()
    return now

"""The outputs of a run: the event log and the sinks; and the clock of the run."""

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
    """Takes the events of a run as they happen, such as to print them.

    Raises:
        OSError: Any method may raise it if an event cannot be shown.
    """

    def __call__(self, event: RunEvent) -> None:
        """Takes the next event of the log, except cases.

        Of the cases, only those that findings show in full are passed on: planned and finished,
        each before its finding.
        """

    def reading(self, done: int, total: int) -> None:
        """Takes the numbers of read and of all case files, before the first event."""

    def progress(self, progress: Progress) -> None:
        """Takes the progress of the run, at intervals and at the end."""


@dataclass(slots=True)
class Outputs:
    """The event log and the sinks; one that fails gets no more events.

    Attributes:
        log: The event log.
        sinks: The sinks.
        log_problem: Why the log cannot be written; empty if it can.
        sink_problem: The last error of a sink.
    """

    log: event_log.EventLogWriter
    sinks: list[Sink]
    log_problem: str = ""
    sink_problem: OSError | None = None

    def emit(self, event: RunEvent) -> None:
        """Writes an event to the log, then sends it to the sinks."""
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
        """Writes a serialized event to the log."""
        if not self.log_problem:
            try:
                self.log.write_serialized(data)
            except OutputError as error:
                self.log_problem = str(error)

    def close_log(self) -> None:
        """Closes the log, which may fail while it writes its buffer."""
        try:
            self.log.close()
        except OutputError as error:
            self.log_problem = self.log_problem or str(error)

    def show(self, event: RunEvent) -> None:
        """Sends an event to the sinks only."""
        self._send(lambda sink: sink(event))

    def progress(self, progress: Progress) -> None:
        """Sends progress to the sinks."""
        self._send(lambda sink: sink.progress(progress))

    def _send(self, send: Callable[[Sink], None]) -> None:
        for sink in list(self.sinks):
            try:
                send(sink)
            except OSError as error:
                self.sinks.remove(sink)
                self.sink_problem = error

    def check(self) -> None:
        """Raises an error if a sink has failed.

        Raises:
            OutputError: A sink failed.
        """
        problem = self.sink_problem
        if problem is not None:
            raise OutputError(f"the result cannot be written: {problem.strerror}")


@dataclass(slots=True)
class Clock:
    """The time of a run, from its start."""

    started: int = field(default_factory=time.monotonic_ns)

    def began(self) -> Timestamp:
        """Returns the time of the first event: now."""
        return _now()

    def ended(self) -> Timestamp:
        """Returns the time of the last event: now."""
        return _now()

    def nanos(self) -> int:
        """Returns the nanoseconds since the start."""
        return time.monotonic_ns() - self.started

    def seconds_left(self, seconds: float | None) -> float | None:
        """Returns how much is left of a limit in seconds; None if there is no limit."""
        return None if seconds is None else max(0.0, seconds - self.nanos() / 1e9)


def _now() -> Timestamp:
    now = Timestamp()
    now.GetCurrentTime()
    return now

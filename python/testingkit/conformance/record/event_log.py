"""The event log of a run: length-delimited `RunEvent` messages with a header and a footer.

Every report, including that on the terminal, is a replay of a log. A log without a footer was cut
short, and reading it raises an error.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from google.protobuf.message import DecodeError, EncodeError

from testingkit.conformance.errors import OutputError
from testingkit.conformance.protobuf.delimited import DelimitedError, read_delimited
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.record.html_log import open_log_file
from testingkit.conformance.record.invariants import LogRules
from testingkit.conformance.v1.run_pb2 import RunEvent

FORMAT_VERSION = 1
FILE_NAME = "events.binpb"
MAX_EVENT_BYTES = (1 << 31) - 1  # the largest protobuf message: it has the answers of all runners


class EventLogWriter:
    """Writes the events of one run to a file of its own.

    Raises:
        OutputError: From every method: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # At the end of the file, so that the size shows if another process truncates it.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
            self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o666), "wb")
        except OSError as error:
            raise self._failed(error) from error

    @property
    def run_name(self) -> str:
        """The name of the run: that of the folder of its log."""
        return os.fsencode(self.path.parent.name).decode(errors="backslashreplace")

    def write(self, event: RunEvent) -> None:
        """Appends one event."""
        try:
            data = event.SerializeToString()
        except EncodeError as error:  # larger than 2 GiB
            raise self._too_large() from error
        self.write_serialized(data)

    def write_serialized(self, data: bytes) -> None:
        """Appends one serialized event."""
        if len(data) > MAX_EVENT_BYTES:
            raise self._too_large()
        try:
            self._size += self._file.write(delimited(data))
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Writes the buffer to the file, checks that the file is still there, and closes it."""
        if self._file.closed:
            return
        try:
            with self._file:
                self._file.flush()
                self._check_file()
        except OSError as error:
            raise self._failed(error) from error

    def _check_file(self) -> None:
        """Raises an error if another process has removed, replaced or truncated the file."""
        own = os.fstat(self._file.fileno())
        try:
            there = self.path.stat()
        except FileNotFoundError:
            raise OutputError(f"the event log {self.path} was removed during the run") from None
        if not os.path.samestat(own, there):
            raise OutputError(f"the event log {self.path} was replaced during the run")
        if own.st_size != self._size:
            sizes = f"it has {own.st_size:,} bytes, and {self._size:,} were written"
            raise OutputError(f"the event log {self.path} was changed during the run: {sizes}")

    def __enter__(self) -> EventLogWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _too_large(self) -> OutputError:
        text = f"an event is larger than {MAX_EVENT_BYTES >> 20} MiB"
        return OutputError(f"the event log {self.path} cannot be written: {text}")

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"the event log {self.path} cannot be written: {error.strerror}")


def read_events(path: Path) -> Iterator[RunEvent]:
    """Yields the events of a log, which may be embedded in an HTML report.

    Raises:
        OutputError: The file cannot be read, is not an event log, contradicts itself, or was cut
            short.
    """
    return (event for _, event in read_events_with_offsets(path))


def read_events_with_offsets(path: Path) -> Iterator[tuple[int, RunEvent]]:
    """Yields the events of a log, each with its offset in the file.

    Raises:
        OutputError: As `read_events`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OutputError(f"the event log {path} cannot be read: it is not a regular file")
        with open_log_file(path) as file:
            yield from _read(file, file.seek(0, os.SEEK_END), path)
    except OSError as error:
        raise OutputError(f"the event log {path} cannot be read: {error.strerror}") from error


class EventFile:
    """A log that was read to its end. Reads single events again.

    Raises:
        OutputError: From every method: the file has changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = contextlib.ExitStack()
        try:
            self._file = self._opened.enter_context(open_log_file(path))
            self._size = self._file.seek(0, os.SEEK_END)
        except (OSError, OutputError) as error:
            raise self._changed() from error

    def read(self, offset: int) -> RunEvent:
        """Returns the event at an offset of `read_events_with_offsets`."""
        try:
            self._file.seek(offset)
            return RunEvent.FromString(next(read_delimited(self._file, self._size), b""))
        except (OSError, DelimitedError, DecodeError) as error:
            raise self._changed() from error

    def close(self) -> None:
        """Closes the file."""
        self._opened.close()

    def _changed(self) -> OutputError:
        return OutputError(f"the event log {self._path} has changed since it was opened")


def _read(file: BinaryIO, size: int, path: Path) -> Iterator[tuple[int, RunEvent]]:
    file.seek(0)
    rules = LogRules()
    last = None
    offset = 0
    for data in _messages(file, size, path):
        event = _parse_event(data, path)
        kind = event.WhichOneof("event")
        if kind is None or (last is None) != (kind == "header") or last == "footer":
            order = f"{kind or 'empty'} event after {last or 'the start'}"
            raise OutputError(f"{path} is not an event log: {order}")
        if problem := rules.check(event):
            raise OutputError(f"the event log {path} contradicts itself: {problem}")
        last = kind
        yield offset, event
        offset = file.tell()
    if last != "footer":
        raise OutputError(f"the event log {path} was cut short: it has no footer")


def _messages(file: BinaryIO, size: int, path: Path) -> Iterator[bytes]:
    try:
        yield from read_delimited(file, min(MAX_EVENT_BYTES, size))
    except DelimitedError as error:
        raise OutputError(f"{path} is not an event log, or {error}") from error


def _parse_event(data: bytes, path: Path) -> RunEvent:
    event = RunEvent()
    try:
        event.ParseFromString(data)
    except DecodeError as error:
        raise OutputError(f"{path} is not an event log: {error}") from error
    if event.HasField("header") and event.header.format_version != FORMAT_VERSION:
        version = event.header.format_version
        raise OutputError(f"{path} has format {version}; this TestingKit reads {FORMAT_VERSION}")
    return event

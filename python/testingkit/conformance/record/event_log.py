"""The event log of a run: length-delimited `RunEvent` messages with a header and a footer.

Every report is a replay of a log, the terminal's included. A log that does not end with its footer
was cut short, and reading it says so.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
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
KEPT_RUNS = 30
_RUN = re.compile(r"[0-9]{8}T[0-9]{6}Z-")  # how the names of runs begin
FILE_NAME = "events.binpb"
MAX_EVENT_BYTES = (1 << 31) - 1  # what one protobuf message takes: answers of many runners


class EventLogWriter:
    """Writes the events of one run to a file of its own.

    Raises:
        OutputError: From every method: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = path.open("xb")
        except OSError as error:
            raise self._failed(error) from error

    def write(self, event: RunEvent) -> None:
        """Appends one event."""
        try:
            data = event.SerializeToString()
        except EncodeError as error:  # beyond 2 GiB
            raise self._too_large() from error
        self.write_serialized(data)

    def write_serialized(self, data: bytes) -> None:
        """Appends one event that is serialized already."""
        if len(data) > MAX_EVENT_BYTES:
            raise self._too_large()
        try:
            self._file.write(delimited(data))
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Writes out what is buffered and closes the file."""
        try:
            self._file.close()
        except OSError as error:
            raise self._failed(error) from error

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
        text = f"an event of it is larger than {MAX_EVENT_BYTES >> 20} MiB"
        return OutputError(f"the event log {self.path} cannot be written: {text}")

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"the event log {self.path} cannot be written: {error.strerror}")


def read_events(path: Path) -> Iterator[RunEvent]:
    """Yields the events of a log, which may be one within an HTML report.

    Raises:
        OutputError: The file cannot be read, is no event log, contradicts itself, or was cut short.
    """
    return (event for _, event in read_events_with_places(path))


def read_events_with_places(path: Path) -> Iterator[tuple[int, RunEvent]]:
    """Yields the events of a log, each with the place in the file at which it begins.

    Raises:
        OutputError: As `read_events`.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OutputError(f"the event log {path} cannot be read: it is no file")
        with open_log_file(path) as file:
            yield from _read(file, file.seek(0, os.SEEK_END), path)
    except OSError as error:
        raise OutputError(f"the event log {path} cannot be read: {error.strerror}") from error


class EventFile:
    """A log that was read to its end, of which single events are read again.

    Raises:
        OutputError: From every method: the file is not what it was.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = contextlib.ExitStack()
        try:
            self._file = self._opened.enter_context(open_log_file(path))
            self._size = self._file.seek(0, os.SEEK_END)
        except (OSError, OutputError) as error:
            raise self._changed() from error

    def read(self, place: int) -> RunEvent:
        """Returns the event that begins at a place."""
        try:
            self._file.seek(place)
            return RunEvent.FromString(next(read_delimited(self._file, self._size), b""))
        except (OSError, DelimitedError, DecodeError) as error:
            raise self._changed() from error

    def close(self) -> None:
        """Closes the file."""
        self._opened.close()

    def _changed(self) -> OutputError:
        return OutputError(f"the event log {self._path} is not what it was when it was opened")


def _read(file: BinaryIO, size: int, path: Path) -> Iterator[tuple[int, RunEvent]]:
    file.seek(0)
    rules = LogRules()
    last = None
    place = 0
    for data in _messages(file, size, path):
        event = _parse_event(data, path)
        kind = event.WhichOneof("event")
        if kind is None or (last is None) != (kind == "header") or last == "footer":
            raise OutputError(f"{path} is no event log: {kind or 'no'} event after {last}")
        if wrong := rules.take(event):
            raise OutputError(f"the event log {path} contradicts itself: {wrong}")
        last = kind
        yield place, event
        place = file.tell()
    if last != "footer":
        raise OutputError(f"the event log {path} was cut short: it has no footer")


def _messages(file: BinaryIO, size: int, path: Path) -> Iterator[bytes]:
    try:
        yield from read_delimited(file, min(MAX_EVENT_BYTES, size))
    except DelimitedError as error:
        raise OutputError(f"{path} is no event log, or {error}") from error


def _parse_event(data: bytes, path: Path) -> RunEvent:
    event = RunEvent()
    try:
        event.ParseFromString(data)
    except DecodeError as error:
        raise OutputError(f"{path} is no event log: {error}") from error
    if event.HasField("header") and event.header.format_version != FORMAT_VERSION:
        found = event.header.format_version
        raise OutputError(f"{path} has format {found}; this TestingKit reads {FORMAT_VERSION}")
    return event


def new_run_folder(runs: Path, name: str) -> Path:
    """Makes the folder of a new run.

    Raises:
        OutputError: It cannot be made.
    """
    try:
        runs.mkdir(parents=True, exist_ok=True)
        folder = runs / name
        for attempt in range(1, 1000):
            try:
                folder.mkdir()
                break
            except FileExistsError:
                folder = runs / f"{name}-{attempt + 1}"
        else:
            raise FileExistsError(errno.EEXIST, f"{name} is there a thousand times")
    except OSError as error:
        raise OutputError(
            f"the run folder under {runs} cannot be made: {error.strerror}"
        ) from error
    return folder


def remove_old_runs(runs: Path) -> None:
    """Removes all but the newest runs; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        found = sorted(path for path in runs.iterdir() if _RUN.match(path.name))
        for folder in found[:-KEPT_RUNS]:
            shutil.rmtree(folder, ignore_errors=True)


def make_latest(folder: Path) -> None:
    """Points ``latest`` at the folder of a run, which has its log by now.

    Raises:
        OutputError: It cannot be changed.
    """
    latest = folder.parent / "latest"
    link = folder.parent / f".latest-{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        link.replace(latest)
    except OSError as error:
        raise OutputError(f"{latest} cannot point at the run: {error.strerror}") from error

"""The event log of a run: length-delimited `RunEvent` messages with a header and a footer.

Every report is a replay of a log, the terminal's included. A log that does not end with its footer
was cut short, and reading it says so.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from google.protobuf.message import DecodeError, EncodeError

from testingkit.conformance.errors import OutputError
from testingkit.conformance.log_rules import LogRules
from testingkit.conformance.v1.run_pb2 import RunEvent

FORMAT_VERSION = 1
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
        if len(data) > MAX_EVENT_BYTES:
            raise self._too_large()
        try:
            self._file.write(_varint(len(data)) + data)
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
    """Yields the events of a log.

    Raises:
        OutputError: The file cannot be read, is no event log, contradicts itself, or was cut short.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OutputError(f"the event log {path} cannot be read: it is no file")
        with path.open("rb") as file:
            yield from _read(file, found.st_size, path)
    except OSError as error:
        raise OutputError(f"the event log {path} cannot be read: {error.strerror}") from error


def _read(file: BinaryIO, size: int, path: Path) -> Iterator[RunEvent]:
    rules = LogRules()
    last = None
    while (length := _read_varint(file, path)) is not None:
        if length > MAX_EVENT_BYTES:
            raise OutputError(f"{path} is no event log, or is damaged at byte {file.tell()}")
        if length > size - file.tell():
            raise OutputError(f"{path} was cut short, or is damaged at byte {file.tell()}")
        event = _parse_event(file.read(length), path)
        kind = event.WhichOneof("event")
        if kind is None or (last is None) != (kind == "header") or last == "footer":
            raise OutputError(f"{path} is no event log: {kind or 'no'} event after {last}")
        if wrong := rules.take(event):
            raise OutputError(f"the event log {path} contradicts itself: {wrong}")
        last = kind
        yield event
    if last != "footer":
        raise OutputError(f"the event log {path} was cut short: it has no footer")


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


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _read_varint(file: BinaryIO, path: Path) -> int | None:
    """Reads a length; None at the end of the file."""
    number = shift = 0
    while byte := file.read(1):
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return number
        shift += 7
        if shift > 63:
            raise OutputError(f"{path} is no event log, or is damaged at byte {file.tell()}")
    if shift:
        raise OutputError(f"the event log {path} was cut short")
    return None

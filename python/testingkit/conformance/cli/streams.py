"""Standard output and standard error as the commands write to them."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class StreamError(OSError):
    """Standard output cannot be written, such as to a disk that is full."""


class _UntilGone(io.FileIO):
    """A stream whose reader may go away, or whose disk may be full.

    What is written after that goes nowhere, and the exit code stays the one of what was found:
    ``testingkit run --json | head`` is no other decision than ``testingkit run``. A reader that
    has gone is no error; every other is raised, once, where there is somebody left to be told.
    """

    def __init__(self, file: int, *, is_told: bool) -> None:
        super().__init__(file, "w", closefd=False)
        self._is_told = is_told

    def write(self, data: Buffer) -> int:
        try:
            return super().write(data)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if self._is_told and not isinstance(error, BrokenPipeError):
                raise StreamError(error.errno, error.strerror) from error
            return memoryview(data).nbytes


def prepare() -> None:
    """Makes both streams outlive their readers, and write whatever encoding somebody chose."""
    sys.stdout = _prepared(sys.stdout, is_told=True)
    sys.stderr = _prepared(sys.stderr, is_told=False)


def flush() -> None:
    """Writes out what standard output still holds.

    Raises:
        StreamError: It cannot be written.
    """
    sys.stdout.flush()


def finish() -> None:
    """Empties standard output once its problem was told, or is none beside another one."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()


def _prepared(stream: TextIO | None, *, is_told: bool) -> TextIO:
    if stream is None:  # It was closed before this process began.
        raw = _UntilGone(os.open(os.devnull, os.O_RDONLY), is_told=is_told)
        return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=True)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = _UntilGone(stream.fileno(), is_told=is_told)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )

"""Standard output and standard error that keep working when a reader goes away."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class StreamError(OSError):
    """Standard output cannot be written: the disk is full, for example."""


class _TolerantStream(io.FileIO):
    """A stream that discards further output after the first error.

    A reader that goes away is not an error, so the exit code stays that of the run:
    ``testingkit run --json | head`` decides as ``testingkit run`` does.
    """

    def __init__(self, file: int, *, raises: bool) -> None:
        """``raises``: whether other errors, such as a full disk, are raised, once."""
        super().__init__(file, "w", closefd=False)
        self._raises = raises

    def write(self, data: Buffer) -> int:
        try:
            return super().write(data)
        except OSError as error:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.fileno())
            os.close(null)
            if self._raises and not isinstance(error, BrokenPipeError):
                raise StreamError(error.errno, error.strerror) from error
            return memoryview(data).nbytes


def prepare() -> None:
    """Replaces both streams by ones that outlive their readers and can encode every text.

    Errors of standard error are not raised: there is no other stream to report them on.
    """
    sys.stdout = _prepare(sys.stdout, raises=True)
    sys.stderr = _prepare(sys.stderr, raises=False)


def flush() -> None:
    """Writes out what is left in the buffer of standard output.

    Raises:
        StreamError: It cannot be written.
    """
    sys.stdout.flush()


def finish() -> None:
    """Flushes standard output, and ignores errors: one has been reported already."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()


def _prepare(stream: TextIO | None, *, raises: bool) -> TextIO:
    if stream is None:  # It was closed before this process started.
        raw = _TolerantStream(os.open(os.devnull, os.O_RDONLY), raises=raises)
        return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=True)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = _TolerantStream(stream.fileno(), raises=raises)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )

"""Standard output and standard error as the commands write to them."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _UntilGone(io.FileIO):
    """A stream whose reader may go away, or whose disk may be full.

    What is written after that goes nowhere, and the exit code stays the one of what was found:
    ``testingkit run --json | head`` is no other decision than ``testingkit run``. A reader that
    has gone is no error; every other is raised, once.
    """

    def write(self, data: Buffer) -> int:
        try:
            return super().write(data)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if not isinstance(error, BrokenPipeError):
                raise
            return memoryview(data).nbytes


def prepare() -> None:
    """Makes both streams outlive their readers, and write whatever encoding somebody chose."""
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)


def _prepared(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = _UntilGone(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )

"""Captures the output of a runner: up to a limit in a file, and its end in memory.

The pipes belong to this module and not to asyncio, whose processes only end when their pipes do: a
process that the runner started, and that is still running, may hold them open.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from testingkit.conformance.runners.processes.crash_reason import (
    find_crash_reason,
    find_memory_reason,
)

MAX_FILE_BYTES = 8 << 20
TAIL_BYTES = 4096  # of standard error, to show
_KEPT_BYTES = 1 << 18  # of standard error, to search for the reason of a crash
_CHUNK_BYTES = 1 << 16
_LAST_CHUNKS = 32  # read at the end: more than a pipe holds


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class CapturedOutput:
    """Reads the standard output and error of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = bytearray()
        self._left = MAX_FILE_BYTES - _size_of(path)  # earlier processes wrote there too
        self._open: dict[int, bool] = {}  # descriptors, with whether they are standard error

    def start(self) -> Sequence[int]:
        """Starts to read; returns the ends of pipes for standard output and standard error.

        The caller closes them when the process has them.

        Raises:
            OSError: There are too many open files.
        """
        ends: list[int] = []
        with contextlib.ExitStack() as undo:
            for is_error in (False, True):
                reads, writes = os.pipe()
                ends.append(writes)
                self._open[reads] = is_error
                undo.callback(os.close, writes)
                undo.callback(self._close, reads)
                os.set_blocking(reads, False)
                asyncio.get_running_loop().add_reader(reads, self._read, reads)
            undo.pop_all()
        return ends

    def finish(self) -> bool:
        """Reads what the process wrote before it ended; returns whether both streams have ended.

        A stream that has not ended is open in another process, for which this does not wait.
        """
        for number in list(self._open):
            for _ in range(_LAST_CHUNKS):
                if not self._read(number):
                    break
        left = list(self._open)
        for number in left:
            self._close(number)
        return not left

    def note(self, text: str) -> None:
        """Adds a line of TestingKit's own to the file."""
        self._keep(f"\n[testingkit: {text}]\n".encode())

    @property
    def tail(self) -> str:
        """The last lines of standard error."""
        return self._kept[-TAIL_BYTES:].decode("utf-8", errors="replace").strip()

    def crash_reason(self, status: int) -> str:
        """Returns the reason that the process gave for this exit status; empty without one."""
        return find_crash_reason(self._kept, status)

    @property
    def memory_reason(self) -> str:
        """The line in which the process reports that it has no memory; empty without one."""
        return find_memory_reason(self._kept)

    def _read(self, number: int) -> bool:
        """Reads a chunk; returns whether there was one."""
        try:
            chunk = os.read(number, _CHUNK_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            chunk = b""
        if not chunk:
            self._close(number)
            return False
        if self._open[number]:
            self._kept += chunk
            del self._kept[:-_KEPT_BYTES]
        self._keep(chunk)
        return True

    def _close(self, number: int) -> None:
        del self._open[number]
        asyncio.get_running_loop().remove_reader(number)
        os.close(number)

    def _keep(self, chunk: bytes) -> None:
        if self._left <= 0:
            return
        kept = chunk[: self._left]
        self._left -= len(kept)
        if self._left <= 0:
            kept += b"\n[testingkit: the rest was left out]\n"
        # A run does not fail because of output that cannot be written: its end is in memory.
        with contextlib.suppress(OSError), self._path.open("ab") as file:
            file.write(kept)

"""Captures the output of a runner: up to a limit in a file, and its end in memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from testingkit.conformance.runners.processes.crash_reason import find_crash_reason

MAX_FILE_BYTES = 8 << 20
TAIL_BYTES = 4096  # of standard error, to show
_KEPT_BYTES = 1 << 18  # of standard error, to search for the reason of a crash
_CHUNK_BYTES = 1 << 16


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
        self._readers: Sequence[asyncio.Task[None]] = ()

    def start(self, out: asyncio.StreamReader, err: asyncio.StreamReader) -> None:
        """Starts to read both streams."""
        self._readers = [
            asyncio.create_task(self._read(out, is_error=False)),
            asyncio.create_task(self._read(err, is_error=True)),
        ]

    async def finish(self, seconds: float) -> None:
        """Waits until both streams end, but not longer: a grandchild may hold them open."""
        if self._readers:
            _, pending = await asyncio.wait(self._readers, timeout=seconds)
            for reader in pending:
                reader.cancel()

    @property
    def tail(self) -> str:
        """The last lines of standard error."""
        return self._kept[-TAIL_BYTES:].decode("utf-8", errors="replace").strip()

    def crash_reason(self, status: int) -> str:
        """Returns the reason that the process gave for this exit status; empty without one."""
        return find_crash_reason(self._kept, status)

    async def _read(self, stream: asyncio.StreamReader, *, is_error: bool) -> None:
        while chunk := await stream.read(_CHUNK_BYTES):
            if is_error:
                self._kept += chunk
                del self._kept[:-_KEPT_BYTES]
            self._keep(chunk)

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

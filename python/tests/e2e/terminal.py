"""A terminal in which the real command runs, and what its screen shows."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pyte

from tests.e2e.project import COMMAND, Project

_TIMEOUT = 60.0
_HISTORY = 10_000  # lines
# Makes it the controlling terminal, so that Ctrl+C interrupts, and executes the command.
_AT_THE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


class Terminal:
    """A terminal with a command in it."""

    def __init__(self, columns: int, rows: int) -> None:
        self._master, slave = pty.openpty()
        self._slave: int | None = slave
        self.screen = pyte.HistoryScreen(columns, rows, history=_HISTORY)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.resize(columns, rows)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, project: Project, *arguments: str, **variables: str) -> None:
        """Starts the command; an empty variable is removed from its environment."""
        project.write_config()
        environment = {**project.environment(), "TERM": "xterm-256color", **variables}
        left_out = {"COLUMNS", "LINES", *(name for name, text in variables.items() if not text)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AT_THE_TERMINAL, COMMAND, *arguments],
            cwd=project.folder,
            env={name: text for name, text in environment.items() if name not in left_out},
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
        )
        assert self._slave is not None
        os.close(self._slave)
        self._slave = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The command."""
        assert self._process is not None
        return self._process

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the terminal."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def type(self, data: bytes) -> None:
        """Types bytes at the terminal."""
        os.write(self._master, data)

    def wait_until(self, condition: Callable[[Sequence[str]], bool]) -> Sequence[str]:
        """Waits until the lines of the screen meet a condition, and returns them."""
        deadline = time.monotonic() + _TIMEOUT
        while not condition(self.lines):
            assert time.monotonic() < deadline, self.lines
            assert self._read(), self.lines
        return self.lines

    def end(self) -> int:
        """Waits until the command ends, and returns its exit code."""
        deadline = time.monotonic() + _TIMEOUT
        while self._read():
            assert time.monotonic() < deadline, self.lines
        return self.process.wait(_TIMEOUT)

    @property
    def lines(self) -> Sequence[str]:
        """The lines of the screen and of its history above, without blank ones."""
        columns = range(self.screen.columns)
        above = ["".join(line[x].data for x in columns) for line in self.screen.history.top]
        lines = [line.rstrip() for line in [*above, *self.screen.display]]
        return [line for line in lines if line]

    @property
    def text(self) -> str:
        """Everything that was written to the terminal."""
        return self.raw.decode()

    def close(self) -> None:
        """Kills a command that still runs, and closes the terminal."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._master)
        if self._slave is not None:
            os.close(self._slave)

    def _read(self) -> bool:
        """Reads output, waiting briefly for it. Returns whether more may come."""
        if not select.select([self._master], [], [], 0.05)[0]:
            return True
        data = b""
        with contextlib.suppress(OSError):  # no process has it open any more
            data = os.read(self._master, 1 << 16)
        self.raw += data
        self._stream.feed(data)
        return bool(data)


@contextmanager
def terminal(
    project: Project, *arguments: str, columns: int = 100, rows: int = 24, **variables: str
) -> Iterator[Terminal]:
    """Runs the command in a terminal."""
    shown = Terminal(columns, rows)
    try:
        shown.start(project, *arguments, **variables)
        yield shown
    finally:
        shown.close()

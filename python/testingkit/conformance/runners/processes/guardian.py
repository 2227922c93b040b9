"""Kills runners if the coordinator dies.

The guardian is a small second process, which runs `guardian_program.py`. It reads from a pipe whose
write end only the coordinator has. When the coordinator dies, even by SIGKILL, the pipe closes: the
guardian kills the process groups that it watches, and what has left them, and removes the folder of
sockets.
"""

from __future__ import annotations

import contextlib
import itertools
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

NAME_BYTES = 24  # of the name of a socket
_PROGRAM = Path(__file__).with_name("guardian_program.py")
_STOP_TIMEOUT = 5.0  # seconds for the guardian to end


class Guardian:
    """Starts the guardian, and the private folder that both remove in the end."""

    def __init__(self, folder: Path) -> None:
        """Takes over a folder that `make_socket_folder` made."""
        self.folder = folder
        self._mark = secrets.token_hex(8)
        self._numbers = itertools.count(1)
        self._ports: set[int] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_PROGRAM), str(folder), f"{self._mark}."],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def new_socket(self, name: str) -> Path:
        """Returns a path for the socket of a runner, each time another one."""
        return self.folder / f"{next(self._numbers)}.{name}"[:NAME_BYTES]

    def new_mark(self) -> str:
        """Returns a mark for the environment of a process, each time another one."""
        return f"{self._mark}.{next(self._numbers)}."

    def watch(self, group: int) -> None:
        """Makes the guardian kill a process group if the coordinator dies."""
        self._send(f"+{group}\n")

    def free_port(self) -> int:
        """Returns a free port of loopback, each time another one.

        Otherwise two servers that start at the same time could get one port, and answer each
        other's calls: gRPC sets SO_REUSEPORT.
        """
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port: int = probe.getsockname()[1]
            if port not in self._ports:
                self._ports.add(port)
                return port

    def forget(self, group: int) -> None:
        """Ends the watch of a group that has ended: its number may be reused."""
        self._send(f"-{group}\n")

    def close(self) -> None:
        """Ends the guardian and removes the folder."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _send(self, line: str) -> None:
        if self._process.stdin is not None:
            # If the guardian was killed by hand, the run goes on without it.
            with contextlib.suppress(OSError):
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()

"""Kills runners if the coordinator dies.

The guardian is a small second process. It reads from a pipe whose write end only the coordinator
has. When the coordinator dies, even by SIGKILL, the pipe closes: the guardian kills the process
groups that it watches, and what has left them, and removes the folder of sockets. This file has
both the class for the coordinator and the program of the guardian, which imports only the standard
library.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

NAME_BYTES = 24  # of the name of a socket
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
            [sys.executable, "-I", "-S", __file__, str(folder), f"{self._mark}."],
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


def main(folder: str, mark: str) -> None:
    """Runs the guardian until its standard input closes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    sys.path.insert(0, str(Path(__file__).parent))  # `-I` leaves it out
    importlib.import_module("marks").kill_marked(mark)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

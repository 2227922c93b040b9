"""Starts commands by forking a process that has imported all of them.

An ordinary start of `testingkit` spends most of its time on imports, and the end-to-end tests start
it two thousand times. What is forked is a process like any other: it has its own standard streams,
folder, environment, signals and exit. It differs in that it was not executed: what Python reads as
it starts is that of the server. Tests with the mark ``smoke`` start the real command.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

_NUMBER = struct.Struct("=i")
_PIECE = 1 << 15  # bytes; a message has a limit of size, and an environment may be larger
_PYTHON_ROOT = str(Path(__file__).parents[2])


class Command:
    """A forked command, with the part of ``Popen[str]`` that tests use."""

    def __init__(self, pid: int, status: socket.socket, out: int, err: int) -> None:
        self.pid = pid
        self.returncode: Any = None  # as the stubs of Popen have it
        self.stdout: IO[str] = os.fdopen(out, encoding="utf-8")
        self.stderr: IO[str] = os.fdopen(err, encoding="utf-8")
        self._status = status

    def __enter__(self) -> Command:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.stderr.close()
        self.wait()

    def poll(self) -> Any:
        """Returns the exit code of a command that has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> Any:
        """Waits until the command has ended, and returns its exit code.

        Raises:
            subprocess.TimeoutExpired: It has not ended in time.
        """
        if self.returncode is None:
            self._status.settimeout(None)
            ready, _, _ = select.select([self._status], [], [], timeout)
            if not ready:
                raise subprocess.TimeoutExpired("testingkit", timeout or 0)
            (status,) = _NUMBER.unpack(self._status.recv(_NUMBER.size))
            self._status.close()
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Reads both streams to their ends, and waits for that of the command.

        Raises:
            subprocess.TimeoutExpired: It has not ended in time.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        texts = {self.stdout: bytearray(), self.stderr: bytearray()}
        with self.stdout, self.stderr, selectors.DefaultSelector() as selector:
            for one in texts:
                selector.register(one, selectors.EVENT_READ)
            while selector.get_map():
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left < 0:
                    raise subprocess.TimeoutExpired("testingkit", timeout or 0)
                for key, _ in selector.select(left):
                    chunk = os.read(key.fd, 1 << 16)
                    stream: Any = key.fileobj
                    texts[stream] += chunk
                    if not chunk:
                        selector.unregister(stream)
        self.wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
        out, err = (
            text.decode().replace("\r\n", "\n").replace("\r", "\n") for text in texts.values()
        )
        return out, err

    def send_signal(self, number: int) -> None:
        """Sends a signal to a command that has not ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kills the command."""
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """Starts and controls the process that commands are forked from."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def start(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: int
    ) -> Command:
        """Starts a command in a folder."""
        status, theirs = socket.socketpair()
        out, their_out = os.pipe()
        err, their_err = os.pipe()
        their_in = (
            os.open(os.devnull, os.O_RDONLY) if stdin == subprocess.DEVNULL else os.dup(stdin)
        )
        asked = json.dumps([list(arguments), str(folder), dict(environment)]).encode()
        fds = [their_in, their_out, their_err, theirs.detach()]
        self._control.send(_NUMBER.pack(len(asked)))
        socket.send_fds(self._control, [b"x"], fds)
        for start in range(0, len(asked), _PIECE):
            self._control.send(asked[start : start + _PIECE])
        for number in fds:
            os.close(number)
        (pid,) = _NUMBER.unpack(status.recv(_NUMBER.size))
        return Command(pid, status, out, err)

    def close(self) -> None:
        """Ends the server."""
        self._control.close()
        self._process.wait()


class _Server:
    """Forks commands on request, until the control socket is closed."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._statuses: dict[int, socket.socket] = {}  # by process; how it ended is sent there
        self._wake, self._waking = os.pipe()
        os.set_blocking(self._waking, False)

    def serve(self) -> None:
        """Imports everything, and forks."""
        entry = _import_all()
        if threading.active_count() > 1:
            raise RuntimeError("a process with threads cannot be forked")
        gc.collect()
        gc.freeze()
        signal.set_wakeup_fd(self._waking)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            sources: list[Any] = [self._control, self._wake]
            ready, _, _ = select.select(sources, [], [])
            if self._wake in ready:
                os.read(self._wake, 1 << 10)
                self._reap()
            if self._control in ready:
                size = self._control.recv(_NUMBER.size)
                if not size:
                    return
                self._fork(entry, *self._receive(*_NUMBER.unpack(size)))

    def _receive(self, size: int) -> tuple[Sequence[int], Any]:
        _, fds, _, _ = socket.recv_fds(self._control, 1, 4)
        asked = b""
        while len(asked) < size:
            asked += self._control.recv(_PIECE)
        return fds, json.loads(asked)

    def _fork(self, entry: Any, fds: Sequence[int], asked: Any) -> None:
        pid = os.fork()
        if not pid:
            self._close()
            _become(entry, fds, *asked)
        for number in fds[:3]:
            os.close(number)
        self._statuses[pid] = socket.socket(fileno=fds[3])
        self._statuses[pid].send(_NUMBER.pack(pid))

    def _close(self) -> None:
        """Closes in a fork what belongs to the server."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(self._wake)
        os.close(self._waking)
        self._control.close()
        for status in self._statuses.values():
            status.close()

    def _reap(self) -> None:
        """Sends the exit status of every fork that has ended."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                with contextlib.suppress(OSError), self._statuses.pop(pid) as requester:
                    requester.send(_NUMBER.pack(status))


def _import_all() -> Any:
    """Imports all that commands import later. Returns their entry point."""
    cli = importlib.import_module("testingkit.conformance.cli")
    package = importlib.import_module("testingkit.conformance")
    for module in pkgutil.walk_packages(package.__path__, "testingkit.conformance."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return cli.main


def _become(entry: Any, fds: Sequence[int], words: list[str], folder: str, env: Any) -> NoReturn:
    """Turns a fork into the command."""
    for number, fd in enumerate(fds[:3]):
        os.dup2(fd, number)
    for fd in fds:
        os.close(fd)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["testingkit", *words]
    entry()
    sys.exit()


if __name__ == "__main__":
    sys.path[0] = _PYTHON_ROOT
    _Server(socket.socket(fileno=int(sys.argv[1]))).serve()

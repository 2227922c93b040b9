"""Runners with the SDK whose implementation has a fault: ``faulty.py FAULT [FILE]``.

Most faults occur when ``trigger`` is greeted; other calls are answered correctly. A runner that
gets a file locks it until its process ends, and writes into it when it starts to hang.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Never

from greet.v1 import greet_pb2, greet_pb2_grpc  # type: ignore[import-not-found]  # made by a fixture

from testingkit.runner import Runner
from tests.e2e.runners.greeter import Greeter, serve

_LOCKS: list[int] = []


def hold(path: str) -> int:
    """Locks a file until the process ends, however it ends."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(number, fcntl.LOCK_EX)
    _LOCKS.append(number)
    return number


class Faulty(Greeter):
    """Greets correctly, except ``trigger``."""

    def __init__(self, fault: Callable[[], Any]) -> None:
        self._fault = fault

    def Greet(self, request: Any, context: Any) -> Any:
        return self._fault() if request.name == "trigger" else super().Greet(request, context)


def _answer_wrong() -> Any:
    return greet_pb2.GreetResponse(text="Hello, Trigger", length=14)


def _answer_oversized() -> Any:
    return greet_pb2.GreetResponse(text="x" * (64 << 20))


def _panic() -> Never:
    raise ValueError("the trigger was pulled")


def _die() -> Never:
    sys.stderr.write("no way out\n")
    sys.stderr.flush()
    os._exit(3)


def _abort() -> Never:
    os.abort()


def _die_once() -> Any:
    """Dies in the first process; the next one answers the same call."""
    marker = Path("died_once")
    if not marker.exists():
        marker.touch()
        _die()
    return greet_pb2.GreetResponse(text="Hello, trigger", length=14)


def _be_chatty() -> Any:
    for file in (sys.stdout, sys.stderr):
        file.write("so much to say\n" * 100_000)
    return greet_pb2.GreetResponse(text="Hello, trigger", length=14)


def _hang() -> Never:
    for number in _LOCKS:
        os.write(number, b"hangs\n")
    while True:
        threading.Event().wait(60)


def _never_start() -> Never:
    while True:
        threading.Event().wait(60)


def _die_when_file_exists() -> Never:
    while not Path("die").exists():
        time.sleep(0.02)
    raise SystemExit(9)


def _die_at_start() -> Never:
    sys.stderr.write("the library is not installed\n")
    raise SystemExit(9)


def _listen() -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(os.environ["TESTINGKIT_RUNNER_ADDRESS"].removeprefix("unix:"))
    server.listen()
    return server


def _only_listen() -> Never:
    with _listen():
        _never_start()


def _speak_garbage() -> Never:
    """Sends bytes that are not HTTP/2 to every client."""
    clients = []
    with _listen() as server:
        while True:
            clients.append(server.accept()[0])
            with contextlib.suppress(OSError):
                clients[-1].sendall(b"\xff" * 100)


def _die_on_connect() -> Never:
    """Accepts a connection, and exits before it sends anything."""
    with _listen() as server:
        server.accept()[0].close()
        _die()


def _claim_nothing() -> None:
    Runner("greeter").serve()


class _WithoutDivide(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # made by a fixture
    """Declares Divide, which its generated base class has, and does not implement it."""

    Greet = Greeter.Greet


class _DiesOnNextCall(Greeter):
    """Answers the trigger, and dies of the next call."""

    _was_triggered = False

    def Greet(self, request: Any, context: Any) -> Any:
        if request.name == "trigger":
            self._was_triggered = True
        elif self._was_triggered:
            _die()
        return super().Greet(request, context)

    def Divide(self, request: Any, context: Any) -> Any:
        return _die() if self._was_triggered else super().Divide(request, context)


FAULTS: Mapping[str, Callable[[], Any]] = {
    "answers_wrong": lambda: serve(Faulty(_answer_wrong)),
    "answers_oversized": lambda: serve(Faulty(_answer_oversized)),
    "panics": lambda: serve(Faulty(_panic)),
    "dies_midway": lambda: serve(Faulty(_die)),
    "aborts_midway": lambda: serve(Faulty(_abort)),
    "dies_once": lambda: serve(Faulty(_die_once)),
    "is_chatty": lambda: serve(Faulty(_be_chatty)),
    "never_answers": lambda: serve(Faulty(_hang)),
    "dies_on_next_call": lambda: serve(_DiesOnNextCall()),
    "claims_nothing": _claim_nothing,
    "claims_unimplemented": lambda: serve(_WithoutDivide()),
    "never_starts": _never_start,
    "only_listens": _only_listen,
    "speaks_garbage": _speak_garbage,
    "dies_on_connect": _die_on_connect,
    "dies_at_start": _die_at_start,
    "dies_when_file_exists": _die_when_file_exists,
}

if __name__ == "__main__":
    if sys.argv[2:]:
        Path(sys.argv[2]).touch()
        hold(sys.argv[2])
    FAULTS[sys.argv[1]]()

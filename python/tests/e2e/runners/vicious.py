"""Runners with the SDK whose implementation has a vice: ``vicious.py VICE [FILE]``.

Most vices show when ``trigger`` is greeted and are the honest greeter otherwise. A runner that is
given a file holds a lock on it as long as it lives, and writes into it when it starts to hang.
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

_LIFE: list[int] = []


def hold(path: str) -> int:
    """Locks a file until the process ends, however it ends."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(number, fcntl.LOCK_EX)
    _LIFE.append(number)
    return number


class Vicious(Greeter):
    """Does something else for ``trigger``."""

    def __init__(self, vice: Callable[[], Any]) -> None:
        self._vice = vice

    def Greet(self, request: Any, context: Any) -> Any:
        return self._vice() if request.name == "trigger" else super().Greet(request, context)


def _answer_wrong() -> Any:
    return greet_pb2.GreetResponse(text="Hello, Trigger", length=14)


def _panic() -> Never:
    raise ValueError("the trigger was pulled")


def _die() -> Never:
    sys.stderr.write("no way out\n")
    sys.stderr.flush()
    os._exit(3)


def _abort() -> Never:
    os.abort()


def _die_once() -> Any:
    """Dies of what it was, not of what it was asked: the next process answers."""
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
    for number in _LIFE:
        os.write(number, b"hangs\n")
    while True:
        threading.Event().wait(60)


def _never_start() -> Never:
    while True:
        threading.Event().wait(60)


def _die_when_told() -> Never:
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
    """Bytes that are no HTTP/2, to everybody who comes."""
    clients = []
    with _listen() as server:
        while True:
            clients.append(server.accept()[0])
            with contextlib.suppress(OSError):
                clients[-1].sendall(b"\xff" * 100)


def _die_when_asked() -> Never:
    """Takes a connection, and ends before it says anything."""
    with _listen() as server:
        server.accept()[0].close()
        _die()


def _claim_nothing() -> None:
    Runner("greeter").serve()


class _Half(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # made by a fixture
    """Declares Divide, because the generated base class has it, and does not do it."""

    Greet = Greeter.Greet


class _Haunted(Greeter):
    """Survives the trigger, and dies of whatever comes next."""

    _is_haunted = False

    def Greet(self, request: Any, context: Any) -> Any:
        if request.name == "trigger":
            self._is_haunted = True
        elif self._is_haunted:
            _die()
        return super().Greet(request, context)

    def Divide(self, request: Any, context: Any) -> Any:
        return _die() if self._is_haunted else super().Divide(request, context)


VICES: Mapping[str, Callable[[], Any]] = {
    "answers_wrong": lambda: serve(Vicious(_answer_wrong)),
    "panics": lambda: serve(Vicious(_panic)),
    "dies_midway": lambda: serve(Vicious(_die)),
    "aborts_midway": lambda: serve(Vicious(_abort)),
    "dies_once": lambda: serve(Vicious(_die_once)),
    "is_chatty": lambda: serve(Vicious(_be_chatty)),
    "never_answers": lambda: serve(Vicious(_hang)),
    "dies_of_the_next": lambda: serve(_Haunted()),
    "claims_nothing": _claim_nothing,
    "claims_what_it_lacks": lambda: serve(_Half()),
    "never_starts": _never_start,
    "only_listens": _only_listen,
    "speaks_garbage": _speak_garbage,
    "dies_when_asked": _die_when_asked,
    "dies_at_start": _die_at_start,
    "dies_when_told": _die_when_told,
}

if __name__ == "__main__":
    if sys.argv[2:]:
        Path(sys.argv[2]).touch()
        hold(sys.argv[2])
    VICES[sys.argv[1]]()

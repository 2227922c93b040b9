"""A runner that greets as the name of whom it greets says: ``contrary.py [reformed]``.

``shout`` is answered loudly, ``deny`` with an error, ``panic``, ``die`` and ``hang`` with nothing,
``exceed`` with more than the proto knows, and ``waver`` every second time otherwise. One that is
``reformed`` greets everybody alike.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, Never

import grpc
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from tests.e2e.runners.greeter import Greeter, serve

_TURNS: list[str] = []


def _shout(name: str, context: Any) -> Any:
    text = f"HELLO, {name.upper()}"
    return greet_pb2.GreetResponse(text=text, length=len(text))


def _deny(name: str, context: Any) -> Never:
    context.abort(grpc.StatusCode.NOT_FOUND, f"{name} is out")
    raise AssertionError("abort raises")


def _panic(name: str, context: Any) -> Never:
    raise ValueError("the trigger was pulled")


def _die(name: str, context: Any) -> Never:
    os._exit(3)


def _hang(name: str, context: Any) -> Never:
    while True:
        threading.Event().wait(60)


def _waver(name: str, context: Any) -> Any:
    _TURNS.append(name)
    return _shout("now and then", context) if len(_TURNS) % 2 == 0 else None


def _exceed(name: str, context: Any) -> Any:
    """Answers with a field of number 127, as one of a later version of the proto might have."""
    return greet_pb2.GreetResponse.FromString(b"\xf8\x07\x01")


_WAYS: Mapping[str, Callable[[str, Any], Any]] = {
    "shout": _shout,
    "deny": _deny,
    "panic": _panic,
    "die": _die,
    "hang": _hang,
    "waver": _waver,
    "exceed": _exceed,
}


class Contrary(Greeter):
    """Does what the first word of a name says."""

    def Greet(self, request: Any, context: Any) -> Any:
        way = _WAYS.get(request.name.partition(" ")[0])
        answer = way(request.name, context) if way is not None else None
        return super().Greet(request, context) if answer is None else answer


if __name__ == "__main__":
    serve(Greeter() if sys.argv[1:] == ["reformed"] else Contrary())

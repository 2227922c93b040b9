"""A runner that does what the first word of a name says: ``scripted.py [fixed]``.

``shout`` is answered in upper case, ``deny`` with an error, ``exceed`` with an unknown field, and
``alternate`` with another answer every second time; ``panic``, ``die`` and ``hang`` have no answer.
A runner that is ``fixed`` greets all names correctly.
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


def _alternate(name: str, context: Any) -> Any:
    _TURNS.append(name)
    return _shout("now and then", context) if len(_TURNS) % 2 == 0 else None


def _exceed(name: str, context: Any) -> Any:
    """Answers with a field of number 127, as one of a later version of the proto might have."""
    return greet_pb2.GreetResponse.FromString(b"\xf8\x07\x01")


_BEHAVIOURS: Mapping[str, Callable[[str, Any], Any]] = {
    "shout": _shout,
    "deny": _deny,
    "panic": _panic,
    "die": _die,
    "hang": _hang,
    "alternate": _alternate,
    "exceed": _exceed,
}


class Scripted(Greeter):
    """Does what the first word of a name says."""

    def Greet(self, request: Any, context: Any) -> Any:
        behaviour = _BEHAVIOURS.get(request.name.partition(" ")[0])
        answer = behaviour(request.name, context) if behaviour is not None else None
        return super().Greet(request, context) if answer is None else answer


if __name__ == "__main__":
    serve(Greeter() if sys.argv[1:] == ["fixed"] else Scripted())

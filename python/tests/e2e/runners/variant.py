"""A runner whose answers differ by a letter: ``variant.py LETTER``.

The first word of a name says what differs. Every other name is greeted correctly by all variants.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, Never

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from tests.e2e.runners.greeter import Greeter, serve

_LETTER = sys.argv[1] if len(sys.argv) > 1 else "a"
_NUMBER = ord(_LETTER) - ord("a")
_CODES = (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.ABORTED, grpc.StatusCode.INTERNAL)
_TURNS: list[str] = []


def _text(name: str, context: Any) -> Any:
    text = f"{_LETTER} {name}"
    return greet_pb2.GreetResponse(text=text, length=len(text))


def _group(name: str, context: Any) -> Any:
    """Answers as the variants in the second word, or else as no other one."""
    return greet_pb2.GreetResponse(text="one" if _LETTER in name.split()[1] else _LETTER)


def _code(name: str, context: Any) -> Never:
    context.abort(_CODES[_NUMBER % len(_CODES)], f"failed as {_LETTER}")
    raise AssertionError("abort raises")


def _retry(name: str, context: Any) -> Never:
    info = error_details_pb2.RetryInfo(retry_delay=Duration(seconds=1 + 98 * _NUMBER))
    status = status_pb2.Status(code=grpc.StatusCode.UNAVAILABLE.value[0])
    status.details.add().Pack(info)
    _abort(context, status.SerializeToString())


def _garbage(name: str, context: Any) -> Never:
    _abort(context, b"\xff" + _LETTER.encode())


def _abort(context: Any, details: bytes) -> Never:
    context.set_trailing_metadata((("grpc-status-details-bin", details),))
    context.abort(grpc.StatusCode.UNAVAILABLE, "try again")
    raise AssertionError("abort raises")


def _panic(name: str, context: Any) -> Never:
    raise ValueError(f"no such name as {name}")


def _stumble(name: str, context: Any) -> Never:
    raise ValueError(f"no such name as {name}")


def _respond(name: str, context: Any) -> Any:
    """Answers, fails or raises, by the letter."""
    return (_text, _code, _panic)[_NUMBER % 3](name, context)


def _turn(name: str, context: Any) -> Any:
    """Gives another answer every time."""
    _TURNS.append(name)
    return greet_pb2.GreetResponse(text=f"turn {len(_TURNS)}", length=len(_TURNS))


_BEHAVIOURS: Mapping[str, Callable[[str, Any], Any]] = {
    "text": _text,
    "group": _group,
    "code": _code,
    "retry": _retry,
    "garbage": _garbage,
    "panic": _panic,
    "stumble": _stumble,
    "respond": _respond,
    "turn": _turn,
}


class Variant(Greeter):
    """Differs by its letter."""

    def Greet(self, request: Any, context: Any) -> Any:
        behaviour = _BEHAVIOURS.get(request.name.partition(" ")[0])
        return (behaviour or _greet)(request.name, context)


def _greet(name: str, context: Any) -> Any:
    return Greeter().Greet(greet_pb2.GreetRequest(name=name), context)


if __name__ == "__main__":
    serve(Variant())

"""The calls of the benchmark: requests and right answers, also serialized."""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import message_factory

from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.v1 import runner_pb2

ROOT = Path(__file__).resolve().parents[2]
PROTOS = ROOT / "bench/proto"
SERVICE = "acme.bench.v1.BenchService"
METHOD = f"{SERVICE}/Work"
SMALL_PAYLOAD = 20  # makes a request of about 40 bytes
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LENGTH = struct.Struct(">I")
_TIMEOUT_MILLIS = 10_000  # the default of the harness


@dataclass(frozen=True, slots=True)
class Work:
    """One call of the subject."""

    number: int
    payload: str
    spin_nanos: int = 0

    @property
    def name(self) -> str:
        """The name of the case, which is also in the request."""
        return f"case_{self.number:07}"

    @property
    def sum(self) -> int:
        """The sum of the payload's bytes, which the subject returns."""
        return sum(self.payload.encode())


def small(count: int, spin_nanos: int = 0) -> Iterator[Work]:
    """Yields calls with requests of about 40 bytes."""
    for number in range(1, count + 1):
        yield Work(number, _payload(number, SMALL_PAYLOAD), spin_nanos)


def medium(count: int) -> Iterator[Work]:
    """Yields calls with requests of 50 to 500 bytes."""
    for number in range(1, count + 1):
        yield Work(number, _payload(number, 32 + number * 37 % 449))


def request(work: Work) -> bytes:
    """Returns the serialized request."""
    message = _message_class("WorkRequest")(
        name=work.name,
        number=work.number,
        payload=work.payload.encode(),
        spin_nanos=work.spin_nanos,
    )
    data: bytes = message.SerializeToString()
    return data


def response(work: Work) -> bytes:
    """Returns the serialized right answer."""
    message = _message_class("WorkResponse")(
        name=f"{work.name}!", number=work.number + 1, sum=work.sum
    )
    data: bytes = message.SerializeToString()
    return data


def framed(message: bytes) -> bytes:
    """Returns a message after its length, as the baselines read it."""
    return _LENGTH.pack(len(message)) + message


def call(work: Work) -> runner_pb2.Call:
    """Returns the call as the harness sends it."""
    return runner_pb2.Call(
        id=work.number, method=METHOD, request=request(work), timeout_millis=_TIMEOUT_MILLIS
    )


def batches(works: Sequence[Work], size: int) -> Sequence[bytes]:
    """Returns serialized `ExecuteRequest` messages, as the harness sends them."""
    return [
        runner_pb2.ExecuteRequest(
            calls=[call(work) for work in works[start : start + size]]
        ).SerializeToString()
        for start in range(0, len(works), size)
    ]


def _payload(number: int, size: int) -> str:
    start = number % len(_LETTERS)
    return (_LETTERS * (size // len(_LETTERS) + 2))[start : start + size]


@functools.cache
def schema() -> Schema:
    """Returns the types of the subject."""
    return Schema(compile_protos([PROTOS], ROOT / ".build/bench"))


@functools.cache
def _message_class(name: str) -> Any:
    descriptor = schema().pool.FindMessageTypeByName(f"acme.bench.v1.{name}")
    return message_factory.GetMessageClass(descriptor)

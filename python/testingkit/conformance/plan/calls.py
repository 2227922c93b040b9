"""The parts of a plan: calls, their order, shards."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from testingkit.conformance.cases.model import Case, CaseRecord
from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint, varint_tag
from testingkit.conformance.v1.runner_pb2 import ExecuteRequest

MAX_REPETITIONS = 10_000
MAX_SHARDS = 256  # the most jobs that a CI system starts from one matrix
SEED = re.compile(r"[0-9a-f]{1,16}")  # of a run, and of a shuffled order

_CALLS = delimited_tag(1)  # of an `ExecuteRequest`
_CALL_ID = varint_tag(1)
_CALL_MILLIS = varint_tag(4)


class Call(NamedTuple):
    """One call of the plan, the same for every runner.

    Attributes:
        id: From 1, in the order in which the calls are sent.
        first: Id of the case's first call; equal to ``id`` if the case is called once.
        case_id: Permanent id of the case.
        method: ``package.Service/Method``.
        timeout: Seconds.
        framed: The serialized `Call` as an entry of ``ExecuteRequest.calls``.
        planned: The serialized `PlannedCase`, without the id of the call.
        expected: The bytes of a response that passes without being parsed; None if there is none.
        restore: Reads the case in full.
    """

    id: int
    first: int
    case_id: str
    method: str
    timeout: float
    framed: bytes
    planned: bytes
    expected: bytes | None
    restore: Callable[[], Case]

    @classmethod
    def of(
        cls, number: int, first: int, suite: str, record: CaseRecord, call_timeout: float
    ) -> Call:
        """Returns a call of a case; ``call_timeout`` is the deadline of cases that state none."""
        timeout = record.timeout or call_timeout
        return cls(
            number,
            first,
            f"{suite}/{record.name}",
            record.method,
            timeout,
            _framed(number, record.call, timeout),
            record.planned,
            record.expected,
            record.restore,
        )

    @property
    def case(self) -> Case:
        """The case in full; it is read each time."""
        return self.restore()

    @property
    def request(self) -> bytes:
        """The serialized request."""
        return ExecuteRequest.FromString(self.framed).calls[0].request


@dataclass(frozen=True, slots=True)
class Order:
    """How often every case is called, and in which order."""

    repetitions: int = 1
    shuffle: str = ""  # seed; empty is the order of the files


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of a plan: every ``count``-th case, from the ``index``-th on."""

    index: int  # from 1
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"


def _framed(number: int, call: bytes, timeout: float) -> bytes:
    return _CALLS + delimited(_CALL_ID + varint(number) + call + _deadline(timeout))


@functools.lru_cache(maxsize=256)
def _deadline(timeout: float) -> bytes:
    return _CALL_MILLIS + varint(max(1, round(timeout * 1000)))

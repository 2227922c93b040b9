"""The classes of a plan: a call, the order of calls, a shard."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case, CaseRecord
from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint, varint_tag
from testingkit.conformance.v1.runner_pb2 import ExecuteRequest

MAX_REPETITIONS = 10_000
MAX_SHARDS = 256  # the most jobs that a CI system starts from one matrix
SEED = re.compile(r"[0-9a-f]{1,16}")  # of a run, and of a shuffled order

_CALLS = delimited_tag(1)  # of an `ExecuteRequest`
_CALL_ID = varint_tag(1)
_CALL_MILLIS = varint_tag(4)


class Call:
    """One call of the plan, the same for every runner.

    Attributes:
        id: From 1, in the order in which the calls are sent.
        first: Id of the case's first call; its own where the case is called once.
        case_id: Permanent id of the case.
        method: ``package.Service/Method``.
        timeout: Seconds.
        framed: The serialized `Call` as an entry of ``ExecuteRequest.calls``.
        planned: The serialized `PlannedCase`, but for the id; empty once it was written.
        expected: The bytes of the one response that passes by being equal, if any.
    """

    __slots__ = (
        *("_case", "_restore", "case_id", "expected", "first", "framed", "id", "method", "planned"),
        "timeout",
    )

    def __init__(
        self, number: int, first: int, suite: str, record: CaseRecord, call_timeout: float
    ) -> None:
        """``call_timeout`` is the deadline in seconds of a case that states none."""
        self.id = number
        self.first = first
        self.case_id = f"{suite}/{record.name}"
        self.method = record.method
        self.timeout = record.timeout or call_timeout
        self.framed = _framed(number, record.call, self.timeout)
        self.planned = record.planned
        self.expected = record.expected
        self._restore = record.restore
        self._case: Case | None = None

    @property
    def case(self) -> Case:
        """The case in full, which is read when it is looked at."""
        if self._case is None:
            self._case = self._restore()
        return self._case

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
    """One part of a plan that several machines share: every so many-th of its cases."""

    index: int  # from 1
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"


def _framed(number: int, call: bytes, timeout: float) -> bytes:
    return _CALLS + delimited(_CALL_ID + varint(number) + call + _deadline(timeout))


@functools.lru_cache(maxsize=256)
def _deadline(timeout: float) -> bytes:
    return _CALL_MILLIS + varint(max(1, round(timeout * 1000)))

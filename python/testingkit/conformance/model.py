"""The nouns that stages hand to each other.

What has a protobuf message in the contract (expectations, observations, verdicts, events) is that
message; these classes hold what is only known while a run goes on, such as the place of a case.
"""

from __future__ import annotations

import functools
import re
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from google.protobuf.descriptor import Descriptor

from testingkit.conformance.v1 import (
    case_pb2,
    comparison_pb2,
    divergence_pb2,
    expectation_pb2,
    golden_pb2,
)
from testingkit.conformance.v1.runner_pb2 import ExecuteRequest
from testingkit.conformance.wire import delimited, delimited_tag, varint, varint_tag

MAX_REPETITIONS = 10_000
SEED = re.compile(r"[0-9a-f]{1,16}")  # of runners, and of an order
MAX_SHARDS = 256  # as many as a CI starts jobs of one kind
MAX_FINDINGS = 100  # that a terminal shows in full, unless it is told otherwise
_CALLS = delimited_tag(1)  # of an `ExecuteRequest`
_CALL_ID = varint_tag(1)
_CALL_MILLIS = varint_tag(4)
MAX_NAME = 200  # characters of a name, which may become that of a file
NAME = re.compile(rf"[a-z0-9_]{{1,{MAX_NAME}}}")  # of a case, and of a golden file


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file: ``path`` as shown to people, ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong in a file that a person wrote."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Method:
    """One unary method of a subject."""

    name: str  # package.Service/Method
    request: Descriptor
    response: Descriptor


@dataclass(frozen=True, slots=True)
class GoldenSource:
    """The golden file of a case that expects one."""

    file: Path
    path: str  # as shown to people
    exists: bool
    provenance: golden_pb2.Provenance | None = None  # none where it was written by hand


@dataclass(frozen=True, slots=True)
class Case:
    """One loaded case. ``id`` is permanent: ``<suite>/<name>``, from the file, never positional."""

    id: str
    place: Place
    method: Method
    request: bytes
    expect: expectation_pb2.Expectation
    comparison: comparison_pb2.Comparison
    level: case_pb2.Level.ValueType
    tags: tuple[str, ...]
    timeout: float | None  # seconds; None is the configuration's
    message: case_pb2.Case  # as written, in canonical form, without what the suite's defaults add
    golden: GoldenSource | None = None  # where `expect` was read from, if not from the case itself


class CaseRecord(NamedTuple):
    """What a run needs of a case as long as every runner gives the expected answer.

    Everything is serialized already: a case that nobody has to look at need not be taken apart.
    """

    name: str  # within its suite
    method: str  # package.Service/Method
    timeout: float | None  # seconds; None is the configuration's
    call: bytes  # its `Call`, but for id and deadline
    planned: bytes  # its `PlannedCase`, but for the id of the call
    expected: bytes | None  # the bytes of the one response that passes by being equal, if any
    is_weak: bool  # compared more weakly than by default
    restore: Callable[[], Case]  # the case in full


class CaseStore(Collection[Case]):
    """Cases that are read again each time they are gone through, in their order."""

    held_bytes = 0  # of memory that are taken as long as it is there

    def __contains__(self, case: object) -> bool:
        return any(own == case for own in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaseStore) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # What is compared by its content has none.

    @abstractmethod
    def records(self) -> Iterator[CaseRecord]:
        """Yields what a run needs of each case."""

    @property
    @abstractmethod
    def goldens(self) -> Sequence[GoldenSource]:
        """The golden files that cases expect."""

    @property
    @abstractmethod
    def weak(self) -> int:
        """Number of cases that are compared more weakly than by default."""

    @property
    @abstractmethod
    def digest(self) -> bytes:
        """Stands for all that is in the cases, and in their suite; the same on every machine."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One loaded case file."""

    name: str
    place: Place
    message: case_pb2.Suite  # everything but the cases
    cases: CaseStore


@dataclass(frozen=True, slots=True)
class KnownDivergence:
    """One entry of a file of known divergences."""

    runner: str
    place: Place
    message: divergence_pb2.KnownDivergence
    case_ids: frozenset[str]  # the loaded cases that the pattern matches


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

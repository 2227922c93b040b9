"""The classes of loaded cases.

Expectations, observations, verdicts and events are the protobuf messages of the contract. The
classes here add what only the coordinator knows, such as the place of a case in its file.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.errors import Place
from testingkit.conformance.v1 import (
    case_pb2,
    comparison_pb2,
    expectation_pb2,
    golden_pb2,
)

MAX_NAME = 200  # characters of a name, which may become that of a file
NAME = re.compile(rf"[a-z0-9_]{{1,{MAX_NAME}}}")  # of a case, and of a golden file


@dataclass(frozen=True, slots=True)
class Method:
    """One unary method of a subject."""

    name: str  # package.Service/Method
    request: Descriptor
    response: Descriptor

    @property
    def pool(self) -> DescriptorPool:
        """The pool that has the types of the method, and those that an ``Any`` in them may hold."""
        pool: DescriptorPool = self.response.file.pool
        return pool

    def new_request(self) -> Message:
        """Returns an empty request."""
        return message_factory.GetMessageClass(self.request)()

    def new_response(self) -> Message:
        """Returns an empty response."""
        return message_factory.GetMessageClass(self.response)()

    def parse_response(self, data: bytes) -> Message | None:
        """Returns a serialized response as a message; None where the bytes are not valid."""
        message = self.new_response()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return None
        return message


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

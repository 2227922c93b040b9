"""The classes of loaded suites and cases.

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
from google.protobuf.message import Message

from testingkit.conformance.errors import Place
from testingkit.conformance.protobuf.serialized import NotAMessageError, parse_serialized
from testingkit.conformance.v1 import (
    case_pb2,
    comparison_pb2,
    expectation_pb2,
    golden_pb2,
)

MAX_NAME = 200  # characters; a name may become the name of a file
# A name may become the name of a file, on file systems that do not tell a from A. So it has no
# upper-case letter, does not begin as an option or a hidden file does, and has no `..`.
_WORD = r"[a-z0-9_](?:[a-z0-9_-]|\.(?=[a-z0-9_-]))*+"
NAME = re.compile(rf"(?=.{{1,{MAX_NAME}}}\Z){_WORD}")  # of a case, and of a golden file
SUITE_NAME = re.compile(rf"{_WORD}(?:/{_WORD})*+")


@dataclass(frozen=True, slots=True)
class Method:
    """One unary method of a subject."""

    name: str  # package.Service/Method
    request: Descriptor
    response: Descriptor

    @property
    def pool(self) -> DescriptorPool:
        """The pool with the types of the method and of any ``Any`` in its messages."""
        pool: DescriptorPool = self.response.file.pool
        return pool

    def new_request(self) -> Message:
        """Returns an empty request."""
        return message_factory.GetMessageClass(self.request)()

    def new_response(self) -> Message:
        """Returns an empty response."""
        return message_factory.GetMessageClass(self.response)()

    def parse_request(self, data: bytes) -> Message | None:
        """Returns a serialized request as a message; None if the bytes are not valid."""
        try:
            return parse_serialized(data, self.request)
        except NotAMessageError:
            return None

    def parse_response(self, data: bytes) -> Message | None:
        """Returns a serialized response as a message; None if the bytes are not valid."""
        try:
            return parse_serialized(data, self.response)
        except NotAMessageError:
            return None

    def why_no_response(self, data: bytes) -> str:
        """Returns why bytes are not a serialized response; empty if they are."""
        try:
            parse_serialized(data, self.response)
        except NotAMessageError as error:
            return str(error)
        return ""


@dataclass(frozen=True, slots=True)
class GoldenSource:
    """The golden file of a case that expects one."""

    file: Path
    path: str  # as shown to people
    exists: bool
    provenance: golden_pb2.Provenance | None = None  # None if the golden was written by hand


@dataclass(frozen=True, slots=True)
class Case:
    """One loaded case; its ``id`` is ``<suite>/<name>``, and does not depend on its position."""

    id: str
    place: Place
    method: Method
    request: bytes
    expect: expectation_pb2.Expectation
    comparison: comparison_pb2.Comparison
    level: case_pb2.Level.ValueType
    tags: tuple[str, ...]
    timeout: float | None  # seconds; None means that of the configuration
    message: case_pb2.Case  # as written, in canonical form, without the defaults of the suite
    golden: GoldenSource | None = None  # the file of `expect`, if it is not in the case itself


class CaseRecord(NamedTuple):
    """What a run needs of a case on which every runner gives the expected answer.

    All of it is serialized, so that a run need not parse and build the messages of such a case.
    """

    name: str  # within its suite
    method: str  # package.Service/Method
    timeout: float | None  # seconds; None means that of the configuration
    call: bytes  # its `Call`, without id and deadline
    planned: bytes  # its `PlannedCase`, without the id of the call
    expected: bytes | None  # the bytes of a response that passes without being parsed, if any
    is_weak: bool  # compared more weakly than by default
    restore: Callable[[], Case]  # reads the case in full


class CaseStore(Collection[Case]):
    """The cases of a suite, in order; they can be read again at each iteration."""

    bytes_in_memory = 0  # of memory that the store occupies

    def __contains__(self, case: object) -> bool:
        return any(own == case for own in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaseStore) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # Stores are compared by their content.

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
        """A digest of the content of the cases and their suite, the same on every machine."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One loaded case file."""

    name: str
    place: Place
    message: case_pb2.Suite  # everything but the cases
    cases: CaseStore

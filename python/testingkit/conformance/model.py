"""The nouns that stages hand to each other.

What has a protobuf message in the contract (expectations, observations, verdicts, events) is that
message; these classes hold what is only known while a run goes on, such as the place of a case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.descriptor import Descriptor

from testingkit.conformance.v1 import (
    case_pb2,
    comparison_pb2,
    divergence_pb2,
    expectation_pb2,
    golden_pb2,
)

MAX_REPETITIONS = 10_000
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


@dataclass(frozen=True, slots=True)
class Suite:
    """One loaded case file."""

    name: str
    place: Place
    message: case_pb2.Suite  # everything but the cases
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class KnownDivergence:
    """One entry of a file of known divergences."""

    runner: str
    place: Place
    message: divergence_pb2.KnownDivergence
    case_ids: frozenset[str]  # the loaded cases that the pattern matches


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the plan. ``encoded`` is the serialized ``Call``, the same for every runner."""

    id: int
    case: Case
    encoded: bytes
    timeout: float  # seconds
    first: int  # id of the case's first call; its own where the case is called once


@dataclass(frozen=True, slots=True)
class Order:
    """How often every case is called, and in which order."""

    repetitions: int = 1
    shuffle: str = ""  # seed; empty is the order of the files


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do: every case, and every call in the order in which they are sent."""

    cases: Sequence[Call]  # the first call of every case, in the order of the files
    calls: Sequence[Call]
    order: Order
    runners: Sequence[str]
    filtered: bool
    suites: int

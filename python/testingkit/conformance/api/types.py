"""The enumerations and records of the public API."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from testingkit.conformance.errors import Place


class Decision(enum.Enum):
    """The decision about a run."""

    CONFORMANT = "conformant"
    NOT_CONFORMANT = "not_conformant"
    INCOMPLETE = "incomplete"
    NOTHING_RAN = "nothing_ran"
    INTERRUPTED = "interrupted"


class Verdict(enum.Enum):
    """The judgement of one answer against the expectation of its case."""

    PASS = "pass"  # noqa: S105 - not a password
    MISMATCH = "mismatch"
    WRONG_ERROR = "wrong_error"
    UNEXPECTED_ERROR = "unexpected_error"
    MISSING_ERROR = "missing_error"
    PANIC = "panic"
    CRASH = "crash"
    TIMEOUT = "timeout"
    PROTOCOL_ERROR = "protocol_error"
    UNSUPPORTED = "unsupported"
    NO_RESULT = "no_result"
    NOT_RUN = "not_run"
    FLAKY = "flaky"


class Parity(enum.Enum):
    """How the runners' answers to one case compare with each other."""

    AGREE = "agree"
    DIVERGE = "diverge"
    PARTIAL = "partial"
    SINGLE = "single"
    NONE = "none"


class Level(enum.Enum):
    """How binding a case is."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    IMPLEMENTATION_DEFINED = "implementation_defined"


class FindingKind(enum.Enum):
    """The kind of a finding."""

    RUNNER = "runner"
    PROTOCOL = "protocol"
    CRASH = "crash"
    TIMEOUT = "timeout"
    PANIC = "panic"
    FLAKY = "flaky"
    DIVERGENCE = "divergence"
    GOLDEN_SUSPECT = "golden_suspect"
    FAILURE = "failure"
    INCOMPLETE = "incomplete"
    STALE = "stale"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Case:
    """A loaded case.

    Attributes:
        id: ``<suite>/<name>``.
        place: The place of the case in its file.
        method: ``package.Service/Method``.
        level: How binding it is.
        tags: The tags of the case and its suite.
    """

    id: str
    place: Place
    method: str
    level: Level
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between the expected answer and the answer of a runner.

    Attributes:
        field_path: Such as ``items[2].name``; empty for the answer as a whole.
        expected: The expected value as text; empty if the field should not be set.
        actual: The value of the runner as text; empty if the field is not set.
    """

    field_path: str
    expected: str
    actual: str


@dataclass(frozen=True, slots=True)
class RunnerResult:
    """The result of one runner for one case.

    Attributes:
        runner: The name of the runner.
        verdict: The verdict.
        is_known: Whether a known divergence accounts for it.
        differences: Where the answer differs from the expected one.
        answer_class: Runners with equal answers have the same number; 0 without an answer.
        text: The result in one line.
        nanos: Nanoseconds that the handler took; 0 if unknown.
    """

    runner: str
    verdict: Verdict
    is_known: bool
    differences: tuple[Difference, ...]
    answer_class: int
    text: str
    nanos: int

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.verdict is Verdict.PASS


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The results of all runners for one case.

    Attributes:
        id: ``<suite>/<name>``.
        path: The case file, relative to the project.
        line: The line of the case in it, from 1.
        method: ``package.Service/Method``.
        level: How binding the case is.
        parity: How the answers compare with each other.
        results: The result of each runner, by its name.
    """

    id: str
    path: str
    line: int
    method: str
    level: Level
    parity: Parity
    results: Mapping[str, RunnerResult]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: cases with the same cause are one finding.

    Attributes:
        id: Such as ``D1``.
        kind: The kind.
        text: What is wrong.
        advice: What to do about it.
        is_gated: Whether it counts against the decision.
        case_id: The first case; empty if the finding is not about cases.
        similar_case_ids: The other cases with the same cause.
        runners: The names of the runners that it is about.
        path: The file that it is about; empty if there is none.
        line: The line in the file, from 1; 0 if there is none.
    """

    id: str
    kind: FindingKind
    text: str
    advice: str
    is_gated: bool
    case_id: str
    similar_case_ids: tuple[str, ...]
    runners: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Runner:
    """A runner of a run, and its totals.

    Attributes:
        name: The name of the runner.
        version: The version of the implementation, as the runner reported it.
        language: The language of the implementation.
        problem: Why it did not start; empty if it did.
        totals: Number of cases by outcome, such as ``{"planned": 5, "passed": 4, "failed": 1}``.
    """

    name: str
    version: str
    language: str
    problem: str
    totals: Mapping[str, int]

"""What a check says: an outcome, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from testingkit.conformance.exit_codes import ExitCode


class Outcome(Enum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a check says."""

    outcome: Outcome
    found: str
    advice: str = ""
    log: Sequence[str] = ()  # lines of somebody else's, such as a runner's standard error


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A remark, with the check that made it."""

    runner: str  # empty for the project
    check: str
    remark: Remark
    exit_code: ExitCode  # where the remark is a failure


def ok(found: str) -> Remark:
    """All is well; says what was seen."""
    return Remark(Outcome.OK, found)


def warning(found: str, advice: str) -> Remark:
    """Something that no run fails of, and that somebody will miss."""
    return Remark(Outcome.WARNING, found, advice)


def failed(found: str, advice: str) -> Remark:
    """Something is wrong. Lines after the first are the log."""
    first, *log = found.splitlines() or [""]
    return Remark(Outcome.FAILED, first, advice, log)


def skipped(found: str) -> Remark:
    """There is nothing to look at; says why."""
    return Remark(Outcome.SKIPPED, found)


# Where several things are wrong, the first of these is what there is to do first.
_ORDER = (ExitCode.USAGE, ExitCode.INVALID_CASES, ExitCode.NOT_CONFORMANT, ExitCode.INCOMPLETE)


def exit_code(diagnoses: Iterable[Diagnosis]) -> ExitCode:
    """The exit code of an examination; warnings fail nothing."""
    failures = {d.exit_code for d in diagnoses if d.remark.outcome is Outcome.FAILED}
    return next((code for code in _ORDER if code in failures), ExitCode.CONFORMANT)

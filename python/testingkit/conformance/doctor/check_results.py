"""What a check says: an outcome, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from testingkit.conformance.exit_codes import ExitCode


class CheckStatus(Enum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a check says."""

    status: CheckStatus
    text: str
    advice: str = ""
    log: Sequence[str] = ()  # lines of somebody else's, such as a runner's standard error


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A remark, with the check that made it."""

    runner: str  # empty for the project
    check: str
    note: Note
    exit_code: ExitCode  # where the remark is a failure


def ok(text: str) -> Note:
    """All is well; says what was seen."""
    return Note(CheckStatus.OK, text)


def warning(text: str, advice: str) -> Note:
    """Something that no run fails of, and that somebody will miss."""
    return Note(CheckStatus.WARNING, text, advice)


def failed(text: str, advice: str) -> Note:
    """Something is wrong. Lines after the first are the log."""
    first, *log = text.splitlines() or [""]
    return Note(CheckStatus.FAILED, first, advice, log)


def skipped(text: str) -> Note:
    """There is nothing to look at; says why."""
    return Note(CheckStatus.SKIPPED, text)


# Where several things are wrong, the first of these is what there is to do first.
_ORDER = (ExitCode.USAGE, ExitCode.INVALID_CASES, ExitCode.NOT_CONFORMANT, ExitCode.INCOMPLETE)


def exit_code(results: Iterable[CheckResult]) -> ExitCode:
    """The exit code of an examination; warnings fail nothing."""
    failures = {d.exit_code for d in results if d.note.status is CheckStatus.FAILED}
    return next((code for code in _ORDER if code in failures), ExitCode.CONFORMANT)

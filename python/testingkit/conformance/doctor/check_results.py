"""The results of checks: a status, a text, and advice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from testingkit.conformance.exit_codes import ExitCode


class CheckStatus(Enum):
    """Whether a check passed."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a check reports."""

    status: CheckStatus
    text: str
    advice: str = ""
    log: Sequence[str] = ()  # further output, such as a runner's standard error


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A note, with the check that made it."""

    runner: str  # empty for the project
    check: str
    note: Note
    exit_code: ExitCode  # if the note is a failure


def ok(text: str) -> Note:
    """Returns the note of a check that passed; the text describes what it saw."""
    return Note(CheckStatus.OK, text)


def warning(text: str, advice: str) -> Note:
    """Returns a note on something that fails no run, but is worth a fix."""
    return Note(CheckStatus.WARNING, text, advice)


def failed(text: str, advice: str) -> Note:
    """Returns a note on a problem; lines after the first become its log."""
    first, *log = text.splitlines() or [""]
    return Note(CheckStatus.FAILED, first, advice, log)


def skipped(text: str) -> Note:
    """Returns the note of a check that was not made; the text gives the reason."""
    return Note(CheckStatus.SKIPPED, text)


# The problem to fix first comes first.
_ORDER = (ExitCode.USAGE, ExitCode.INVALID_CASES, ExitCode.NOT_CONFORMANT, ExitCode.INCOMPLETE)


def exit_code(results: Iterable[CheckResult]) -> ExitCode:
    """Returns the exit code for results; warnings fail nothing."""
    failures = {r.exit_code for r in results if r.note.status is CheckStatus.FAILED}
    return next((code for code in _ORDER if code in failures), ExitCode.CONFORMANT)

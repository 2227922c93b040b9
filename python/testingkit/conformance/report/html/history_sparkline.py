"""Returns the history of a case for the page: a sparkline of its last runs, and its rates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.history import CaseHistory, History
from testingkit.conformance.record.history_text import format_rates
from testingkit.conformance.text.numbers import count

_RATED_RUNS = 100  # the last runs, which the rates are computed from
_SHOWN_RUNS = 40  # the last runs, which the sparkline shows
_MAX_CASES = 1500  # whose history is read
_MAX_RUNNERS = 20
_STATUS_LABELS = {"passed": "passed", "flaky": "flaky", "skipped": "not run or not counted"}


class Tick(NamedTuple):
    """A run in a sparkline."""

    status: str
    place: int


class HistoryRow(NamedTuple):
    """The last runs of a case with one runner, or of its parity."""

    runner: str
    ticks: Sequence[Tick]
    width: int
    text: str
    rates: str


class HistoryReader:
    """Reads a history, if there is one. Use as a context."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._history: History | None = None
        self._cases = 0
        self.problem = ""  # why the history is not shown

    def __enter__(self) -> HistoryReader:
        try:
            if self._path is not None and self._path.exists():
                self._history = History(self._path, create=False).__enter__()
        except OutputError as error:
            self.problem = str(error)
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def rows(self, case_id: str) -> Sequence[HistoryRow]:
        """Returns the history of a case; empty if there is none, or if too many cases were read."""
        self._cases += 1
        if self._history is None or self._cases > _MAX_CASES:
            return []
        try:
            entries = list(self._history.case_histories(_RATED_RUNS, case_id))
        except OutputError as error:
            # The report is written without a history that cannot be read.
            self.problem = str(error)
            self._close()
            return []
        shown = [entry for entry in entries if entry.passed.whole > 1]
        return [_row(entry) for entry in shown[:_MAX_RUNNERS]]

    def _close(self) -> None:
        history, self._history = self._history, None
        if history is not None:
            history.__exit__()


def _row(entry: CaseHistory) -> HistoryRow:
    statuses = entry.statuses[-_SHOWN_RUNS:]
    ticks = [Tick(status, number) for number, status in enumerate(statuses)]
    numbers = {
        label: sum(status == key for status in statuses) for key, label in _STATUS_LABELS.items()
    }
    numbers["failed"] = sum(status not in _STATUS_LABELS for status in statuses)
    counts = ", ".join(f"{label} {number:,}" for label, number in numbers.items() if number)
    text = f"the last {count(len(statuses), 'run')}: {counts}"
    return HistoryRow(entry.runner, ticks, len(statuses), text, format_rates(entry))

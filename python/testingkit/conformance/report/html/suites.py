"""Collects the cases of a run by suite: a bar for each runner, and a row for each case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from testingkit.conformance.config import PARITY
from testingkit.conformance.record.rows import Entry, Status
from testingkit.conformance.report.html.size_budget import Piece, SizeBudget
from testingkit.conformance.report.html.status_style import Bar, Cell, bar_of, cell_of
from testingkit.conformance.report.html.templates import render
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1.run_pb2 import PlannedCase

MAX_ROWS_SIZE = 2_600_000  # characters
MAX_SUITES = 2000
_OTHERS = "further suites"
_MAX_NAME = 400
_ROWS_A_TABLE = 200  # A browser lays out one table at a time.


class CaseRow(NamedTuple):
    """A case as a row."""

    number: int
    name: str
    line: int
    problem: str  # the id of its finding, if it has one
    cells: Sequence[Cell]
    detail: Markup
    is_cut: bool  # it has a detail that does not fit


@dataclass(slots=True)
class SuiteTable:
    """The cases of one suite."""

    name: str
    path: str
    counts: Sequence[Counter[str]]  # of each runner, and of parity
    cases: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many cases have no row."""
        return self.cases - sum(1 for piece in self.pieces if piece.text)

    def tables(self) -> Iterator[Markup]:
        """Yields the rows of each table."""
        rows = [piece.text for piece in self.pieces if piece.text]
        for start in range(0, len(rows), _ROWS_A_TABLE):
            yield Markup().join(rows[start : start + _ROWS_A_TABLE])


class Suites:
    """Takes the cases of a run; `views` are its suites."""

    def __init__(self, runners: Sequence[str], problems: Mapping[str, str]) -> None:
        self._names = [*runners, PARITY]
        self._problems = problems
        self._suites: dict[str, SuiteTable] = {}
        self._budget = SizeBudget(MAX_ROWS_SIZE)
        self.rows: dict[str, int] = {}  # row numbers of cases that belong to a finding, by id

    def add(
        self,
        number: int,
        planned: PlannedCase,
        entries: Sequence[Entry],
        detail: Markup,
        *,
        is_cut: bool,
    ) -> None:
        """Adds the next case, with the entries of its runners and of parity."""
        suite_name, _, name = planned.case_id.rpartition("/")
        suite = self._suite(suite_name, planned.path)
        suite.cases += 1
        for counts, entry in zip(suite.counts, entries, strict=True):
            counts[entry.column] += 1
        problem = self._problems.get(planned.case_id, "")
        matters = bool(problem) or any(entry.status is not Status.PASSED for entry in entries)
        if not matters and self._budget.is_full:
            return
        cells = [cell_of(entry) for entry in entries]
        case = CaseRow(
            number,
            shorten(name, _MAX_NAME),
            planned.line,
            problem,
            cells,
            detail,
            is_cut,
        )
        piece = Piece(render("case.html", case=case))
        if self._budget.add(piece, matters=matters):
            suite.pieces.append(piece)
            if problem:
                self.rows[planned.case_id] = number

    def views(self) -> Iterator[tuple[SuiteTable, Sequence[Bar]]]:
        """Yields the suites in the order of the run, with a bar for each runner and for parity."""
        for suite in self._suites.values():
            pairs = zip(self._names, suite.counts, strict=True)
            yield suite, [bar_of(name, counts) for name, counts in pairs]

    def _suite(self, name: str, path: str) -> SuiteTable:
        if name not in self._suites and len(self._suites) >= MAX_SUITES:
            name, path = _OTHERS, ""
        if name not in self._suites:
            counts = [Counter[str]() for _ in self._names]
            shown = shorten(name, _MAX_NAME), shorten(path, _MAX_NAME)
            self._suites[name] = SuiteTable(*shown, counts)
        return self._suites[name]

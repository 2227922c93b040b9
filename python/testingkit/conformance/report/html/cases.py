"""Collects what the page shows of cases and findings, one case after the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from testingkit.conformance.record.rows import Entry, entries_of
from testingkit.conformance.record.run_log import RunLog, read_schema
from testingkit.conformance.report.html.details import Detail, detail_of
from testingkit.conformance.report.html.history_sparkline import HistoryReader
from testingkit.conformance.report.html.problems import (
    MAX_PROBLEMS,
    CaseSummary,
    case_summary,
    problem_view,
)
from testingkit.conformance.report.html.status_style import has_detail
from testingkit.conformance.report.html.suites import Suites
from testingkit.conformance.report.html.templates import render
from testingkit.conformance.results.finding_text import worst_first
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase

MAX_PROBLEMS_SIZE = 1_200_000  # characters
MAX_DETAILS_SIZE = 800_000  # characters, of cases that no problem shows
_MAX_DETAIL_SIZE = 100_000


class Cases:
    """Takes the cases of a run; has its suites and problems in the end."""

    def __init__(self, log: RunLog, history: HistoryReader) -> None:
        """Creates it for the findings of a run.

        Raises:
            OutputError: The log contradicts itself.
        """
        self._schema = read_schema(log.path, log.header)
        self._header = log.header
        self._runners = log.header.runners
        self._history = history
        self._findings = worst_first(log.findings)[:MAX_PROBLEMS]
        self._examples: dict[str, list[int]] = {}  # indices of the findings that show a case
        self._summaries: dict[int, CaseSummary] = {}  # by the index of the finding
        problems: dict[str, str] = {}
        for number, finding in enumerate(self._findings):
            if finding.case_id:
                self._examples.setdefault(finding.case_id, []).append(number)
                for case_id in (finding.case_id, *finding.similar_case_ids):
                    problems.setdefault(case_id, finding.id)
        self._details_left = MAX_DETAILS_SIZE
        self.suites = Suites(self._runners, problems)

    def add(self, number: int, planned: PlannedCase, finished: FinishedCase) -> None:
        """Adds the next case."""
        entries = list(entries_of(planned, finished, self._runners, self._header.families))
        markup, is_cut = Markup(), False
        if numbers := self._examples.get(planned.case_id):
            detail = self._detail_of(planned, finished, entries)
            for index in numbers:
                self._summaries[index] = case_summary(
                    self._findings[index], finished, entries[:-1], detail
                )
        elif any(map(has_detail, entries)):
            markup = self._detail_that_fits(planned, finished, entries)
            is_cut = not markup
        self.suites.add(number, planned, entries, markup, is_cut=is_cut)

    def problems(self) -> Iterator[Markup]:
        """Yields the findings, the worst first; details that do not fit are left out."""
        left = MAX_PROBLEMS_SIZE
        for index, finding in enumerate(self._findings):
            summary = self._summaries.get(index, CaseSummary(finding.text))
            problem = problem_view(finding, self._header, summary, self.suites.rows)
            markup = render("problem.html", problem=problem)
            if len(markup) > min(left, _MAX_DETAIL_SIZE):
                problem = dataclasses.replace(problem, detail=None, is_left_out=True)
                markup = render("problem.html", problem=problem)
            left -= len(markup)
            yield markup

    def _detail_that_fits(
        self, planned: PlannedCase, finished: FinishedCase, entries: Sequence[Entry]
    ) -> Markup:
        """Returns the detail of a case; empty if it does not fit."""
        if self._details_left <= 0:
            return Markup()
        markup = render("detail.html", detail=self._detail_of(planned, finished, entries))
        if len(markup) > min(self._details_left, _MAX_DETAIL_SIZE):
            return Markup()
        self._details_left -= len(markup)
        return markup

    def _detail_of(
        self, planned: PlannedCase, finished: FinishedCase, entries: Sequence[Entry]
    ) -> Detail:
        history = self._history.rows(planned.case_id)
        return detail_of(planned, finished, entries[:-1], self._schema, history)

"""Takes the cases of a run one by one, and knows in the end what is shown of cases and findings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from testingkit.conformance.errors import OutputError, ProtoError
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.rows import Entry, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.html.details import Detail, detail_of
from testingkit.conformance.report.html.history_sparkline import Stories
from testingkit.conformance.report.html.problems import (
    MAX_PROBLEMS,
    Told,
    case_summary,
    problem_view,
)
from testingkit.conformance.report.html.status_style import is_told
from testingkit.conformance.report.html.suites import Suites
from testingkit.conformance.report.html.texts import render
from testingkit.conformance.results.finding_text import worst_first
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase

MAX_PROBLEMS_SIZE = 1_200_000  # characters
MAX_DETAILS_SIZE = 800_000  # of cases that no problem shows
_MAX_DETAIL_SIZE = 100_000


class Cases:
    """What is shown of the cases of a run."""

    def __init__(self, log: RunLog, stories: Stories) -> None:
        """Takes a run, and what tells the history of a case.

        Raises:
            OutputError: The log contradicts itself.
        """
        try:
            self._schema = Schema(log.header.descriptors.file)
        except ProtoError as error:
            raise OutputError(f"the event log {log.path} contradicts itself: {error}") from error
        self._runners = log.header.runners
        self._stories = stories
        self._findings = worst_first(log.findings)[:MAX_PROBLEMS]
        self._examples: dict[str, list[int]] = {}  # the findings that show a case
        self._told: dict[int, Told] = {}
        problems: dict[str, str] = {}
        for number, finding in enumerate(self._findings):
            if finding.case_id:
                self._examples.setdefault(finding.case_id, []).append(number)
                for case_id in (finding.case_id, *finding.similar_case_ids):
                    problems.setdefault(case_id, finding.id)
        self._room = MAX_DETAILS_SIZE
        self.suites = Suites(self._runners, problems)

    def take(self, number: int, planned: PlannedCase, finished: FinishedCase) -> None:
        """Takes the next case."""
        entries = list(entries_of(planned, finished, self._runners))
        markup, is_untold = Markup(), False
        if numbers := self._examples.get(planned.case_id):
            detail = self._detail_of(planned, finished, entries)
            for index in numbers:
                self._told[index] = case_summary(
                    self._findings[index], finished, entries[:-1], detail
                )
        elif any(map(is_told, entries)):
            markup = self._fitting(planned, finished, entries)
            is_untold = not markup
        self.suites.take(number, planned, entries, markup, is_untold=is_untold)

    def problems(self) -> Iterator[Markup]:
        """Yields the findings, the worst first; of the last the details may be left out."""
        room = MAX_PROBLEMS_SIZE
        for index, finding in enumerate(self._findings):
            told = self._told.get(index, Told(finding.text))
            problem = problem_view(finding, self._runners, told, self.suites.rows)
            markup = render("problem.html", problem=problem)
            if len(markup) > min(room, _MAX_DETAIL_SIZE):
                problem = dataclasses.replace(problem, detail=None, is_left_out=True)
                markup = render("problem.html", problem=problem)
            room -= len(markup)
            yield markup

    def _fitting(
        self, planned: PlannedCase, finished: FinishedCase, entries: Sequence[Entry]
    ) -> Markup:
        """What is shown of a case; nothing where it is too much."""
        if self._room <= 0:
            return Markup()
        markup = render("detail.html", detail=self._detail_of(planned, finished, entries))
        if len(markup) > min(self._room, _MAX_DETAIL_SIZE):
            return Markup()
        self._room -= len(markup)
        return markup

    def _detail_of(
        self, planned: PlannedCase, finished: FinishedCase, entries: Sequence[Entry]
    ) -> Detail:
        stories = self._stories.of_case(planned.case_id)
        return detail_of(planned, finished, entries[:-1], self._schema, stories)

"""Judges a recorded run again, with the cases and known divergences as they are now.

The observations are the recorded ones. Cases that have changed since the run are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.patterns import names
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.judging.verdicts import is_unanswered, result_observation
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.project import Project
from testingkit.conformance.record.recorded_run import RecordedRun
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase


class Replay:
    """The unchanged cases of a recorded run, with their observations.

    Attributes:
        runners: The names of the runners of the run, in order.
        families: Their families; empty if every runner is its own.
        repetitions: How often each case was called.
        absent: Why runners did not start, by their names.
        changed: The ids of cases that have changed since the run.
        partly_unanswered: Runner and case id of results with answered and unanswered calls.
        has_all_runners: Whether no runner of the project was left out.
    """

    def __init__(self, project: Project, run: RecordedRun, cases: Sequence[Case]) -> None:
        """``cases`` are the cases of the project as they are now."""
        self.runners: Sequence[str] = run.record.header.runners
        self.families: Sequence[str] = run.record.header.families
        self.repetitions = max(1, run.record.header.repetitions)
        self.absent = {
            self.runners[index]: ready.problem
            for index, ready in run.record.runners.items()
            if ready.problem
        }
        self.changed: set[str] = set()
        self.partly_unanswered: set[tuple[str, str]] = set()
        self.has_all_runners = project.has_all_runners(self.runners)
        self._seen: dict[str, tuple[int, Case, Sequence[Sequence[Observation]]]] = {}
        by_name = {name: case for case in cases for name in reversed(names(case))}
        by_name.update({case.id: case for case in cases})
        for planned in run.record.planned.values():
            case = by_name.get(planned.case_id)
            if case is not None:
                self._take(case, planned, run.record.finished[planned.call_id])

    def has(self, case_id: str) -> bool:
        """Returns whether the run has observations of a case as it is now."""
        return case_id in self._seen

    def finish(
        self, book: KnownBook, case_ids: Collection[str] | None = None
    ) -> Iterator[tuple[Case, FinishedCase]]:
        """Yields cases judged with a book of known divergences; without ids, all of them."""
        assessor = Assessor(self.runners, book, all_runners=self.has_all_runners)
        for case_id, (call_id, case, observed) in self._seen.items():
            if case_ids is None or case_id in case_ids:
                yield case, assessor.assess(call_id, case, observed)

    def _take(self, case: Case, planned: PlannedCase, finished: FinishedCase) -> None:
        if not _is_same(case, planned):
            self.changed.add(case.id)
            return
        observed = [
            [o.observation for o in result.outcomes for _ in range(o.times)]
            or [result_observation(finished, result)]
            for result in finished.results
        ]
        self.partly_unanswered |= {
            (self.runners[result.runner], case.id)
            for result in finished.results
            if result.outcomes and is_unanswered(result)
        }
        self._seen[case.id] = planned.call_id, case, observed


def _is_same(case: Case, planned: PlannedCase) -> bool:
    """Returns whether a case has the same method, request and expectation as in the run."""
    return (planned.method, planned.request, planned.expect) == (
        case.method.name,
        case.request,
        case.expect,
    )

"""Returns the fields in which answers differ, as rows with the value of every runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.judging.verdicts import outcome_of
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunnerResult


@dataclass(frozen=True, slots=True)
class Row:
    """One differing field.

    Attributes:
        path: The path of the field, or ``answer`` for an answer as a whole.
        expected: The expected value; None if the case only expects agreement.
        answers: The runner, its value, and whether that is right; only runners that answered.
    """

    path: str
    expected: str | None
    answers: Sequence[tuple[str, str, bool]]


def field_rows(
    results: Sequence[RunnerResult], runners: Sequence[str], *, has_golden: bool
) -> Sequence[Row]:
    """Returns a row for every field in which an answer differs, in the order of appearance."""
    expected: dict[str, str] = {}
    for result in results:
        for difference in result.differences:
            expected.setdefault(difference.field_path, difference.expected)
    by_path = [{d.field_path: d for d in reversed(result.differences)} for result in results]
    rows = []
    for path, golden in expected.items():
        answers = []
        for result, differences in zip(results, by_path, strict=True):
            name = brief(runners[result.runner])
            own = differences.get(path)
            if own is not None:
                answers.append((name, own.actual or "(not there)", False))
            elif result.answer_class and not result.differences:
                right = result.verdict == verdict_pb2.VERDICT_PASS
                answers.append((name, golden or "(not there)", right))
        shown = (golden or "(not there)") if has_golden else None
        rows.append(Row(path or "answer", shown, answers))
    return rows


def case_field_rows(
    planned: PlannedCase, finished: FinishedCase, runners: Sequence[str]
) -> Sequence[Row]:
    """Returns a row for every field in which an answer of a finished case differs."""
    has_golden = planned.expect.WhichOneof("kind") != "agree"
    results = [outcome_of(result) or result for result in finished.results]
    return field_rows(results, runners, has_golden=has_golden)


def runner_columns(rows: Sequence[Row], most: int) -> tuple[int, Sequence[str]]:
    """Returns how many runners have an answer, and the names of the first.

    If there are more than `most`, runners with a wrong answer come first.
    """
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    if len(names) > most:
        wrong = {name for row in rows for name, _, right in row.answers if not right}
        names.sort(key=lambda name: name not in wrong)
    return len(names), names[:most]

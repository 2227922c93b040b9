"""Returns the fields in which answers differ, as rows with the value of every runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.judging.verdicts import outcome_of
from testingkit.conformance.results.answer_classes import (
    NOT_THERE,
    ClassField,
    class_fields,
    compares_classes,
)
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunnerResult


@dataclass(frozen=True, slots=True)
class Row:
    """One differing field.

    Attributes:
        path: The path of the field, or ``answer`` for an answer as a whole.
        expected: The expected value; None if nothing is expected.
        answers: The runner, its value, and whether that is right; only runners that answered. If
            nothing is expected: a class of equal answers, its value, and None.
    """

    path: str
    expected: str | None
    answers: Sequence[tuple[str, str, bool | None]]


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
        answers: list[tuple[str, str, bool | None]] = []
        for result, differences in zip(results, by_path, strict=True):
            name = brief(runners[result.runner])
            own = differences.get(path)
            if own is not None:
                answers.append((name, own.actual or NOT_THERE, False if has_golden else None))
            elif result.answer_class and not result.differences:
                right = result.verdict == verdict_pb2.VERDICT_PASS if has_golden else None
                answers.append((name, golden or NOT_THERE, right))
        shown = (golden or NOT_THERE) if has_golden else None
        rows.append(Row(path or "answer", shown, answers))
    return rows


def case_field_rows(
    planned: PlannedCase, finished: FinishedCase, runners: Sequence[str]
) -> Sequence[Row]:
    """Returns a row for every field in which an answer of a finished case differs.

    The columns are runners or, if nothing is expected, classes of equal answers.
    """
    if compares_classes(finished):
        return [_class_row(field) for field in class_fields(finished, runners)]
    has_golden = planned.expect.WhichOneof("kind") != "agree"
    results = [outcome_of(result) or result for result in finished.results]
    return field_rows(results, runners, has_golden=has_golden)


def _class_row(field: ClassField) -> Row:
    values = [(brief(label), text, None) for label, text in field.values]
    return Row(field.path or "answer", None, values)


def runner_columns(rows: Sequence[Row], most: int) -> tuple[int, Sequence[str]]:
    """Returns how many runners have an answer, and the names of the first.

    If there are more than `most`, runners with a wrong answer come first.
    """
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    if len(names) > most:
        wrong = {name for row in rows for name, _, right in row.answers if right is False}
        names.sort(key=lambda name: name not in wrong)
    return len(names), names[:most]

"""The classes of equal answers to a case that diverges while no answer is wrong.

No answer is right then, so reports show each class with a letter, its runners and its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.comparison.differences import MAX_DIFFERENCES
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.judging.verdicts import (
    accepts_different,
    outcome_of,
    result_observation,
)
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOT_THERE = "(not there)"  # the text of an empty side of a difference


@dataclass(frozen=True, slots=True)
class ClassField:
    """A field in which classes differ: its path, and the value of each class by its label."""

    path: str
    values: Sequence[tuple[str, str]]


def compares_classes(finished: FinishedCase) -> bool:
    """Returns whether the answers to a case are only compared with each other, and differ."""
    answered = (outcome_of(result) for result in finished.results)
    return accepts_different(result for result in answered if result is not None)


def class_letter(number: int) -> str:
    """Returns the name of an answer class, from 1: ``A`` to ``Z``, then ``AA``."""
    rest, last = divmod(number - 1, len(_LETTERS))
    return (class_letter(rest) if rest else "") + _LETTERS[last]


def answer_sides(finished: FinishedCase) -> Sequence[Sequence[RunnerResult]]:
    """Returns the results that are answers, grouped by equality."""
    sides: dict[int, list[RunnerResult]] = {}
    for result in finished.results:
        if result.answer_class:
            sides.setdefault(result.answer_class, []).append(result)
    return [side for _, side in sorted(sides.items())]


def side_label(side: Sequence[RunnerResult], runners: Sequence[str]) -> str:
    """Returns the letter of a class with its runners, such as ``A go, rust``."""
    names = (f"{runners[r.runner]}{' (known)' if r.known else ''}" for r in side)
    return f"{class_letter(side[0].answer_class)} {', '.join(names)}"


def class_fields(finished: FinishedCase, runners: Sequence[str]) -> Sequence[ClassField]:
    """Returns the fields in which the classes of a case differ, in the order of appearance.

    Empty if no values are known, as of flaky answers.
    """
    sides = answer_sides(finished)
    changes = [_changes(side) for side in sides]
    first: dict[str, str] = {}  # values of the class that all others were compared with
    for result in (answered for side in sides for answered in _single(side)):
        for difference in result.differences:
            first.setdefault(difference.field_path, difference.expected)
    fields = []
    for path, value in first.items():
        values = []
        for side, own in zip(sides, changes, strict=True):
            text = None if own is None else own.get(path, value if _is_whole(own) else None)
            if text is not None:
                values.append((side_label(side, runners), text or NOT_THERE))
        fields.append(ClassField(path, values))
    return fields


def class_lines(finished: FinishedCase, runners: Sequence[str]) -> Sequence[str]:
    """Returns the values of all classes: a line for each field that differs, or for each class."""
    fields = class_fields(finished, runners)
    if not fields:
        return [
            f"{side_label(side, runners)}: {describe(result_observation(finished, side[0]))}"
            for side in answer_sides(finished)
        ]
    return [f"{field.path or 'answer'}: {_values(field)}" for field in fields]


def _values(field: ClassField) -> str:
    return ", ".join(f"{text} ({label})" for label, text in field.values)


def _single(side: Sequence[RunnerResult]) -> Sequence[RunnerResult]:
    """Returns the results of a class with only one answer: the others have no differences."""
    answered = (outcome_of(result) for result in side)
    return [result for result in answered if result is not None and not result.outcomes]


def _changes(side: Sequence[RunnerResult]) -> Mapping[str, str] | None:
    """Returns what a class has instead of the values of the first; None if that is not known."""
    single = _single(side)
    return {d.field_path: d.actual for d in reversed(single[0].differences)} if single else None


def _is_whole(changes: Mapping[str, str]) -> bool:
    """Returns whether every field without a change is as in the first class."""
    return "" not in changes and len(changes) < MAX_DIFFERENCES

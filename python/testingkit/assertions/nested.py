"""Evaluates assertions that are arguments of others (docs/kit/assertions.md)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.assertions.entry import Check, EvaluationError, Finding
from testingkit.assertions.model import Named
from testingkit.value import List, Text, Value

MAX_FAILURES = 100
"""Failure texts in the detail `failures`."""

Evaluation = tuple[Check, Value]
"""An assertion and the value that it is evaluated on."""


def satisfies(check: Check, actual: Value) -> Finding:
    """Returns the finding that passes if the assertion does, with the detail `failure`."""
    finding = check.find(actual)
    if finding.passed:
        return finding
    return Finding(passed=False, details=(("failure", check.failure(actual, finding)),))


def first_failure(evaluations: Iterable[Evaluation]) -> tuple[int, Text] | None:
    """Returns the place and the text of the first evaluation that does not pass.

    It goes on to the end, since a later assertion may raise `EvaluationError`.
    """
    first = None
    for place, (check, value) in enumerate(evaluations):
        finding = check.find(value)
        if first is None and not finding.passed:
            first = place, check.failure(value, finding)
    return first


def passing(evaluations: Iterable[Evaluation]) -> list[int]:
    """Returns the places of the evaluations that pass."""
    findings = [check.find(value) for check, value in evaluations]
    return [place for place, finding in enumerate(findings) if finding.passed]


def all_pass(evaluations: Iterable[Evaluation]) -> Finding:
    """Returns the finding that passes if every evaluation does."""
    failures: list[Text] = []
    for check, value in evaluations:
        finding = check.find(value)
        if not finding.passed and len(failures) < MAX_FAILURES:
            failures.append(check.failure(value, finding))
    return Finding(not failures, _failures_detail(failures))


def any_passes(evaluations: Iterable[Evaluation]) -> Finding:
    """Returns the finding that passes with the first evaluation that does.

    Without one, it raises the first `EvaluationError`.
    """
    failures: list[Text] = []
    first_error = None
    for check, value in evaluations:
        try:
            finding = check.find(value)
        except EvaluationError as error:
            first_error = first_error or error
            continue
        if finding.passed:
            return finding
        if len(failures) < MAX_FAILURES:
            failures.append(check.failure(value, finding))
    if first_error is not None:
        raise first_error
    return Finding(passed=False, details=_failures_detail(failures))


def _failures_detail(failures: list[Text]) -> Named:
    return (("failures", List(tuple(failures))),) if failures else ()

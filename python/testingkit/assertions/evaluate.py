"""Evaluates assertions (docs/kit/assertions.md, errors)."""

from __future__ import annotations

from testingkit.assertions.catalog import CATALOG
from testingkit.assertions.entry import Entry, EvaluationError, Finding
from testingkit.assertions.model import Assertion, Named, Status, Verdict
from testingkit.value import ErrorCode, Value


def evaluate(assertion: Assertion, actual: Value) -> Verdict:
    """Returns the verdict of an assertion on a value."""
    try:
        finding = _find(assertion, actual)
    except EvaluationError as error:
        return Verdict(assertion, actual, Status.ERROR, code=error.code)
    if finding.passed:
        return Verdict(assertion, actual, Status.PASS)
    return Verdict(assertion, actual, Status.FAIL, details=finding.details, diff=finding.diff)


def _find(assertion: Assertion, actual: Value) -> Finding:
    entry = CATALOG.get(assertion.name)
    if entry is None:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    arguments = _arguments(entry, assertion.arguments)
    entry.check_arguments(*arguments)
    if actual.kind not in entry.actual:
        raise EvaluationError(ErrorCode.WRONG_KIND)
    return entry.body(actual, *arguments)


def _arguments(entry: Entry, given: Named) -> list[Value]:
    """Returns the arguments in catalog order; raises `EvaluationError` if they do not fit."""
    by_name = dict(given)
    names = {name for name, _ in entry.arguments}
    if len(by_name) != len(given) or by_name.keys() != names:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    for name, kinds in entry.arguments:
        if by_name[name].kind not in kinds:
            raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    return [by_name[name] for name, _ in entry.arguments]

"""Evaluates assertions (docs/kit/assertions.md, errors)."""

from __future__ import annotations

from dataclasses import dataclass

from testingkit.assertions.catalog import CATALOG
from testingkit.assertions.entry import Check, Entry, EvaluationError, Finding, accepts
from testingkit.assertions.model import (
    MAX_LEVELS,
    Argument,
    Arguments,
    Assertion,
    Status,
    Verdict,
)
from testingkit.assertions.text import verdict_text
from testingkit.value import ErrorCode, Text, Value


def evaluate(assertion: Assertion, actual: Value) -> Verdict:
    """Returns the verdict of an assertion on a value."""
    try:
        _check_levels(assertion)
        finding = _bind(assertion).find(actual)
    except EvaluationError as error:
        return Verdict(assertion, actual, Status.ERROR, code=error.code)
    return _verdict(assertion, actual, finding)


def _verdict(assertion: Assertion, actual: Value, finding: Finding) -> Verdict:
    if finding.passed:
        return Verdict(assertion, actual, Status.PASS)
    return Verdict(assertion, actual, Status.FAIL, details=finding.details, diff=finding.diff)


def _check_levels(assertion: Assertion, level: int = 1) -> None:
    if level > MAX_LEVELS:
        raise EvaluationError(ErrorCode.TOO_LARGE)
    for _, argument in assertion.arguments:
        if isinstance(argument, Value):
            continue
        for nested in (argument,) if isinstance(argument, Assertion) else argument:
            _check_levels(nested, level + 1)


@dataclass(frozen=True, slots=True)
class _Bound:
    """An assertion with its entry and valid arguments. It is a `Check`."""

    assertion: Assertion
    entry: Entry
    arguments: tuple[Value | Check | tuple[Check, ...], ...]

    def find(self, actual: Value) -> Finding:
        """Evaluates the assertion; may raise `EvaluationError`."""
        if actual.kind not in self.entry.actual:
            raise EvaluationError(ErrorCode.WRONG_KIND)
        return self.entry.body(actual, *self.arguments)

    def failure(self, actual: Value, finding: Finding) -> Text:
        """Returns the failure text for a finding that did not pass."""
        return Text(verdict_text(_verdict(self.assertion, actual, finding)))


def _bind(assertion: Assertion) -> _Bound:
    """Raises `EvaluationError` if the assertion or one in its arguments is not valid."""
    entry = CATALOG.get(assertion.name)
    if entry is None:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    arguments = _arguments(entry, assertion.arguments)
    entry.check_arguments(*arguments)
    return _Bound(assertion, entry, tuple(map(_bound, arguments)))


def _bound(argument: Argument) -> Value | Check | tuple[Check, ...]:
    if isinstance(argument, Value):
        return argument
    if isinstance(argument, Assertion):
        return _bind(argument)
    return tuple(map(_bind, argument))


def _arguments(entry: Entry, given: Arguments) -> list[Argument]:
    """Returns the arguments in catalog order; raises `EvaluationError` if they do not fit."""
    by_name = dict(given)
    names = {name for name, _ in entry.arguments}
    if len(by_name) != len(given) or by_name.keys() != names:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    for name, accepted in entry.arguments:
        if not accepts(accepted, by_name[name]):
            raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    return [by_name[name] for name, _ in entry.arguments]

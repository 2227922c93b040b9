"""Evaluates assertions (docs/kit/assertions.md, errors)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from testingkit.assertions.catalog import CATALOG
from testingkit.assertions.entry import (
    BoundShape,
    Check,
    Entry,
    EvaluationError,
    Finding,
    accepts,
)
from testingkit.assertions.model import (
    MAX_LEVELS,
    Argument,
    Arguments,
    Assertion,
    Status,
    Verdict,
)
from testingkit.assertions.shape import CheckShape, Shape, parts_of
from testingkit.assertions.text import shape_text, verdict_text
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


def _check_levels(nested: Assertion | Shape, level: int = 1) -> None:
    if level > MAX_LEVELS:
        raise EvaluationError(ErrorCode.TOO_LARGE)
    for part in _nested_in(nested):
        _check_levels(part, level + 1)


def _nested_in(outer: Assertion | Shape) -> Iterator[Assertion | Shape]:
    """Yields what is one level below an assertion or a shape."""
    if isinstance(outer, CheckShape):
        outer = outer.check
    if not isinstance(outer, Assertion):
        yield from parts_of(outer)
        return
    for _, argument in outer.arguments:
        if isinstance(argument, tuple):
            yield from argument
        elif not isinstance(argument, Value):
            yield argument


@dataclass(frozen=True, slots=True)
class _Bound:
    """An assertion with its entry and valid arguments. It is a `Check`."""

    assertion: Assertion
    entry: Entry
    arguments: tuple[_BoundArgument, ...]

    def find(self, actual: Value) -> Finding:
        """Evaluates the assertion; may raise `EvaluationError`."""
        if actual.kind not in self.entry.actual:
            raise EvaluationError(ErrorCode.WRONG_KIND)
        return self.entry.body(actual, *self.arguments)

    def failure(self, actual: Value, finding: Finding) -> Text:
        """Returns the failure text for a finding that did not pass."""
        return Text(verdict_text(_verdict(self.assertion, actual, finding)))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape whose assertions are valid. It is a `BoundShape`."""

    shape: Shape
    check: Check | None
    parts: tuple[BoundShape, ...]

    def text(self) -> Text:
        """Returns the text of the shape."""
        return Text(shape_text(self.shape))


_BoundArgument = Value | Check | tuple[Check, ...] | BoundShape


def _bind(assertion: Assertion) -> _Bound:
    """Raises `EvaluationError` if the assertion or one in its arguments is not valid."""
    entry = CATALOG.get(assertion.name)
    if entry is None:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    arguments = _arguments(entry, assertion.arguments)
    entry.check_arguments(*arguments)
    return _Bound(assertion, entry, tuple(map(_bound, arguments)))


def _bound(argument: Argument) -> _BoundArgument:
    if isinstance(argument, Value):
        return argument
    if isinstance(argument, Assertion):
        return _bind(argument)
    if isinstance(argument, tuple):
        return tuple(map(_bind, argument))
    return _bind_shape(argument)


def _bind_shape(shape: Shape) -> BoundShape:
    check = _bind(shape.check) if isinstance(shape, CheckShape) else None
    return _Shape(shape, check, tuple(map(_bind_shape, parts_of(shape))))


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

"""Evaluates assertions on native values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from testingkit.assertions import (
    CATALOG,
    Assertion,
    Shape,
    Status,
    Verdict,
    evaluate,
    verdict_text,
)
from testingkit.native.assertion import Checks, NativeAssertion, NativeShape
from testingkit.native.failures import AssertionFailed
from testingkit.native.shapes import shape_of
from testingkit.value import ConversionError, ErrorCode, Null, Value, to_value

__tracebackhide__ = True

_FAILED = " failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The actual value or an argument that does not convert.

    Attributes:
        name: `actual`, or the name of the argument; `checks[1].low` or `shape.id.low` if it is of a
            nested assertion.
        error: Why.
    """

    name: str
    error: ConversionError

    def line(self) -> str:
        """Returns its line of the failure text."""
        error, cause = self.error, self.error.__cause__
        reason = (
            "" if cause is None else f": {type(cause).__name__}: {cause}".replace("\n", "\n    ")
        )
        return f"  {self.name}: {error.native_type} at {error.path} does not convert{reason}"


def failure_of(native: NativeAssertion, actual: object, note: str = "") -> AssertionFailed | None:
    """Returns the failure of an assertion, or None if it passes."""
    refusals: list[Refusal] = []
    value = _value("actual", actual, refusals)
    assertion = _assertion(native, refusals, note=note)
    if value is None or refusals:
        return _refused(assertion, refusals)
    verdict = evaluate(assertion, value)
    if verdict.status is Status.PASS:
        return None
    return AssertionFailed(verdict_text(verdict), verdict)


def are_the_same(one: NativeAssertion, other: NativeAssertion) -> bool:
    """Returns whether two assertions have the same name and arguments."""
    refusals: list[Refusal] = []
    same = _assertion(one, refusals) == _assertion(other, refusals)
    return one is other or (same and not refusals)


def call_text(native: NativeAssertion) -> str:
    """Returns the assertion as in a failure text, without arguments that do not convert."""
    return _line_1(_assertion(native, [])).removesuffix(_FAILED)


def _line_1(assertion: Assertion, code: ErrorCode | None = None) -> str:
    status = Status.FAIL if code is None else Status.ERROR
    return verdict_text(Verdict(assertion, Null(), status, code)).partition("\n")[0]


def _value(name: str, native: object, refusals: list[Refusal]) -> Value | None:
    """Returns the value, or None and a further refusal."""
    try:
        return to_value(native)
    except ConversionError as error:
        refusals.append(Refusal(name, error))
        return None


def _assertion(
    native: NativeAssertion, refusals: list[Refusal], outer: str = "", note: str = ""
) -> Assertion:
    """Returns the assertion with the arguments that convert; the others become refusals."""
    names = (name for name, _ in CATALOG[native.name].arguments)
    given = zip(names, native.arguments, strict=True)
    converted = ((name, _argument(outer + name, argument, refusals)) for name, argument in given)
    arguments = tuple((name, argument) for name, argument in converted if argument is not None)
    return Assertion(native.name, arguments, note)


def _argument(name: str, native: object, refusals: list[Refusal]) -> Any:
    if isinstance(native, NativeAssertion):
        return _assertion(native, refusals, f"{name}.")
    if isinstance(native, Checks):
        if not native.are_valid():
            return _value(name, native.items, refusals)
        items = enumerate(native.items)
        return tuple(_argument(f"{name}[{place}]", item, refusals) for place, item in items)
    if isinstance(native, NativeShape):
        return _shape(name, native, refusals)
    return _value(name, native, refusals)


def _shape(name: str, native: NativeShape, refusals: list[Refusal]) -> Shape | None:
    """Returns the shape, or None and a further refusal."""
    try:
        return shape_of(
            native.native,
            lambda matcher, path: _assertion(matcher, refusals, f"{name}{path}."),
        )
    except ConversionError as error:
        refusals.append(Refusal(name, error))
        return None


def _refused(assertion: Assertion, refusals: Sequence[Refusal]) -> AssertionFailed:
    """Returns the failure of the first refusal's code, with a line for each."""
    first = refusals[0].error
    lines = [_line_1(assertion, first.code), *(refusal.line() for refusal in refusals)]
    if assertion.note:
        lines.append("  note: " + assertion.note.replace("\n", "\n    "))
    failure = AssertionFailed("\n".join(lines))
    failure.__cause__ = first.__cause__
    return failure

"""Evaluates assertions on native values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from testingkit.assertions import CATALOG, Assertion, Status, Verdict, evaluate, verdict_text
from testingkit.native.failures import AssertionFailed
from testingkit.native.types import ListOf
from testingkit.value import ConversionError, Null, Text, Value, to_value

__tracebackhide__ = True

_FAILED = " failed"


class NativeAssertion:
    """The name of an assertion, and its native arguments in catalog order."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, *arguments: object) -> None:
        self.name = name
        self.arguments = arguments


class Checks:
    """The argument of an assertion that takes a list of assertions."""

    __slots__ = ("items",)

    def __init__(self, items: ListOf[NativeAssertion]) -> None:
        self.items = tuple(items)


def failure_of(native: NativeAssertion, actual: object, note: str = "") -> AssertionFailed | None:
    """Returns the failure of an assertion, or None if it passes."""
    conversion = _Conversion()
    # Actual first: the first error is reported.
    value = conversion.value("actual", actual)
    assertion = conversion.assertion(native, note)
    if conversion.error is not None:
        return _not_converted(assertion, value, conversion.what, conversion.error)
    verdict = evaluate(assertion, value)
    if verdict.status is Status.PASS:
        return None
    return AssertionFailed(verdict_text(verdict), verdict)


def converted(native: NativeAssertion) -> Assertion:
    """Returns the assertion of the kit. An argument that does not convert is a text in it."""
    return _Conversion().assertion(native)


def call_text(native: NativeAssertion) -> str:
    """Returns the assertion as line 1 of a failure text has it: `is_between(low: 1, high: 10)`."""
    text = verdict_text(Verdict(converted(native), Null(), Status.FAIL))
    return text.partition("\n")[0].removesuffix(_FAILED)


class _Conversion:
    """Converts the native values of one assertion, and keeps the first error."""

    def __init__(self) -> None:
        self.error: ConversionError | None = None
        self.what = ""

    def value(self, what: str, native: object) -> Value:
        try:
            return to_value(native)
        except ConversionError as error:
            if self.error is None:
                self.error, self.what = error, what
            return Text(f"<{type(native).__name__}>")

    def assertion(self, native: NativeAssertion, note: str = "") -> Assertion:
        names = (name for name, _ in CATALOG[native.name].arguments)
        arguments = tuple(
            (name, self._argument(name, argument))
            for name, argument in zip(names, native.arguments, strict=True)
        )
        return Assertion(native.name, arguments, note)

    def _argument(self, name: str, native: object) -> Any:
        if isinstance(native, NativeAssertion):
            return self.assertion(native)
        if isinstance(native, Checks):
            return tuple(self._argument(name, item) for item in native.items)
        return self.value(f"argument {name}", native)


def _not_converted(
    assertion: Assertion, actual: Value, what: str, error: ConversionError
) -> AssertionFailed:
    verdict = Verdict(assertion, actual, Status.ERROR, code=error.code)
    failure = AssertionFailed("\n".join([verdict_text(verdict), *_reason(what, error)]), verdict)
    failure.__cause__ = error.__cause__
    return failure


def _reason(what: str, error: ConversionError) -> Iterator[str]:
    yield f"  not converted: {what} at {error.path}, of the type {error.native_type}"
    if (cause := error.__cause__) is not None:
        message = str(cause).replace("\n", "\n    ")
        yield f"  raised: {type(cause).__name__}: {message}"

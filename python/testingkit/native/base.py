"""What the methods of `Subject` have in common."""

from __future__ import annotations

from typing import Self

from testingkit.native.assertion import NativeAssertion
from testingkit.native.evaluation import failure_of
from testingkit.native.failures import AssertionFailed
from testingkit.native.fast import passes_fast
from testingkit.render import truncated
from testingkit.value import ConversionError, to_value

__tracebackhide__ = True


class BaseSubject:
    """A value with assertions as methods, which return the subject, so that calls chain."""

    __slots__ = ("_actual", "_note")
    _style = ""

    def __init__(self, actual: object, note: str = "") -> None:
        self._actual = actual
        self._note = note

    def _check(self, name: str, *arguments: object) -> Self:
        if not passes_fast(name, self._actual, arguments):
            failure = failure_of(NativeAssertion(name, *arguments), self._actual, self._note)
            if failure is not None:
                self._report(failure)
        return self

    def _report(self, failure: AssertionFailed) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        try:
            return f"{self._style}({truncated(to_value(self._actual))})"
        except ConversionError:
            return f"{self._style}(<{type(self._actual).__name__}>)"

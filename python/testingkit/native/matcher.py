"""Matchers: assertions that are compared with values by `==`."""

from __future__ import annotations

from typing import ClassVar

from testingkit.native.assertion import NativeAssertion
from testingkit.native.evaluation import are_the_same, call_text, failure_of
from testingkit.native.fast import passes_fast

__tracebackhide__ = True


class Matcher(NativeAssertion):
    """An assertion that equals the values for which it passes.

    It can be a part of a larger value, as in `assert order == {"total": match.is_between(1, 10)}`,
    an argument of `assert_called_with`, and an argument of an assertion. For a value on which it is
    an ERROR, `==` and `!=` are both False. Two matchers are equal if they are the same assertion.
    """

    __slots__ = ()
    __hash__: ClassVar[None]  # type: ignore[assignment]  # it equals values of any hash

    def __eq__(self, actual: object) -> bool:
        if isinstance(actual, Matcher):
            return are_the_same(self, actual)
        return passes_fast(self.name, actual, self.arguments) or failure_of(self, actual) is None

    def __ne__(self, actual: object) -> bool:
        if isinstance(actual, Matcher):
            return not are_the_same(self, actual)
        failure = failure_of(self, actual)
        return failure is not None and not failure.is_error

    def explain(self, actual: object) -> str:
        """Returns the failure text for a value, or an empty text if the assertion passes."""
        failure = failure_of(self, actual)
        return "" if failure is None else str(failure)

    def __repr__(self) -> str:
        return call_text(self)

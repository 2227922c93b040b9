"""`require`, which stops the test, and `expect`, which collects failures."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from types import FrameType

from testingkit.native.failures import AssertionFailed
from testingkit.native.groups import Group, open_group
from testingkit.native.subject import Subject

__tracebackhide__ = True

_PACKAGE = "testingkit.native."


class _Required(Subject):
    __slots__ = ()
    _style = "require"

    def _report(self, failure: AssertionFailed) -> None:
        raise failure


class _Expected(Subject):
    __slots__ = ()
    _style = "expect"

    def _report(self, failure: AssertionFailed) -> None:
        group = open_group()
        if group is None:
            raise failure
        group.add(failure, _caller())


def require(actual: object, *, note: str = "") -> Subject:
    """Returns a subject whose assertions raise `AssertionFailed` at once.

    Args:
        actual: The value that the assertions are about.
        note: A text for the failure, such as what the value is.
    """
    return _Required(actual, note)


class Expect:
    """The type of `expect`."""

    def __call__(self, actual: object, *, note: str = "") -> Subject:
        """Returns a subject whose failures are collected.

        They go to the innermost open group, or else to the test that the pytest plugin runs.
        Without either, an assertion raises `AssertionFailed` at once, as after `require`.

        Args:
            actual: The value that the assertions are about.
            note: A text for the failure, such as what the value is.
        """
        return _Expected(actual, note)

    def group(self) -> AbstractContextManager[None]:
        """Returns a context manager that raises `ExpectationsFailed` at its end."""
        return Group()


expect = Expect()


def _caller() -> FrameType:
    """Returns the nearest frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        frame = frame.f_back
    return frame

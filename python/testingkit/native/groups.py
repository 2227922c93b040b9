"""The groups that collect the failures of `expect`. The innermost open one gets a failure."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar, Token
from pathlib import Path
from types import FrameType, TracebackType

from testingkit.native.failures import (
    AssertionFailed,
    Collected,
    ExpectationsFailed,
    text_of,
)

__tracebackhide__ = True

# The groups of running tests, innermost last. They collect in every thread and context.
_of_tests: list[Group] = []
_innermost: ContextVar[Group | None] = ContextVar("_innermost", default=None)


class Group:
    """Collects the failures of `expect` in a `with` block, and raises them at its end.

    An exception that leaves the block is the cause of the error that is raised. One that ends more
    than the test, such as `KeyboardInterrupt`, passes: its failures go to the group outside, or are
    added to it as a note.
    """

    def __init__(self) -> None:
        self._failures: list[Collected] = []
        self._outer: Group | None = None
        self._open = False
        self._token: Token[Group | None] | None = None

    def __enter__(self) -> None:
        self._failures = []
        self._outer = open_group()
        self._open = True
        self._token = _innermost.set(self)

    def __exit__(
        self,
        _type: type[BaseException] | None,
        raised: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._open = False
        if self._token is not None:
            # An asynchronous fixture can end in another context than it began in.
            with suppress(ValueError):
                _innermost.reset(self._token)
        if not self._failures:
            return
        if raised is None or self.is_cause(raised):
            text = text_of(self._failures, raised)
            raise ExpectationsFailed(text, self._failures) from raised
        outer = open_group()
        if outer is None:
            raised.add_note(text_of(self._failures))
        else:
            outer._failures += self._failures

    def is_cause(self, raised: BaseException) -> bool:
        """Returns whether what was raised becomes the cause of the failure."""
        return isinstance(raised, Exception)

    def add(self, failure: AssertionFailed, caller: FrameType) -> None:
        """Adds a failure."""
        self._failures.append(Collected(_place(caller), failure))

    def innermost_open(self) -> Group | None:
        """Returns this group, or the nearest one around it that has not ended."""
        group: Group | None = self
        while group is not None and not group._open:
            group = group._outer
        return group


class TestGroup(Group):
    """The group of a test, which also collects in the threads that the test starts."""

    def __enter__(self) -> None:
        super().__enter__()
        _of_tests.append(self)

    def __exit__(
        self,
        of_type: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _of_tests.remove(self)
        super().__exit__(of_type, raised, traceback)


def open_group() -> Group | None:
    """Returns the innermost open group of this thread or task, or that of the running test."""
    group = _innermost.get()
    found = group and group.innermost_open()
    return found or (_of_tests[-1] if _of_tests else None)


def _place(caller: FrameType) -> str:
    path = Path(caller.f_code.co_filename)
    folder = Path.cwd()
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    return f"{shown}:{caller.f_lineno}"

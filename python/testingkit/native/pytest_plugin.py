"""The pytest plugin: failures as texts, and the failures of `expect` at the end of a test.

pytest loads it in every run, so it loads the kit only for the fixtures and with -vv.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import ExceptionRepr

from testingkit.native.failures import AssertionFailed, ExpectationsFailed
from testingkit.native.groups import TestGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from testingkit.native.styles import Expect
    from testingkit.native.subject import Subject

_FAILURES = (AssertionFailed, ExpectationsFailed)
_CAUSES = (Exception, pytest.fail.Exception, pytest.skip.Exception, pytest.xfail.Exception)
_COLLECTED = pytest.StashKey[ExpectationsFailed | None]()
_THIS_FILE = Path(__file__).name
_NAMES = tuple(f"{failure.__module__}.{failure.__qualname__}: " for failure in _FAILURES)


@pytest.fixture(scope="session")
def require() -> Callable[..., Subject]:
    """`testingkit.require`: assertions that stop the test."""
    from testingkit import require

    return require


@pytest.fixture(scope="session")
def expect() -> Expect:
    """`testingkit.expect`: assertions whose failures are shown at the end of the test."""
    from testingkit import expect

    return expect


class _TestGroup(TestGroup):
    """Collects the failures of a phase of a test."""

    def is_cause(self, raised: BaseException) -> bool:
        return isinstance(raised, _CAUSES) and not isinstance(raised, pytest.exit.Exception)


def _collecting(item: pytest.Item) -> Generator[None, object, object]:
    try:
        with _TestGroup():
            return (yield)
    except ExpectationsFailed as error:
        item.stash[_COLLECTED] = error
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Collects the failures of `expect` in fixtures."""
    return (yield from _collecting(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Collects the failures of `expect` in the test."""
    return (yield from _collecting(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Collects the failures of `expect` in the ends of fixtures."""
    return (yield from _collecting(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows a failure as its text and the lines that led to it, whole values with -vv."""
    report = yield
    if call.excinfo is None:
        return report
    error = call.excinfo.value
    collected = item.stash.get(_COLLECTED, None)
    item.stash[_COLLECTED] = None
    if report.failed and isinstance(error, _FAILURES):
        if item.config.getoption("tbstyle", "auto") == "auto":
            report.longrepr = pytest.Item.repr_failure(item, call.excinfo, style="short")
        _simplify(report.longrepr, item)
        if item.config.get_verbosity() > 1:
            _add_values(report.longrepr, error)
    if collected is not None and collected is not error:
        _add_collected(report, collected)
    return report


def _add_collected(report: pytest.TestReport, collected: ExpectationsFailed) -> None:
    """Adds failures to the report of a test of unittest, which is about what unittest caught."""
    if report.skipped:
        report.longrepr = str(collected)
    else:
        report.sections.append(("failures of expect", str(collected)))
    report.outcome = "failed"


def _simplify(shown: Any, item: pytest.Item) -> None:
    """Removes what is of the kit: the names of its errors, and the place where a test ended."""
    for entries, crash, _ in getattr(shown, "chain", ()):
        for entry in entries.reprentries:
            lines = [_without_name(line) for line in getattr(entry, "lines", ())]
            place = getattr(entry, "reprfileloc", None)
            if place is not None and place.path.endswith(_THIS_FILE):
                entry.reprfileloc = None
                lines = list(dropwhile(_is_of_source, lines))
            entry.lines = lines
        if crash is not None:
            crash.message = _without_name(crash.message)
            if crash.path == __file__:
                crash.path, crash.lineno = str(item.path), (item.location[1] or 0) + 1


def _is_of_source(line: str) -> bool:
    return not line.startswith("E ")


def _without_name(line: str) -> str:
    for name in _NAMES:
        line = line.replace(name, "", 1)
    return line


def _add_values(shown: Any, error: BaseException) -> None:
    if not isinstance(shown, ExceptionRepr):
        return
    for failure in _failures_in(error):
        if values := "".join(_value_lines(failure)):
            shown.addsection("whole values", values.removesuffix("\n"))


def _failures_in(error: BaseException) -> Iterator[AssertionFailed]:
    if isinstance(error, AssertionFailed):
        yield error
    elif isinstance(error, ExpectationsFailed):
        yield from (collected.failure for collected in error.failures)


def _value_lines(failure: AssertionFailed) -> Iterator[str]:
    from testingkit.render import expanded
    from testingkit.value import Value

    if failure.verdict is None:
        return
    named = (("actual", failure.verdict.actual), *failure.verdict.assertion.arguments)
    for name, value in named:
        if isinstance(value, Value):
            yield f"{name}:\n{expanded(value)}"


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """Returns the failure text for `assert value == match.is_even()`."""
    if op != "==" or "testingkit.native.matcher" not in sys.modules:
        return None
    from testingkit.native.evaluation import failure_of
    from testingkit.native.matcher import Matcher

    for matcher, actual in ((right, left), (left, right)):
        if isinstance(matcher, Matcher) and not isinstance(actual, Matcher):
            failure = failure_of(matcher, actual)
            values = _value_lines(failure) if failure and config.get_verbosity() > 1 else ()
            return "\n".join([str(failure), *values]).rstrip("\n").split("\n")
    return None

# ruff: noqa: PT012, SIM117 - what a group raises at its end
from __future__ import annotations

import asyncio
import pickle
import re
import threading
from collections.abc import Callable
from contextvars import Context

import pytest

from testingkit import AssertionFailed, ExpectationsFailed, expect, require
from testingkit.native import groups

THIS_FILE = re.compile(r"\S*test_expect\.py:\d+")


def without_plugin(test: Callable[[], None]) -> Callable[[], None]:
    """Runs a test without the group of the pytest plugin."""

    def run() -> None:
        running = groups._of_tests.copy()
        groups._of_tests.clear()
        try:
            Context().run(test)
        finally:
            groups._of_tests.extend(running)

    return run


def text(error: BaseException) -> str:
    return THIS_FILE.sub("HERE", str(error))


@without_plugin
def test_without_a_group_the_first_failure_is_raised() -> None:
    with pytest.raises(AssertionFailed, match=r"equal\(expected: 2\) failed"):
        expect(1).equal(2).equal(3)


def test_a_group_without_failures_passes() -> None:
    with expect.group():
        expect(1).equal(1)


def test_a_group_raises_all_failures_at_its_end() -> None:
    reached = False
    with pytest.raises(ExpectationsFailed) as caught, expect.group():
        expect(1, note="n").equal(2).is_odd()
        expect("a").is_positive()
        reached = True
    assert reached
    assert text(caught.value) == (
        "2 expectations failed\n\n"
        "1) HERE\nequal(expected: 2) failed\n  actual: 1\n  note: n\n\n"
        '2) HERE\nis_positive() error: wrong_kind\n  actual: "a"'
    )
    lines = [int(one.place.rpartition(":")[2]) for one in caught.value.failures]
    assert lines[1] == lines[0] + 1
    assert isinstance(caught.value, AssertionError)


def test_an_exception_that_leaves_a_group_is_the_cause() -> None:
    with pytest.raises(ExpectationsFailed) as caught, expect.group():
        expect(1).equal(2)
        raise KeyError("k")
    assert text(caught.value).startswith(
        "1 expectation failed, then KeyError was raised\n\n1) HERE"
    )
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(KeyError), expect.group():
        raise KeyError("k")


@without_plugin
def test_the_failures_before_an_interrupt_are_not_lost() -> None:
    with pytest.raises(KeyboardInterrupt) as caught, expect.group():
        expect(1).equal(2)
        raise KeyboardInterrupt
    assert caught.value.__notes__[0].startswith("1 expectation failed\n\n1) ")
    with pytest.raises(ExpectationsFailed), expect.group():
        with pytest.raises(KeyboardInterrupt), expect.group():
            expect(1).equal(2)
            raise KeyboardInterrupt


def test_the_innermost_group_collects() -> None:
    with pytest.raises(ExpectationsFailed) as outer, expect.group():
        expect(1).equal(2)
        with pytest.raises(ExpectationsFailed) as inner, expect.group():
            expect(3).equal(4)
        expect(5).equal(6)
    assert (len(outer.value.failures), len(inner.value.failures)) == (2, 1)


def test_the_failures_of_a_group_can_be_pickled() -> None:
    with pytest.raises(ExpectationsFailed) as caught, expect.group():
        expect(1).equal(2)
        raise KeyError("k")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - its own pickle
    assert str(copy) == str(caught.value)
    assert [one.place for one in copy.failures] == [one.place for one in caught.value.failures]


def test_the_message_has_the_first_hundred_failures() -> None:
    with pytest.raises(ExpectationsFailed) as caught, expect.group():
        for number in range(102):
            expect(number).is_negative()
    text = str(caught.value)
    assert text.startswith("102 expectations failed\n\n1) ")
    assert text.endswith("\n  actual: 99\n\n… 2 more")
    assert len(caught.value.failures) == 102


def test_a_group_can_end_in_another_context() -> None:
    group = expect.group()
    Context().run(group.__enter__)
    group.__exit__(None, None, None)


def test_a_group_that_is_used_again_begins_empty() -> None:
    group = expect.group()
    with pytest.raises(ExpectationsFailed), group:
        expect(1).equal(2)
    with group:
        expect(1).equal(1)


def test_require_in_a_group_stops_it() -> None:
    with pytest.raises(ExpectationsFailed) as caught, expect.group():
        expect(1).equal(2)
        require(1).equal(3)
        raise AssertionError("not reached")
    assert isinstance(caught.value.__cause__, AssertionFailed)


def test_a_task_adds_to_the_group_around_it() -> None:
    async def check(number: int) -> None:
        await asyncio.sleep(0)
        expect(number).is_negative()

    async def checks() -> None:
        with expect.group():
            await asyncio.gather(check(1), check(2))

    with pytest.raises(ExpectationsFailed) as caught:
        asyncio.run(checks())
    assert len(caught.value.failures) == 2


@without_plugin
def test_a_task_that_outlives_its_group_fails_at_once() -> None:
    async def checks() -> BaseException | None:
        async def check() -> None:
            await ended.wait()
            expect(1).equal(2)

        ended = asyncio.Event()
        with expect.group():
            task = asyncio.create_task(check())
        ended.set()
        await asyncio.wait([task])
        return task.exception()

    assert isinstance(asyncio.run(checks()), AssertionFailed)


def in_thread() -> list[AssertionFailed]:
    """Returns what an expectation raises in a new thread."""
    caught: list[AssertionFailed] = []

    def check() -> None:
        try:
            expect(1).equal(2)
        except AssertionFailed as failure:
            caught.append(failure)

    thread = threading.Thread(target=check)
    thread.start()
    thread.join()
    return caught


def test_a_thread_adds_to_the_running_test_alone() -> None:
    with expect.group(), pytest.raises(ExpectationsFailed) as collected, groups.TestGroup():
        assert in_thread() == []
    assert len(collected.value.failures) == 1


@without_plugin
def test_a_thread_has_no_group() -> None:
    with expect.group():
        assert len(in_thread()) == 1

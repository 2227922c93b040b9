"""Interrupts end waits, and a process that ignores its children gets to see their ends."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from testingkit.conformance.engine.interrupts import (
    keeping_signal_handlers,
    require_ends_of_children,
    run_aside,
    run_interruptibly,
)
from testingkit.conformance.errors import UsageError


@pytest.fixture
def ignored() -> Iterator[None]:
    """Ignores SIGCHLD."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


@pytest.mark.usefixtures("ignored")
def test_ignored_sigchld_is_restored_after_a_run() -> None:
    with keeping_signal_handlers():
        require_ends_of_children()
        assert signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN


@pytest.mark.usefixtures("ignored")
def test_ignored_sigchld_is_an_error_in_another_thread() -> None:
    raised: list[UsageError] = []

    def require() -> None:
        with pytest.raises(UsageError, match="this process ignores SIGCHLD") as error:
            require_ends_of_children()
        raised.append(error.value)

    thread = threading.Thread(target=require)
    thread.start()
    thread.join()
    assert raised


def test_work_aside_returns_its_result_or_raises_its_error() -> None:
    async def work() -> None:
        assert await run_aside(lambda: 7) == 7
        with pytest.raises(UsageError, match="no"):
            await run_aside(_refuse)

    asyncio.run(work())


def _refuse() -> None:
    raise UsageError("no")


def test_cancellation_does_not_wait_for_work_aside() -> None:
    release = threading.Event()

    async def work() -> None:
        waiting = asyncio.create_task(run_aside(release.wait))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()

    asyncio.run(work())  # returns although the work goes on
    release.set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_work_outlasts_is_not_lost(number: signal.Signals) -> None:
    """Work that never waits cannot be cancelled, and has a result."""

    async def work() -> str:
        os.kill(os.getpid(), number)
        return "result"

    with keeping_signal_handlers():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        assert run_interruptibly(work(), keeps_result=True) == "result"
    with keeping_signal_handlers():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt):
            run_interruptibly(work())

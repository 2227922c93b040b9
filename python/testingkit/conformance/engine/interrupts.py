"""Interrupting a run: the first SIGINT or SIGTERM ends it in good order, and no other does more."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

_T = TypeVar("_T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_interruptibly(work: Coroutine[object, object, _T]) -> _T:
    """Runs a coroutine, which the first signal cancels.

    What follows is quick: runners are killed, and what is left open is written down. A second
    signal, from somebody who is impatient, would only cost them their event log or what is printed
    of it: from the first one on, signals have no effect until the process ends.

    Raises:
        KeyboardInterrupt: It was interrupted, and did not make a result of that.
    """
    interruption = _Interruption()
    # Set before the loop starts and for as long as it ends, so that no moment is left out. What a
    # shell has its background commands ignore stays ignored.
    before = {
        number: signal.signal(number, interruption)
        for number in (_SIGNALS if _is_main_thread() else ())
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        return asyncio.run(interruption.cancelling(work))
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error
    finally:
        if not interruption.has_come:
            for number, handler in before.items():
                signal.signal(number, handler)


def _is_main_thread() -> bool:
    """Returns whether this thread may set signal handlers."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def keeping_signal_handlers() -> Iterator[None]:
    """Restores the signal handlers at the end, for a process that goes on after an interrupt."""
    before = {
        number: handler
        for number in (_SIGNALS if _is_main_thread() else ())
        if (handler := signal.getsignal(number)) is not None
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Interruption:
    """A signal handler that cancels a task, once."""

    def __init__(self) -> None:
        self.has_come = False
        self._task: asyncio.Task[object] | None = None

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Takes a signal: Python calls it between two of its instructions, wherever these are."""
        if not self.has_come:
            self.has_come = True
            if self._task is not None and not self._task.done():
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    async def cancelling(self, work: Coroutine[object, object, _T]) -> _T:
        """Does the work in a task that a signal cancels."""
        task = asyncio.ensure_future(work)
        self._task = task
        if self.has_come:
            task.cancel()
        return await task

"""Ends a run in good order at the first SIGINT or SIGTERM, and ignores later ones."""

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
    """Runs a coroutine and returns its result; the first SIGINT or SIGTERM cancels it.

    After it, runners are killed and unfinished cases are recorded, which is quick. A second signal
    could only lose the event log or the output, so signals are ignored until the process ends.

    Raises:
        KeyboardInterrupt: The coroutine was cancelled and returned no result.
    """
    interruption = _Interruption()
    # Handlers are set before the loop starts and kept until it has ended, so that no signal is
    # lost. Signals that a shell ignores for background commands stay ignored.
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
        """Takes a signal; Python calls this between any two instructions."""
        if not self.has_come:
            self.has_come = True
            if self._task is not None and not self._task.done():
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    async def cancelling(self, work: Coroutine[object, object, _T]) -> _T:
        """Runs the work in a task that a signal cancels, and returns its result."""
        task = asyncio.ensure_future(work)
        self._task = task
        if self.has_come:
            task.cancel()
        return await task

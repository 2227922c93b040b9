"""Ends a run in good order at the first SIGINT or SIGTERM, and ignores later ones."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from testingkit.conformance.errors import UsageError

_T = TypeVar("_T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_IGNORES_CHILDREN = (
    "this process ignores SIGCHLD, so the end of a runner cannot be seen; call "
    "signal.signal(signal.SIGCHLD, signal.SIG_DFL) in its main thread"
)


def run_interruptibly(work: Coroutine[object, object, _T], *, keeps_result: bool = False) -> _T:
    """Runs a coroutine and returns its result; the first SIGINT or SIGTERM cancels it.

    After it, runners are killed and unfinished cases are recorded, which is quick. A second signal
    could only lose the event log or the output, so signals are ignored until the process ends.

    Args:
        work: The coroutine.
        keeps_result: A result that it returns after a signal counts, as that of a run does.

    Raises:
        KeyboardInterrupt: A signal has come, and there is no result, or none that counts.
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
        result = asyncio.run(interruption.cancelling(work))
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error
    finally:
        if not interruption.has_come:
            for number, handler in before.items():
                signal.signal(number, handler)
    if interruption.has_come and not keeps_result:
        raise KeyboardInterrupt
    return result


async def run_aside(work: Callable[[], _T]) -> _T:
    """Returns the result of work that takes long, and lets a cancellation end the wait for it.

    The thread is a daemon, unlike those of `asyncio.to_thread`: nothing waits for it at the end.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[_T] = loop.create_future()

    def settle(set_result: Callable[[], None]) -> None:
        if not result.done():
            set_result()

    def run() -> None:
        try:
            value = work()
        except BaseException as error:  # noqa: BLE001 - raised where the result is awaited
            call = functools.partial(result.set_exception, error)
        else:
            call = functools.partial(result.set_result, value)
        with contextlib.suppress(RuntimeError):  # The loop has ended.
            loop.call_soon_threadsafe(settle, call)

    threading.Thread(target=run, daemon=True).start()
    return await result


def _is_main_thread() -> bool:
    """Returns whether this thread may set signal handlers."""
    return threading.current_thread() is threading.main_thread()


def require_ends_of_children() -> None:
    """Ensures that the ends of child processes can be seen, in a process that ignores SIGCHLD.

    Raises:
        UsageError: It ignores SIGCHLD, and this is not its main thread.
    """
    if signal.getsignal(signal.SIGCHLD) is not signal.SIG_IGN:
        return
    if not _is_main_thread():
        raise UsageError(_IGNORES_CHILDREN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


@contextmanager
def keeping_signal_handlers() -> Iterator[None]:
    """Restores the signal handlers at the end, for a process that goes on after an interrupt."""
    before = {
        number: handler
        for number in ((*_SIGNALS, signal.SIGCHLD) if _is_main_thread() else ())
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

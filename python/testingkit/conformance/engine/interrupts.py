"""Interrupting a run: the first SIGINT or SIGTERM ends it in good order, and no other does more."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import TypeVar

_T = TypeVar("_T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_interruptibly(work: Coroutine[object, object, _T]) -> _T:
    """Runs a coroutine, which the first signal cancels.

    What follows is quick: runners are killed, and what is left open is written down. A second
    signal, from somebody who is impatient, would only cost them their event log.

    Raises:
        KeyboardInterrupt: It was interrupted, and did not make a result of that.
    """
    try:
        return asyncio.run(_interruptible(work))
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error


async def _interruptible(work: Coroutine[object, object, _T]) -> _T:
    task = asyncio.ensure_future(work)
    with _cancelling(task):
        return await task


def _is_main_thread() -> bool:
    """Returns whether this thread may handle signals."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _cancelling(task: asyncio.Task[_T]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    # What a shell has its background commands ignore stays ignored.
    before = {
        number: handler
        for number in (_SIGNALS if _is_main_thread() else ())
        if (handler := signal.getsignal(number)) is not signal.SIG_IGN
    }
    is_cancelled = False

    def interrupt() -> None:
        nonlocal is_cancelled
        if not is_cancelled:
            task.cancel()
        is_cancelled = True

    for number in before:
        loop.add_signal_handler(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

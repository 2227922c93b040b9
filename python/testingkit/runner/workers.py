"""Threads that run synchronous handlers away from the event loop.

This does not use ``concurrent.futures``, because the interpreter joins its threads at exit: a
handler that never returns would keep the runner from ending.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar, cast

from testingkit.runner import limits

_Job = Callable[[], None]
_Result = TypeVar("_Result")


class Workers:
    """A pool of daemon threads that grows with the number of concurrent jobs."""

    def __init__(self) -> None:
        self._idle: list[SimpleQueue[_Job]] = []

    def run(self, function: Callable[[], _Result]) -> asyncio.Future[_Result]:
        """Runs the function on a thread and returns a future of the running event loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Result] = loop.create_future()

        def settle(result: _Result | None, error: BaseException | None) -> None:
            if future.cancelled():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(cast(_Result, result))

        def job() -> None:
            result: _Result | None = None
            problem: BaseException | None = None
            try:
                result = function()
            except BaseException as error:  # Else the thread would end and its caller wait forever.
                problem = error
            with contextlib.suppress(
                RuntimeError
            ):  # The loop is closed, so nothing waits for the result.
                loop.call_soon_threadsafe(settle, result, problem)

        inbox = self._idle.pop() if self._idle else self._started()
        inbox.put(job)
        return future

    def _started(self) -> SimpleQueue[_Job]:
        inbox: SimpleQueue[_Job] = SimpleQueue()
        default = threading.stack_size(limits.STACK_BYTES)
        try:
            self._start_thread(inbox)
        except RuntimeError:  # A memory limit leaves no room for such a stack.
            threading.stack_size(default)
            self._start_thread(inbox)
        finally:
            threading.stack_size(default)
        return inbox

    def _start_thread(self, inbox: SimpleQueue[_Job]) -> None:
        threading.Thread(target=self._work, args=(inbox,), daemon=True).start()

    def _work(self, inbox: SimpleQueue[_Job]) -> None:
        while True:
            inbox.get()()
            self._idle.append(inbox)

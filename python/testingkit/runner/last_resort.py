"""Sees to it that a runner whose end was asked for ends, whatever its handlers do.

A coroutine that blocks the event loop, or that does not let itself be cancelled, would otherwise
keep the process, and whoever started it would have an orphan.
"""

import enum
import os
import queue
import threading
import time

from testingkit.runner import limits


class _Stage(enum.Enum):
    BEGUN = enum.auto()
    OVER = enum.auto()


class LastResort:
    """A thread that ends the process some time after `begin`, unless `over` comes first."""

    def __init__(self) -> None:
        # Its put may interrupt itself, as a signal's handler does; an Event's lock could not.
        self._stages: queue.SimpleQueue[_Stage] = queue.SimpleQueue()
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self) -> None:
        """Says that the end was asked for; only the first time counts."""
        self._stages.put(_Stage.BEGUN)

    def over(self) -> None:
        """Says that nothing is served any more: what comes now may take its time."""
        self._stages.put(_Stage.OVER)

    def _watch(self) -> None:
        stage = self._stages.get()
        latest = time.monotonic() + limits.STOP_SECONDS + limits.LAST_SECONDS
        while stage is not _Stage.OVER:
            try:
                stage = self._stages.get(timeout=max(0.0, latest - time.monotonic()))
            except queue.Empty:
                os._exit(0)  # noqa: TID251 - nothing else ends a thread that does not return

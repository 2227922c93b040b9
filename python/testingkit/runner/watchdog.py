"""Ends the process if a graceful shutdown takes too long.

A coroutine that blocks the event loop or ignores its cancellation would otherwise keep the process
running after its coordinator has gone.
"""

import enum
import os
import queue
import threading
import time

from testingkit.runner import limits


class _Command(enum.Enum):
    START = enum.auto()
    CANCEL = enum.auto()


class Watchdog:
    """A thread that ends the process some time after `start`, unless `cancel` comes first."""

    def __init__(self) -> None:
        # A signal handler may interrupt put and call it again; the lock of an Event would deadlock.
        self._commands: queue.SimpleQueue[_Command] = queue.SimpleQueue()
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self) -> None:
        """Starts the time limit of the shutdown; only the first call counts."""
        self._commands.put(_Command.START)

    def cancel(self) -> None:
        """Lifts the time limit: the server has stopped, and the rest may take its time."""
        self._commands.put(_Command.CANCEL)

    def _watch(self) -> None:
        command = self._commands.get()
        latest = time.monotonic() + limits.STOP_SECONDS + limits.LAST_SECONDS
        while command is not _Command.CANCEL:
            try:
                command = self._commands.get(timeout=max(0.0, latest - time.monotonic()))
            except queue.Empty:
                os._exit(0)  # noqa: TID251 - nothing else ends a thread that does not return

"""Stops the coordinator of a runner for a while, as a debugger or a busy machine does."""

from __future__ import annotations

import os
import signal
import threading

_SECONDS = 1.5  # longer than the tests' deadline and grace


def stop_the_coordinator() -> None:
    """Stops the process that started this one."""
    os.kill(os.getppid(), signal.SIGSTOP)
    threading.Timer(_SECONDS, os.kill, (os.getppid(), signal.SIGCONT)).start()

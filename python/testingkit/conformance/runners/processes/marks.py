"""Finds processes that a runner has started, wherever they are, by a mark in their environment.

A process that leaves the group of its runner (`setsid`, a daemon) still has the environment that
it inherited. This imports only the standard library: the guardian uses it too.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Mapping
from pathlib import Path

MARK_VARIABLE = "TESTINGKIT_RUNNER_ID"
_PROC = Path("/proc")


def find_marked(mark: str) -> Mapping[int, str]:
    """Returns the names of running processes whose mark begins so, by id; empty without /proc."""
    wanted = f"\0{MARK_VARIABLE}={mark}".encode()
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        # It has ended meanwhile, or belongs to another user.
        with contextlib.suppress(OSError):
            if wanted in b"\0" + (folder / "environ").read_bytes():
                name = (folder / "comm").read_text(encoding="utf-8", errors="replace")
                found[int(folder.name)] = name.strip()
    found.pop(os.getpid(), None)
    return found


def kill_marked(mark: str) -> Mapping[int, str]:
    """Kills the processes that `find_marked` finds, and returns their names by id."""
    found = find_marked(mark)
    for number in found:
        with contextlib.suppress(OSError):
            os.kill(number, signal.SIGKILL)
    return found

"""Makes the process independent of what its parent left it: descriptors, signals and the umask."""

from __future__ import annotations

import os
import signal
from pathlib import Path

_STANDARD = 3  # descriptors
_OWNER = 0o700


def take_over() -> None:
    """Undoes settings of the parent under which a run would fail, or blame a runner."""
    _occupy_standard_descriptors()
    # A parent that ignores SIGCHLD has its children lose the exit status of their own children, and
    # a blocked signal would never interrupt a run. Runners would inherit both.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _let_owner_use_new_files()


def working_folder_problem() -> str:
    """Returns why the working folder cannot be used; empty if it can."""
    try:
        Path.cwd()
    except OSError:
        return "the working folder does not exist any more; change to another one"
    return ""


def _occupy_standard_descriptors() -> None:
    """Opens the standard descriptors that are closed; else files and sockets would get them.

    They can only be read, so that a result that cannot be printed is an error.
    """
    while (number := os.open(os.devnull, os.O_RDONLY)) < _STANDARD:
        os.set_inheritable(number, True)  # noqa: FBT003 - has no keyword
    os.close(number)


def _let_owner_use_new_files() -> None:
    """Removes the bits of the owner from the umask: a run has to read what it writes."""
    os.umask(os.umask(_OWNER) & ~_OWNER)

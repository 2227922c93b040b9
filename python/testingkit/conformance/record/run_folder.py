"""The folders of recorded runs: made for a run, locked while it goes on, removed when they are old.

A lock is advisory and ends with its process, so that the folder of a crashed run is not kept
forever.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from testingkit.conformance.errors import OutputError

KEPT_RUNS = 30
LATEST = "latest"  # the link to the last run of everything
LAST = "last"  # the link to the last run, which may be one of a selection
_RUN_NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z-")  # the begin of the names of runs
_LOCK = ".lock"
_ATTEMPTS = 1000  # names to try
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR})


@contextlib.contextmanager
def new_run_folder(runs: Path, name: str) -> Iterator[Path]:
    """Makes the folder of a new run, and keeps other runs from removing it until the run ends.

    The folder gets a number if its name is taken.

    Raises:
        OutputError: The folder cannot be made.
    """
    with contextlib.ExitStack() as undo:
        try:
            runs.mkdir(parents=True, exist_ok=True)
            # The folder is locked before it has the name by which other runs find it.
            hidden = runs / f".new-{name}-{secrets.token_hex(8)}"
            hidden.mkdir()
            undo.callback(shutil.rmtree, hidden, ignore_errors=True)
            lock = os.open(hidden / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            undo.callback(os.close, lock)
            with contextlib.suppress(OSError):  # A file system without locks.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = _rename(hidden, runs, name)
        except OSError as error:
            text = f"the run folder under {runs} cannot be created: {error.strerror}"
            raise OutputError(text) from error
        undo.callback(_unlink, folder / _LOCK)
        yield folder


def _rename(hidden: Path, runs: Path, name: str) -> Path:
    """Gives a folder its name, or the first number of it that is not taken; returns the new path.

    Raises:
        OSError: It cannot be renamed.
    """
    for attempt in range(1, _ATTEMPTS):
        folder = runs / (name if attempt == 1 else f"{name}-{attempt}")
        try:
            # An empty folder or a link of this name would be replaced.
            if not os.path.lexists(folder):
                return hidden.rename(folder)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    raise FileExistsError(errno.EEXIST, f"{_ATTEMPTS:,} runs of this name exist")


def remove_old_runs(runs: Path) -> None:
    """Removes all but the newest runs, those that go on, and those that a link names.

    Folders that cannot be removed are ignored.
    """
    with contextlib.suppress(OSError):
        folders = sorted(path for path in runs.iterdir() if _RUN_NAME.match(path.name))
        linked = {Path(os.path.realpath(runs / name)) for name in (LATEST, LAST)}
        for folder in folders[:-KEPT_RUNS]:
            if Path(os.path.realpath(folder)) not in linked and not _goes_on(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _goes_on(folder: Path) -> bool:
    """Returns whether the run of a folder goes on: its process has the lock."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # It cannot be known.
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def point_at(folder: Path, *, is_latest: bool) -> Mapping[str, str]:
    """Points the link ``last`` at the folder of a run; call it once the log exists.

    Returns the names of the runs that the changed links named before; empty for a new link.

    Args:
        folder: The folder of the run.
        is_latest: Whether ``latest`` has to point at it, too: it is the last run of everything.

    Raises:
        OutputError: A link cannot be changed.
    """
    before: dict[str, str] = {}
    for name in (LAST, *([LATEST] if is_latest else [])):
        try:
            before[name] = _target(folder.parent / name)
            _link(folder.parent / name, folder.name)
        except OSError as error:
            text = f"{folder.parent / name} cannot point at the run: {error.strerror}"
            raise OutputError(text) from error
    return before


def discard_run(folder: Path, linked: Mapping[str, str]) -> None:
    """Removes a run that could not begin; its links name what `point_at` returned again."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, target in linked.items():
        with contextlib.suppress(OSError):
            if target:
                _link(folder.parent / name, target)
            else:
                (folder.parent / name).unlink()


def _link(path: Path, target: str) -> None:
    """Makes a symbolic link, or replaces it at once."""
    new = path.parent / f".{path.name}-{target}"
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(path)


def _target(link: Path) -> str:
    """Returns what a symbolic link names; an empty text if there is none."""
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

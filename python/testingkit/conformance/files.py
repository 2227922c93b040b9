"""Writes files completely or not at all.

All files that a user names or keeps are written here. A link stays, and the file behind it is
replaced. A pipe, a device, a socket or a folder is refused before anything is read or written.

The exceptions are the descriptors that this process was started with, such as ``/dev/stdout`` and
``/dev/fd/3``: they are written to as a shell does.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.errors import OutputError

Write = Callable[[BinaryIO], object]

_MAX_LINKS = 40  # the limit of Linux
# What is not a regular file, and is not a folder, which has an error of its own.
_SPECIAL_FILES: Mapping[str, Callable[[int], bool]] = {
    "a pipe": stat.S_ISFIFO,
    "a socket": stat.S_ISSOCK,
    "a device": lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode),
}


def real_path(path: Path) -> Path:
    """Returns a path without links. Unlike `Path.resolve`, it takes a loop of links for a name."""
    return Path(os.path.realpath(path))


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file, or creates it and its folder; readers see the old or the new text.

    Raises:
        OutputError: The file cannot be written; it is unchanged.
    """
    write_all({path: text})


def write_stream(path: Path, write: Write) -> None:
    """Replaces a file as `write_atomically` does, with the bytes that a function writes.

    Raises:
        OutputError: The file cannot be written; it is unchanged.
    """
    _write({path: write})


def write_all(texts: Mapping[Path, str]) -> None:
    """Replaces files as `write_atomically` does, all of them or none.

    Raises:
        OutputError: A file cannot be written; all are unchanged.
    """
    _write({path: _writer_of(text) for path, text in texts.items()})


def append(path: Path, data: bytes) -> None:
    """Appends to a file, or creates it.

    Raises:
        OutputError: It cannot be written.
    """
    with _raising_output_error(path):
        target = _resolve(path)
        if isinstance(target, int):
            _write_to(target, lambda file: file.write(data))
            return
        _mode_of(target)
        with target.open("ab") as file:
            file.write(data)


def _writer_of(text: str) -> Write:
    return lambda file: file.write(text.encode())


def _write(contents: Mapping[Path, Write]) -> None:
    """Writes everything to temporary files, so that errors occur before a file is replaced."""
    with contextlib.ExitStack() as scratch, contextlib.ExitStack() as undo:
        descriptors: list[tuple[Path, int]] = []
        staged: list[tuple[Path, Path, Path]] = []
        for path, write in contents.items():
            with _raising_output_error(path):
                target = _resolve(path)
                if isinstance(target, int):
                    descriptors.append((path, target))
                else:
                    staged.append((path, target, _stage(target, write, scratch)))
        for path, target, temporary in staged:
            with _raising_output_error(path):
                undo.callback(_restore, target, _backup(target, scratch))
                temporary.replace(target)
        for path, number in descriptors:
            with _raising_output_error(path):
                _write_to(number, contents[path])
        undo.pop_all()


def _resolve(path: Path) -> Path | int:
    """Returns the file that a path means, behind all links; or a descriptor of this process."""
    current = path
    for _ in range(_MAX_LINKS):
        folder = os.path.realpath(current.parent)
        if folder in _descriptor_folders() and current.name.isdecimal():
            return int(current.name)
        current = Path(folder, current.name)
        if not current.is_symlink():
            return current
        current = Path(folder, os.readlink(current))  # noqa: PTH115 - a path would lose ".."
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _descriptor_folders() -> tuple[str, ...]:
    own = f"/proc/{os.getpid()}"
    return "/dev/fd", f"{own}/fd", f"{own}/task/{threading.get_native_id()}/fd"


def _write_to(number: int, write: Write) -> None:
    """Writes to a descriptor that this process was started with. Its reader may go away."""
    if not os.get_inheritable(number):  # Python opened it, for a file that is not meant.
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    with contextlib.suppress(BrokenPipeError), os.fdopen(os.dup(number), "wb") as file:
        write(file)


def _mode_of(target: Path) -> int | None:
    """Returns the mode of a file that can be replaced; None if it does not exist."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    for name, is_kind in _SPECIAL_FILES.items():
        if is_kind(found.st_mode):
            raise OSError(errno.EINVAL, f"{name}, not a regular file")
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(found.st_mode)


def _stage(target: Path, write: Write, scratch: contextlib.ExitStack) -> Path:
    """Returns a temporary file with the new content, and the mode of the old file."""
    mode = _mode_of(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    number, temporary = _temporary_file(target, scratch)
    with os.fdopen(number, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        old = target.stat()
        with contextlib.suppress(OSError):  # Only an administrator can give files away.
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(0o666 & ~_umask() if mode is None else mode)
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _temporary_file(target: Path, scratch: contextlib.ExitStack) -> tuple[int, Path]:
    """Creates a file next to another, and registers its removal; returns descriptor and path."""
    number, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
    temporary = Path(name)
    scratch.callback(_remove, temporary)
    return number, temporary


def _backup(target: Path, scratch: contextlib.ExitStack) -> Path | None:
    """Returns a second name of the old file, which is not read; None if there is no old file."""
    if not target.exists():
        return None
    number, backup = _temporary_file(target, scratch)
    os.close(number)
    backup.unlink()
    try:
        os.link(target, backup)
    except OSError:  # Not every file system has links.
        shutil.copy2(target, backup)
    return backup


@contextlib.contextmanager
def _raising_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _restore(path: Path, backup: Path | None) -> None:
    with contextlib.suppress(OSError):
        if backup is None:
            path.unlink()
        else:
            backup.replace(path)

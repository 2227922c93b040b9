"""Files that people keep: written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.errors import OutputError


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file, or makes it and its folder; whoever reads it sees the old or the new text.

    Raises:
        OutputError: It cannot be written; the old file is as it was.
    """
    write_all({path: text})


def write_stream(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Replaces a file as `write_atomically` does, with what a function writes bit by bit.

    What is no regular file, such as a pipe or a device, is written to and stays what it is.

    Raises:
        OutputError: It cannot be written; the old file is as it was.
    """
    path = path.resolve()  # A link stays one.
    with contextlib.ExitStack() as undo, _said(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                write(file)
            return
        number, scratch = _scratch(path, undo)
        with os.fdopen(number, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(path.stat().st_mode if path.exists() else 0o644)
        scratch.replace(path)
        undo.pop_all()


def write_all(texts: Mapping[Path, str]) -> None:
    """Replaces files as `write_atomically` does, all of them or none.

    Raises:
        OutputError: One cannot be written; all are as they were.
    """
    with contextlib.ExitStack() as undo:
        staged = {path: _stage(path, text, undo) for path, text in texts.items()}
        for path, scratch in staged.items():
            with _said(path):
                old = path.read_bytes() if path.exists() else None
                scratch.replace(path)
            undo.callback(_put_back, path, old)
        undo.pop_all()


def _stage(path: Path, text: str, undo: contextlib.ExitStack) -> Path:
    """Writes the new text beside the file. What can go wrong goes wrong here, not halfway."""
    with _said(path):
        number, scratch = _scratch(path, undo)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(path.stat().st_mode if path.exists() else 0o644)
    return scratch


def _scratch(path: Path, undo: contextlib.ExitStack) -> tuple[int, Path]:
    """Makes a file beside another, which is removed again unless all goes well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    scratch = Path(name)
    undo.callback(_remove, scratch)
    return number, scratch


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _put_back(path: Path, old: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)

"""Writes files completely or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.errors import OutputError


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file, or creates it and its folder; readers see the old or the new text.

    Raises:
        OutputError: The file cannot be written; it is unchanged.
    """
    write_all({path: text})


def write_stream(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Replaces a file as `write_atomically` does, with the bytes that a function writes.

    A pipe, a device or another file that is not regular is written to, not replaced.

    Raises:
        OutputError: The file cannot be written; it is unchanged.
    """
    path = path.resolve()  # so that the target of a symbolic link is replaced, not the link
    with contextlib.ExitStack() as undo, _raising_output_error(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                write(file)
            return
        number, temporary = _temporary_file(path, undo)
        with os.fdopen(number, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        temporary.replace(path)
        undo.pop_all()


def write_all(texts: Mapping[Path, str]) -> None:
    """Replaces files as `write_atomically` does, all of them or none.

    Raises:
        OutputError: A file cannot be written; all are unchanged.
    """
    with contextlib.ExitStack() as undo:
        staged = {path: _stage(path, text, undo) for path, text in texts.items()}
        for path, temporary in staged.items():
            with _raising_output_error(path):
                old = path.read_bytes() if path.exists() else None
                temporary.replace(path)
            undo.callback(_restore, path, old)
        undo.pop_all()


def _stage(path: Path, text: str, undo: contextlib.ExitStack) -> Path:
    """Writes the new text to a temporary file, so that errors occur before a file is replaced."""
    with _raising_output_error(path):
        number, temporary = _temporary_file(path, undo)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
    return temporary


def _temporary_file(path: Path, undo: contextlib.ExitStack) -> tuple[int, Path]:
    """Creates a file next to another, and registers its removal; returns descriptor and path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    temporary = Path(name)
    undo.callback(_remove, temporary)
    return number, temporary


@contextlib.contextmanager
def _raising_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _restore(path: Path, old: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)

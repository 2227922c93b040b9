"""Files that people keep: written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from testingkit.conformance.errors import OutputError


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file, or makes it and its folder; whoever reads it sees the old or the new text.

    Raises:
        OutputError: It cannot be written; the old file is as it was.
    """
    scratch = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, scratch = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(scratch).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(scratch).replace(path)
    except OSError as error:
        if scratch is not None:
            with contextlib.suppress(OSError):
                Path(scratch).unlink()
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error

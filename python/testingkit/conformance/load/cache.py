"""Keeps loaded suites, by content: parsing text is the slowest part of a short run.

An entry is found by everything that it depends on: the file and its path, the descriptors, the
expanders' own code, and the version of TestingKit. Only files without a problem and without goldens
are kept, so that a hit says all that loading and validating would have said.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

from testingkit import __version__
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.load.store import DamagedError, FindMethod, read_store
from testingkit.conformance.model import Suite

_FORMAT = 2


class SuiteCache:
    """The loaded case files of one project."""

    def __init__(self, folder: Path, schema: Schema, expanders: str) -> None:
        """``expanders`` stands for the code of the expanders, and changes with it."""
        self._folder = folder
        digest = hashlib.sha256(f"{_FORMAT}\0{__version__}\0{expanders}\0".encode())
        digest.update(schema.subject_files.SerializeToString(deterministic=True))
        self._base = digest.digest()

    def get(self, content: bytes, path: str, find_method: FindMethod, held: int) -> Suite | None:
        """Returns what is kept of a file; a damaged entry counts as none.

        Args:
            content: Digest of the file's content.
            path: Its path, as shown to people.
            find_method: Finds the methods that cases call.
            held: An entry of so many bytes at most is held in memory.
        """
        try:
            return read_store(self._path(content, path), path, find_method, held=held)
        except (OSError, DamagedError):
            return None

    def put(self, content: bytes, path: str, stored: BinaryIO) -> None:
        """Keeps a file as stored; one that cannot be kept costs time only."""
        entry = self._path(content, path)
        scratch = entry.with_name(f"{entry.name}.{os.getpid()}")
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            with scratch.open("wb") as target:
                shutil.copyfileobj(stored, target, 1 << 20)
            scratch.replace(entry)
        except OSError:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)

    def _path(self, content: bytes, path: str) -> Path:
        digest = hashlib.sha256(self._base + content + path.encode()).hexdigest()[:32]
        return self._folder / f"suite-{digest}.bin"

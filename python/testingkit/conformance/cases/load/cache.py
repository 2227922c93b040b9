"""Caches loaded suites, because parsing text is the slowest part of a short run.

The key of an entry is all that it depends on: the file and its path, the descriptors, the code of
the expanders with their declared inputs, and of TestingKit. Only files without problems and without
goldens are cached, so a hit needs no validation. A file for which an expander ran is cached if the
project declares the inputs of its expanders. Entries that were not used for two weeks are removed.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from google import protobuf

from testingkit import __version__
from testingkit.conformance.cases.load.store import DamagedError, FindMethod, read_store
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.protobuf.schema import Schema

_PACKAGE = Path(__file__).parents[2]
# The code that makes an entry, or validates it.
_ROOMS = ("comparison", "expanding", "protobuf", "text", "v1")
_SOURCES = ("*.py", "cases/**/*.py", *(f"{room}/*.py" for room in _ROOMS))
_LONGEST_UNUSED = 14 * 24 * 3600.0  # seconds


class SuiteCache:
    """The cache of the loaded case files of one project."""

    def __init__(self, folder: Path, schema: Schema, expanders: str) -> None:
        """``expanders`` is the key of the expanders."""
        self._folder = folder
        own = f"{__version__}\0{protobuf.__version__}\0{_digest_of_sources()}"
        digest = hashlib.sha256(f"{own}\0{expanders}\0".encode())
        digest.update(schema.subject_files.SerializeToString(deterministic=True))
        self._base = digest.digest()

    def get(
        self, content: bytes, path: str, find_method: FindMethod, max_in_memory: int
    ) -> Suite | None:
        """Returns the cached suite of a file, or None; a damaged entry counts as none.

        Args:
            content: Digest of the file's content.
            path: Its path in messages.
            find_method: Finds the methods that cases call.
            max_in_memory: The maximum size of an entry that is kept in memory, in bytes.
        """
        entry = self._path(content, path)
        if not entry.is_file():
            return None
        try:
            suite = read_store(entry, path, find_method, max_in_memory=max_in_memory)
            os.utime(entry)  # the time of the last use
        except (OSError, DamagedError):
            return None
        return suite

    def put(self, content: bytes, path: str, stored: BinaryIO) -> None:
        """Adds a stored suite; errors are ignored, because the cache only saves time."""
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

    def folder_for_scratch(self) -> str | None:
        """Returns a folder for large temporary files; None means that of the system."""
        return str(self._folder) if os.access(self._folder, os.W_OK | os.X_OK) else None

    def remove_unused(self) -> None:
        """Removes entries that were not used for two weeks."""
        oldest = time.time() - _LONGEST_UNUSED
        with contextlib.suppress(OSError):
            for entry in self._folder.glob("suite-*"):
                if entry.stat().st_mtime < oldest:
                    entry.unlink()

    def _path(self, content: bytes, path: str) -> Path:
        digest = hashlib.sha256(self._base + content + path.encode()).hexdigest()[:32]
        return self._folder / f"suite-{digest}.bin"


@functools.cache
def _digest_of_sources() -> str:
    """Returns a digest of the code that makes an entry, which may change in a checkout."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()

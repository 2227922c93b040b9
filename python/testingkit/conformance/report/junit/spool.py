"""Sorts bytes by a key in one temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

MAX_HELD = 16 << 20  # bytes that wait in memory


class Spool:
    """Takes bytes by a key, in any order of keys, and returns all bytes of one key in their order.

    The file has few large parts, each of one key, however often the keys alternate. In memory are
    the bytes that are not yet in the file, at most `max_held`, and the places of the parts.
    """

    def __init__(self, file: BinaryIO, max_held: int = MAX_HELD) -> None:
        self._file = file
        self._max_held = max_held
        self._waiting: dict[str, bytearray] = {}
        self._held = 0
        self._parts: dict[str, list[tuple[int, int]]] = {}  # offset and size of each
        self._end = 0

    def add(self, key: str, data: bytes) -> None:
        """Appends bytes to those of a key."""
        self._waiting.setdefault(key, bytearray()).extend(data)
        self._held += len(data)
        if self._held > self._max_held:
            self._write_out()

    def read(self, key: str) -> Iterator[bytes]:
        """Yields all bytes of a key, in parts of any size."""
        for offset, size in self._parts.get(key, ()):
            self._file.seek(offset)
            yield self._file.read(size)
        yield bytes(self._waiting.get(key, b""))

    def _write_out(self) -> None:
        self._file.seek(self._end)
        for key, data in self._waiting.items():
            self._file.write(data)
            self._parts.setdefault(key, []).append((self._end, len(data)))
            self._end += len(data)
        self._waiting.clear()
        self._held = 0

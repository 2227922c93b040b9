"""Keeps parsed case files, by content: parsing text is the slowest part of a short run.

An entry is found by everything that its content depends on: the text of the file, the descriptors,
the expanders' own code, and the version of TestingKit. Only files without a problem and without
goldens are kept, so that a hit says all that parsing would have said.
"""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.message import DecodeError

from testingkit import __version__
from testingkit.conformance.descriptors import Schema, write_cache_file
from testingkit.conformance.v1 import case_pb2

_LENGTH = struct.Struct("<QI")  # bytes of the suite, number of cases


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A case file as parsed: the suite with its cases, and line and column of every case."""

    suite: case_pb2.Suite
    places: Sequence[tuple[int, int]]


class SuiteCache:
    """The parsed case files of one project."""

    def __init__(self, folder: Path, schema: Schema, expanders: str) -> None:
        """``expanders`` stands for the code of the expanders, and changes with it."""
        self._folder = folder
        digest = hashlib.sha256(f"{__version__}\0{expanders}\0".encode())
        digest.update(schema.subject_files.SerializeToString(deterministic=True))
        self._base = digest.digest()

    def get(self, content: bytes) -> ParsedFile | None:
        """Returns what is kept for a file of this content; a damaged entry counts as none."""
        try:
            data = self._path(content).read_bytes()
            size, count = _LENGTH.unpack_from(data)
            suite = case_pb2.Suite.FromString(data[_LENGTH.size : _LENGTH.size + size])
            numbers = array("I", data[_LENGTH.size + size :])
        except (OSError, struct.error, ValueError, DecodeError):
            return None
        if len(suite.cases) != count or len(numbers) != 2 * count:
            return None
        return ParsedFile(suite, list(zip(numbers[::2], numbers[1::2], strict=True)))

    def put(self, content: bytes, parsed: ParsedFile) -> None:
        """Keeps a parsed file; one that cannot be kept costs time only."""
        suite = parsed.suite.SerializeToString()
        places = array("I", [number for place in parsed.places for number in place]).tobytes()
        head = _LENGTH.pack(len(suite), len(parsed.places))
        write_cache_file(self._path(content), head + suite + places)

    def _path(self, content: bytes) -> Path:
        digest = hashlib.sha256(self._base + content).hexdigest()[:32]
        return self._folder / f"suite-{digest}.binpb"

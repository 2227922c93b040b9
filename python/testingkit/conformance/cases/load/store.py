"""Stores loaded suites in a form that is read as a stream: head, suite without cases, records.

The stored suite is checked and serialized. A run of many cases does not parse text, and keeps only
the cases in progress in memory.
"""

from __future__ import annotations

import functools
import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from google.protobuf.message import DecodeError

from testingkit.conformance.cases.load.defaults import Answer, Defaults
from testingkit.conformance.cases.model import (
    Case,
    CaseRecord,
    CaseStore,
    GoldenSource,
    Method,
    Suite,
)
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.errors import CasesError, OutputError, Place, Problem
from testingkit.conformance.v1 import case_pb2

FindMethod = Callable[[str], Method]  # by its full name

_HEAD = struct.Struct("<4sIIIQQI")
_CHECKED_FROM = 8  # bytes: after mark and checksum
_MARK = b"TKS2"
# Line, column, flags, timeout in seconds, bytes of name, method, call, planned, expected, message.
_RECORD = struct.Struct("<IIBd6I")
_HAS_TIMEOUT, _HAS_EXPECTED, _IS_WEAK = 1, 2, 4
_BLOCK = 1 << 20  # bytes


class _Head(NamedTuple):
    mark: bytes
    checksum: int  # of all bytes after it
    line: int  # of the suite
    column: int
    cases: int
    weak: int  # cases that are compared more weakly than by default
    header: int  # bytes of the suite without its cases


class DamagedError(Exception):
    """A stored suite is damaged or incomplete."""


class StoreWriter:
    """Writes one suite, case by case.

    Raises:
        OutputError: From every method: the target cannot be written.
    """

    def __init__(self, target: BinaryIO, header: case_pb2.Suite) -> None:
        self._target = target
        self._count = self._weak = self._checksum = 0
        self.goldens: dict[int, Answer] = {}  # by the position of the case
        self._append(bytes(_HEAD.size))
        suite = header.SerializeToString()
        self._header = len(suite)
        self._write(suite)

    def add(self, case: Case) -> None:
        """Adds the next case."""
        if case.golden is not None:
            self.goldens[self._count] = case.expect, case.golden
        record = record_of(case)
        flags = (
            (case.timeout is not None and _HAS_TIMEOUT)
            | (record.expected is not None and _HAS_EXPECTED)
            | (record.is_weak and _IS_WEAK)
        )
        parts = (
            record.name.encode(),
            record.method.encode(),
            record.call,
            record.planned,
            record.expected or b"",
            case.message.SerializeToString(),
        )
        head = _RECORD.pack(
            case.place.line, case.place.column, flags, case.timeout or 0.0, *map(len, parts)
        )
        self._write(b"".join((head, *parts)))
        self._count += 1
        self._weak += record.is_weak

    def finish(self, place: Place) -> None:
        """Writes the head, which completes the store; ``place`` is where the suite begins."""
        numbers = (place.line, place.column, self._count, self._weak, self._header)
        checksum = zlib.crc32(_HEAD.pack(_MARK, 0, *numbers)[_CHECKED_FROM:], self._checksum)
        self._target.seek(0)
        self._append(_HEAD.pack(_MARK, checksum, *numbers))

    def _write(self, data: bytes) -> None:
        self._checksum = zlib.crc32(data, self._checksum)
        self._append(data)

    def _append(self, data: bytes) -> None:
        try:
            self._target.write(data)
        except OSError as error:
            text = f"the loaded cases cannot be stored: {error.strerror}"
            raise OutputError(text) from error


def read_store(
    source: Path | bytes,
    path: str,
    find_method: FindMethod,
    goldens: Mapping[int, Answer] | None = None,
    max_in_memory: int = 0,
) -> Suite:
    """Returns the suite that a `StoreWriter` wrote, after checking that it is undamaged.

    Args:
        source: The file, or its content.
        path: The path of the case file in messages.
        find_method: Finds the methods that cases call.
        goldens: The answers of golden files, by the position of the case.
        max_in_memory: The maximum size of a file that is kept in memory, in bytes.

    Raises:
        DamagedError: It is damaged or incomplete.
        OSError: It cannot be read.
    """
    if isinstance(source, Path) and source.stat().st_size <= max_in_memory:
        source = source.read_bytes()
    with _open(source) as file:
        start = file.read(_HEAD.size)
        if len(start) < _HEAD.size:
            raise DamagedError
        head = _Head(*_HEAD.unpack(start))
        header = file.read(head.header)
        checksum, digest = _checksum_and_digest(start, header, file)
        if head.mark != _MARK or head.checksum != checksum:
            raise DamagedError
    try:
        suite = case_pb2.Suite.FromString(header)
    except DecodeError as error:
        raise DamagedError from error
    cases = StoredCases(source, head, path, suite, find_method, goldens or {})
    cases.digest = digest
    return Suite(suite.name, Place(path, head.line, head.column), suite, cases)


def _checksum_and_digest(start: bytes, header: bytes, rest: BinaryIO) -> tuple[int, bytes]:
    """Returns the checksum and the digest of a store."""
    checksum, digest = zlib.crc32(header), hashlib.sha256(start[_CHECKED_FROM:] + header)
    while block := rest.read(_BLOCK):
        checksum = zlib.crc32(block, checksum)
        digest.update(block)
    return zlib.crc32(start[_CHECKED_FROM:], checksum), digest.digest()


class StoredCases(CaseStore):
    """The cases of a stored suite."""

    digest = b""

    def __init__(
        self,
        source: Path | bytes,
        head: _Head,
        path: str,
        header: case_pb2.Suite,
        find_method: FindMethod,
        goldens: Mapping[int, Answer],
    ) -> None:
        self.bytes_in_memory = len(source) if isinstance(source, bytes) else 0
        self._source = source
        self._head = head
        self._path = path
        self._defaults = Defaults(header)
        self._find_method = find_method
        self._goldens = goldens

    def __len__(self) -> int:
        return self._head.cases

    def __iter__(self) -> Iterator[Case]:
        return (record.restore() for record in self.records())

    def records(self) -> Iterator[CaseRecord]:
        """Yields what a run needs of each case.

        Raises:
            CasesError: The file no longer exists, or has changed.
        """
        try:
            with _open(self._source) as file:
                file.seek(_HEAD.size + self._head.header)
                for position in range(self._head.cases):
                    yield self._read(file, position)
        except (OSError, struct.error, UnicodeDecodeError) as error:
            raise self._changed_error() from error

    @property
    def goldens(self) -> Sequence[GoldenSource]:
        """The golden files that cases expect."""
        return [golden for _, golden in self._goldens.values() if golden is not None]

    @property
    def weak(self) -> int:
        """Number of cases that are compared more weakly than by default."""
        return self._head.weak

    def _read(self, file: BinaryIO, position: int) -> CaseRecord:
        line, column, flags, timeout, name, method, call, planned, expected, message = (
            _RECORD.unpack(file.read(_RECORD.size))
        )
        data = file.read(name + method + call + planned + expected + message)
        method_at = name
        call_at = method_at + method
        planned_at = call_at + call
        expected_at = planned_at + planned
        message_at = expected_at + expected
        if len(data) != message_at + message:
            raise struct.error
        called = data[method_at:call_at].decode()
        return CaseRecord(
            data[:name].decode(),
            called,
            timeout if flags & _HAS_TIMEOUT else None,
            data[call_at:planned_at],
            data[planned_at:expected_at],
            data[expected_at:message_at] if flags & _HAS_EXPECTED else None,
            bool(flags & _IS_WEAK),
            functools.partial(self._restore, position, called, data[message_at:], line, column),
        )

    def _restore(self, position: int, method: str, data: bytes, line: int, column: int) -> Case:
        try:
            message = case_pb2.Case.FromString(data)
        except DecodeError as error:
            raise self._changed_error() from error
        answer = self._goldens.get(position, (message.expect, None))
        place = Place(self._path, line, column)
        return self._defaults.complete(message, answer, self._find_method(method), place)

    def _changed_error(self) -> CasesError:
        text = "its cache entry was removed or changed: leave the cache alone during a run"
        return CasesError([Problem(Place(self._path), text)])


@contextmanager
def _open(source: Path | bytes) -> Iterator[BinaryIO]:
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        yield file

"""Event logs embedded in HTML reports: compressed, as text that browsers do not run.

A report may come from anywhere, so its size is bounded, and that of the log before and after it is
unpacked.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.errors import OutputError

MAX_PACKED_BYTES = 4 << 20  # of an embedded log; a larger one is left out
MAX_LOG_BYTES = 1 << 29  # of an unpacked log
MAX_REPORT_BYTES = 1 << 26
HEAD = b"<!doctype html>"  # reports begin with it, event logs cannot
_BEGIN = b'<script id="testingkit-log" type="application/vnd.testingkit.log">'
_END = b"</script>"
_LEFT_OUT = b"left out"
_PIECE = 1 << 20


def embed(path: Path) -> tuple[bytes, bool]:
    """Returns the HTML element with a log, and whether the log was small enough to be embedded.

    Raises:
        OutputError: The log cannot be read.
    """
    packed = _pack(path)
    content = _LEFT_OUT if packed is None else base64.b64encode(packed)
    return _BEGIN + content + _END, packed is not None


def _pack(path: Path) -> bytes | None:
    packer = zlib.compressobj(9)
    packed, size = bytearray(), 0
    with open_log_file(path) as file:
        while piece := file.read(_PIECE):
            packed += packer.compress(piece)
            size += len(piece)
            if size > MAX_LOG_BYTES or len(packed) > MAX_PACKED_BYTES:
                return None
    packed += packer.flush()
    return bytes(packed) if len(packed) <= MAX_PACKED_BYTES else None


@contextlib.contextmanager
def open_log_file(path: Path) -> Iterator[BinaryIO]:
    """Opens an event log; one that is embedded in a report is unpacked.

    Raises:
        OutputError: The file cannot be read, or the report has no log.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(HEAD)).lower() != HEAD:
                file.seek(0)
                yield file
                return
            packed = _find(file, path)
        with tempfile.TemporaryFile() as unpacked:
            _unpack(packed, unpacked, path)
            unpacked.seek(0)
            yield unpacked
    except OSError as error:
        raise OutputError(f"the event log {path} cannot be read: {error.strerror}") from error


def _find(file: BinaryIO, path: Path) -> bytes:
    """Returns the packed log of a report.

    Raises:
        OutputError: The report has none, is too large, or is damaged.
    """
    file.seek(0)
    text = file.read(MAX_REPORT_BYTES + 1)
    if len(text) > MAX_REPORT_BYTES:
        limit = f"{MAX_REPORT_BYTES >> 20} MiB"
        raise OutputError(f"{path} is not a report of TestingKit: it is larger than {limit}")
    _, begin, rest = text.partition(_BEGIN)
    if not begin:
        why = "TestingKit did not write it, or it was cut short"
        raise OutputError(f"the report {path} has no event log: {why}")
    content, end, _ = rest.partition(_END)
    if not end:
        raise OutputError(f"the report {path} was cut short: its event log does not end")
    if content == _LEFT_OUT:
        why = "the log was too large to embed; use events.binpb of the run"
        raise OutputError(f"the report {path} has no event log: {why}")
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise OutputError(f"the event log in {path} is damaged: {error}") from error


def _unpack(packed: bytes, out: BinaryIO, path: Path) -> None:
    """Unpacks piece by piece, and stops at the limit: a few bytes can unpack to very many."""
    unpacker = zlib.decompressobj()
    size, rest = 0, packed
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if size > MAX_LOG_BYTES:
                limit = f"{MAX_LOG_BYTES >> 20} MiB"
                raise OutputError(f"the event log in {path} is larger than {limit}")
            out.write(piece)
    except zlib.error as error:
        raise OutputError(f"the event log in {path} is damaged: {error}") from error
    if not unpacker.eof:
        raise OutputError(f"the event log in {path} is damaged: its end is missing")

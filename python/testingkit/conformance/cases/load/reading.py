"""Reads files that people wrote: texts of bounded size, in UTF-8."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.errors import Place, Problem

MAX_FILE_BYTES = 64 << 20
MAX_PROBLEMS = 1000  # of one file
TOO_MANY_PROBLEMS = f"the rest of the file is not read after {MAX_PROBLEMS:,} problems"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_RETURN_PROBLEM = (
    "a carriage return without a line feed: end lines with LF or CR LF, and write it as \\r in a "
    "string"
)
NO_CASE = "the suite has no case"


class ReadError(Exception):
    """A file cannot be read as text."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_file(file: Path, shown: str) -> bytes:
    """Returns the content of a file.

    Raises:
        FileNotFoundError: The file does not exist.
        ReadError: It cannot be read, is not a regular file, or is too large.
    """
    with open_file(file, shown) as stream:
        if os.fstat(stream.fileno()).st_size > MAX_FILE_BYTES:
            raise ReadError(Problem(Place(shown), f"larger than {MAX_FILE_BYTES >> 20} MiB"))
        return stream.read()


@contextmanager
def open_file(file: Path, shown: str) -> Iterator[BinaryIO]:
    """Opens a file of any size for reading.

    Raises:
        FileNotFoundError: The file does not exist.
        ReadError: It cannot be read, or is not a regular file.
    """
    try:
        if file.exists() and not file.is_file():
            raise ReadError(Problem(Place(shown), "not a regular file"))
        with file.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise
    except ValueError as error:
        raise ReadError(Problem(Place(shown), f"cannot be read: {error}")) from error
    except OSError as error:
        problem = Problem(Place(shown), f"cannot be read: {error.strerror}")
        raise ReadError(problem) from error


def decode(content: bytes, shown: str) -> str:
    """Returns the text of a file, without its byte order mark.

    Raises:
        ReadError: It is not UTF-8, or has a carriage return that is not part of a line end. A
            comment would go on after it, although most editors show another line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReadError(Problem(Place(shown, line), "is not UTF-8 text")) from error
    if lone := _LONE_RETURN.search(text):
        line = text.count("\n", 0, lone.start()) + 1
        column = lone.start() - text.rfind("\n", 0, lone.start())
        raise ReadError(Problem(Place(shown, line, column), _RETURN_PROBLEM))
    return text


def digest_of(content: bytes) -> bytes:
    """Returns the digest of the content of a file."""
    return hashlib.sha256(content).digest()


def digest_of_stream(stream: BinaryIO) -> bytes:
    """Returns the digest of the rest of a file, which is read to its end."""
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.digest()

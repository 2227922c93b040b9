"""Reads the text of a file that a person wrote: a file of measure, in UTF-8."""

from __future__ import annotations

from pathlib import Path

from testingkit.conformance.model import Place, Problem

MAX_FILE_BYTES = 64 << 20


class ReadError(Exception):
    """A file that is no text to be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_file(file: Path, shown: str) -> bytes:
    """Returns the content of a file.

    Raises:
        FileNotFoundError: There is none.
        ReadError: It cannot be read, is no regular file, or is too large.
    """
    try:
        if file.exists() and not file.is_file():
            raise ReadError(Problem(Place(shown), "is no file"))
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ReadError(Problem(Place(shown), f"larger than {MAX_FILE_BYTES >> 20} MiB"))
        return file.read_bytes()
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
        ReadError: It is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReadError(Problem(Place(shown, line), "is not UTF-8 text")) from error

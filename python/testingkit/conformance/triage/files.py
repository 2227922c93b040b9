"""Reads, checks and replaces the files of known divergences on disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.cases.load.reading import ReadError, read_file
from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import OutputError
from testingkit.conformance.files import write_all
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.known.parse import read_known_text
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema

_BYTE_ORDER_MARK = "\ufeff"  # some editors write one


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The file of known divergences of one runner.

    Attributes:
        runner: Name of the runner.
        path: The file.
        shown: The path as printed, relative to the project.
        text: Its text; empty if it does not exist yet.
    """

    runner: str
    path: Path
    shown: str
    text: str

    @property
    def text_without_mark(self) -> str:
        """The text without a byte order mark, which line and column of entries do not count."""
        return self.text.removeprefix(_BYTE_ORDER_MARK)


class KnownFiles:
    """Opens, checks and writes the files of a project."""

    def __init__(self, project: Project, schema: Schema, cases: Sequence[Case]) -> None:
        self._folder = Path(project.config.known_divergences)
        self._root = project.config.root
        self._schema = schema
        self._cases = cases

    def open(self, runner: str) -> KnownFile:
        """Returns the file of a runner.

        Raises:
            OutputError: It exists and cannot be read.
        """
        shown = self._folder / f"{runner}.textproto"
        path = self._root / shown
        try:
            text = read_file(path, str(shown)).decode()
        except FileNotFoundError:
            text = ""
        except ReadError as error:
            raise OutputError(f"{shown} cannot be read: {error.problem.message}") from error
        except UnicodeDecodeError as error:
            raise OutputError(f"{shown} cannot be read: {error}") from error
        return KnownFile(runner, Path(os.path.realpath(path)), str(shown), text)

    def read(self, file: KnownFile, text: str) -> Sequence[KnownDivergence]:
        """Returns the entries that a run would read from a new text of a file.

        Raises:
            OutputError: The text is not valid.
        """
        text = text.removeprefix(_BYTE_ORDER_MARK)
        entries, problems = read_known_text(
            file.shown, text, file.runner, self._cases, self._schema
        )
        if problems:
            raise OutputError(f"the new text of {file.shown} is not valid: {problems[0]}")
        return entries

    def write(self, texts: Sequence[tuple[KnownFile, str]]) -> None:
        """Replaces the texts of all files, or of none.

        Raises:
            OutputError: A text is not valid, a file cannot be written, or has changed in the
                meantime.
        """
        for file, text in texts:
            self.read(file, text)
            if self.open(file.runner).text != file.text:
                raise changed_error(file)
        write_all({file.path: text for file, text in texts})


def changed_error(file: KnownFile) -> OutputError:
    """Returns the error for a file that was changed while a command used it."""
    return OutputError(f"{file.shown} has changed in the meantime; try again")

"""The files of known divergences as they are on disk, to be changed by commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import OutputError
from testingkit.conformance.files import write_all
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.known.parse import read_known_text
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema

_MARK = "\ufeff"  # of byte order, as some editors write it


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The file of one runner's known divergences; without text there is none yet."""

    runner: str
    path: Path
    shown: str
    text: str

    @property
    def plain(self) -> str:
        """The text without a mark of byte order, as it is read."""
        return self.text.removeprefix(_MARK)


class KnownFiles:
    """Opens, checks and writes the files of a project."""

    def __init__(self, project: Project, schema: Schema, cases: Sequence[Case]) -> None:
        self._folder = Path(project.config.known_divergences)
        self._root = project.config.root
        self._schema = schema
        self._cases = cases

    def open(self, runner: str) -> KnownFile:
        """Opens the file of a runner.

        Raises:
            OutputError: It is there and cannot be read.
        """
        shown = self._folder / f"{runner}.textproto"
        path = self._root / shown
        try:
            text = path.read_bytes().decode() if path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise OutputError(f"{shown} cannot be read: {error}") from error
        return KnownFile(runner, path.resolve(), str(shown), text)

    def read(self, file: KnownFile, text: str) -> Sequence[KnownDivergence]:
        """Reads a new text of a file as a run would.

        Raises:
            OutputError: It does not load.
        """
        text = text.removeprefix(_MARK)
        entries, problems = read_known_text(
            file.shown, text, file.runner, self._cases, self._schema
        )
        if problems:
            raise OutputError(f"{file.shown} would not load: {problems[0]}")
        return entries

    def write(self, texts: Sequence[tuple[KnownFile, str]]) -> None:
        """Replaces files by texts that load, all of them or none.

        Raises:
            OutputError: One does not load, cannot be written, or has changed meanwhile.
        """
        for file, text in texts:
            self.read(file, text)
            if self.open(file.runner).text != file.text:
                raise OutputError(f"{file.shown} was changed meanwhile: try again")
        write_all({file.path: text for file, text in texts})

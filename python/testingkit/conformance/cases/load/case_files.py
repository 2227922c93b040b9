"""Finds case files and files of known divergences, and formats paths for messages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from testingkit.conformance.cases.load.goldens import FOLDER as GOLDENS
from testingkit.conformance.cases.load.other_files import (
    CASE_SUFFIXES,
    SUFFIX,
    ExpectedFiles,
    mistake_of,
)
from testingkit.conformance.errors import Place, Problem, UsageError
from testingkit.conformance.files import real_path

_STATE = ".testingkit"  # the folder of runs and caches of a project
_RECORDED = ("runs", "cache")  # folders in it
_NOTHING_EXPECTED = ExpectedFiles()


class CaseFiles(NamedTuple):
    """The case files of some places.

    Attributes:
        files: The files, sorted.
        problems: Files and folders that look like cases and are not read.
        others: Further files that are not read, as paths in messages, sorted.
    """

    files: Sequence[Path]
    problems: Sequence[Problem]
    others: Sequence[str]


class _Entry(NamedTuple):
    path: Path
    problem: str = ""
    is_other: bool = False


def find_case_files(
    places: Iterable[Path],
    root: Path,
    known: Path | None = None,
    expected: ExpectedFiles = _NOTHING_EXPECTED,
) -> CaseFiles:
    """Returns the case files at or below some places.

    Args:
        places: Files and folders.
        root: The project's folder.
        known: The folder of known divergences, which may be among the case files.
        expected: Other files that are meant to be there.

    Raises:
        UsageError: A place does not exist, or cannot be read.
    """
    found: set[Path] = set()
    problems: list[Problem] = []
    others: set[str] = set()
    for place in places:
        if os.path.isfile(place):  # noqa: PTH113 - accepts any name without an error
            if place.suffix not in CASE_SUFFIXES:
                ends = " or ".join(CASE_SUFFIXES)
                raise UsageError(f"{place} is not a case file: its name must end with {ends}")
            found.add(place)
        elif os.path.isdir(place):  # noqa: PTH112 - the same
            for entry in _below(place, CASE_SUFFIXES, known):
                if not entry.problem and not entry.is_other:
                    found.add(entry.path)
                    continue
                shown = _shown_entry(entry.path, root)
                if expected.is_named(entry.path, shown):
                    continue
                if entry.problem:
                    problems.append(Problem(Place(shown), entry.problem))
                elif not expected.is_usual(os.path.relpath(entry.path, place)):
                    others.add(shown)
        else:
            raise UsageError(f"no such case file or folder: {place}")
    return CaseFiles(sorted(found), problems, sorted(others))


def find_known_files(folder: Path, root: Path) -> tuple[Sequence[Path], Sequence[Problem]]:
    """Returns the files of known divergences in a folder, sorted, and problems.

    Files that look like known divergences and are not read are problems. A folder that does not
    exist has no files.

    Raises:
        UsageError: The folder cannot be read.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as above
        exists = os.path.lexists(folder)
        return [], [Problem(Place(shown_path(folder, root)), "not a folder")] if exists else []
    files: list[Path] = []
    problems: list[Problem] = []
    for path, problem, is_other in _below(folder, (SUFFIX,)):
        if is_other:
            continue
        if not problem and path.parent == folder:
            files.append(path)
            continue
        text = problem or "in a subfolder: put the file of each runner directly into the folder"
        problems.append(Problem(Place(_shown_entry(path, root)), text))
    return sorted(files), problems


def _below(folder: Path, suffixes: tuple[str, ...], known: Path | None = None) -> Iterator[_Entry]:
    """Yields all files below a folder, and folders that are not searched although they might be.

    Args:
        folder: The folder.
        suffixes: Of the files that are read.
        known: A folder that is left out.
    """
    left_out = None if known is None else os.path.realpath(known)
    for name, folders, files in os.walk(folder, onerror=_fail):
        here = Path(name)
        folders[:] = [
            inner
            for inner in folders
            if not _has_other_files(here, inner) and os.path.realpath(here / inner) != left_out
        ]
        for inner in folders:
            if inner.endswith(suffixes):
                yield _Entry(here / inner, "a folder with the name of a file: rename it")
            if (here / inner).is_symlink():
                text = "links to folders are not followed: name the target"
                yield _Entry(here / inner, text)
        for file in files:
            yield _entry(here / file, suffixes)


def _has_other_files(parent: Path, name: str) -> bool:
    """Returns whether a folder has goldens, which are read with their cases, or recorded runs."""
    if name == _STATE:
        return any((parent / name / recorded).is_dir() for recorded in _RECORDED)
    return name == GOLDENS


def _entry(path: Path, suffixes: tuple[str, ...]) -> _Entry:
    if mistake := mistake_of(path.name):
        return _Entry(path, mistake)
    if path.suffix not in suffixes:
        return _Entry(path, is_other=True)
    if path.is_file():
        return _Entry(path)
    # Emacs locks a file with such a broken link.
    if path.name.startswith(".#"):
        return _Entry(path, is_other=True)
    return _Entry(path, "not a regular file, or a broken link")


def _fail(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error


def _shown_entry(path: Path, root: Path) -> str:
    """Returns the path of an entry of a folder for messages: of a link, not of its target."""
    shown = shown_path(path.parent, root)
    name = os.fsencode(path.name).decode(errors="backslashreplace")
    return name if shown == "." else f"{shown}/{name}"


def shown_path(file: Path, root: Path) -> str:
    """Returns a path for messages: relative to the project if it is in it, and always text."""
    resolved = real_path(file)
    shown = resolved.relative_to(root) if resolved.is_relative_to(root) else file
    return os.fsencode(shown).decode(errors="backslashreplace")

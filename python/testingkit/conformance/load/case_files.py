"""Which files are case files, and how a file is called where people read of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from testingkit.conformance.errors import CasesError, UsageError
from testingkit.conformance.load.goldens import FOLDER as GOLDENS
from testingkit.conformance.model import Place, Problem

SUFFIX = ".textproto"
_OTHER_SUFFIXES = frozenset({".txtpb", ".textpb", ".pbtxt", ".prototxt"})  # of text format too
_NOT_CASES = frozenset({"known_divergences", GOLDENS})  # folders with files of another kind


def find_case_files(places: Iterable[Path], root: Path | None = None) -> Sequence[Path]:
    """Returns the case files at or below some places, sorted.

    Raises:
        CasesError: Below a place is what looks as if it held cases and is not looked into.
        UsageError: A place does not exist.
    """
    found: set[Path] = set()
    problems: list[Problem] = []
    for place in places:
        if os.path.isfile(place):  # noqa: PTH113 - knows no error, whatever the name
            found.add(place)
        elif os.path.isdir(place):  # noqa: PTH112 - the same
            for path, problem in _below(place):
                if problem:
                    problems.append(Problem(Place(shown_path(path, root)), problem))
                else:
                    found.add(path)
        else:
            raise UsageError(f"no such case file or folder: {place}")
    if problems:
        raise CasesError(problems)
    return sorted(found)


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yields what is found below a folder, each with why it cannot be taken, if it cannot.

    Cases that are silently not run would be a lie, so what looks like them has to be said.
    """
    for name, folders, files in os.walk(folder, onerror=_fail):
        here = Path(name)
        folders[:] = [inner for inner in folders if inner not in _NOT_CASES]
        for inner in folders:
            if (here / inner).is_symlink():
                yield here / inner, "a folder behind a link is not looked into: name its target"
        for file in files:
            path = here / file
            if path.suffix in _OTHER_SUFFIXES:
                yield path, f"case files end with {SUFFIX}: rename it, or move it away"
            elif path.suffix == SUFFIX and path.is_file():
                yield path, ""
            elif path.suffix == SUFFIX and not file.startswith("."):  # editors lock files by links
                yield path, "is no file, or a link to nothing"


def find_known_files(folder: Path, root: Path) -> Sequence[Path]:
    """Returns the files of known divergences of a folder, sorted; none where it does not exist.

    Raises:
        CasesError: It is no folder, or holds what looks as if it were such a file and is none.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - knows no error, whatever the name
        if not os.path.lexists(folder):
            return []
        raise CasesError([Problem(Place(shown_path(folder, root)), "is no folder")])
    found = list(_below(folder))
    problems = [Problem(Place(shown_path(path, root)), text) for path, text in found if text]
    deeper = [path for path, _ in found if path.parent != folder]
    text = "lies too deep: the folder holds one file a runner and nothing below"
    problems += [Problem(Place(shown_path(path, root)), text) for path in deeper]
    if problems:
        raise CasesError(problems)
    return sorted(path for path, _ in found)


def _fail(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be looked into: {error.strerror}") from error


def shown_path(file: Path, root: Path | None) -> str:
    """The path as people see it: relative to the project where it lies in it, and always text."""
    try:
        resolved = file.resolve()
    except (OSError, RuntimeError):  # a loop of links
        resolved = file
    inside = root is not None and resolved.is_relative_to(root)
    shown = resolved.relative_to(root) if root is not None and inside else file
    return os.fsencode(shown).decode(errors="backslashreplace")

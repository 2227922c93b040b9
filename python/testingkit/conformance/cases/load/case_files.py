"""Which files are case files, and how a file is called where people read of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from testingkit.conformance.cases.load.goldens import FOLDER as GOLDENS
from testingkit.conformance.errors import Place, Problem, UsageError

SUFFIX = ".textproto"
BINARY_SUFFIX = ".binpb"
_CASE_SUFFIXES = (SUFFIX, BINARY_SUFFIX)
_OTHER_SUFFIXES = frozenset({".txtpb", ".textpb", ".pbtxt", ".prototxt"})  # of text format too
_NOT_CASES = frozenset({"known_divergences", GOLDENS, ".testingkit"})  # files of other kinds


Found = tuple[Sequence[Path], Sequence[Problem]]


def find_case_files(places: Iterable[Path], root: Path) -> Found:
    """Returns the case files at or below some places, sorted.

    Returns as problems what looks as if it held cases and is not looked into: cases that are
    silently not run would be a lie.

    Raises:
        UsageError: A place does not exist, or cannot be looked into.
    """
    found: set[Path] = set()
    problems: list[Problem] = []
    for place in places:
        if os.path.isfile(place):  # noqa: PTH113 - knows no error, whatever the name
            if place.suffix not in _CASE_SUFFIXES:
                ends = " or ".join(_CASE_SUFFIXES)
                raise UsageError(f"{place} is not a case file: its name must end with {ends}")
            found.add(place)
        elif os.path.isdir(place):  # noqa: PTH112 - the same
            files, more = _sorted_out(_below(place, _CASE_SUFFIXES), root)
            found.update(files)
            problems += more
        else:
            raise UsageError(f"no such case file or folder: {place}")
    return sorted(found), problems


def find_known_files(folder: Path, root: Path) -> Found:
    """Returns the files of known divergences of a folder, sorted; none where it does not exist.

    Returns as problems what looks as if it were such a file and is none.

    Raises:
        UsageError: It cannot be looked into.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as above
        is_there = os.path.lexists(folder)
        return [], [Problem(Place(shown_path(folder, root)), "not a folder")] if is_there else []
    files, problems = _sorted_out(_below(folder, (SUFFIX,)), root)
    deeper = [file for file in files if file.parent != folder]
    text = "in a subfolder: put the file of each runner directly into the folder"
    more = [Problem(Place(shown_path(file, root)), text) for file in deeper]
    return [file for file in files if file not in deeper], [*problems, *more]


def _sorted_out(found: Iterable[tuple[Path, str]], root: Path) -> Found:
    taken: list[Path] = []
    problems: list[Problem] = []
    for path, problem in found:
        if problem:
            problems.append(Problem(Place(shown_path(path, root)), problem))
        else:
            taken.append(path)
    return sorted(taken), problems


def _below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yields what is found below a folder, each with why it cannot be taken, if it cannot."""
    for name, folders, files in os.walk(folder, onerror=_fail):
        here = Path(name)
        folders[:] = [inner for inner in folders if inner not in _NOT_CASES]
        for inner in folders:
            if inner.endswith(suffixes):
                yield here / inner, "a folder with the name of a file: rename it"
            if (here / inner).is_symlink():
                yield (
                    here / inner,
                    "links to folders are not followed: name the target",
                )
        for file in files:
            path = here / file
            if path.suffix in _OTHER_SUFFIXES:
                yield (
                    path,
                    f"text format files must end with {SUFFIX}: rename or move it",
                )
            elif path.suffix in suffixes and path.is_file():
                yield path, ""
            elif path.suffix in suffixes and not file.startswith(
                "."
            ):  # editors lock files by links
                yield path, "not a regular file, or a broken link"


def _fail(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error


def shown_path(file: Path, root: Path) -> str:
    """The path as people see it: relative to the project where it lies in it, and always text."""
    try:
        resolved = file.resolve()
    except (OSError, RuntimeError):  # a loop of links
        resolved = file
    shown = resolved.relative_to(root) if resolved.is_relative_to(root) else file
    return os.fsencode(shown).decode(errors="backslashreplace")

"""Finds case files and files of known divergences, and formats paths for messages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from testingkit.conformance.cases.load.goldens import FOLDER as GOLDENS
from testingkit.conformance.errors import Place, Problem, UsageError

SUFFIX = ".textproto"
BINARY_SUFFIX = ".binpb"
_CASE_SUFFIXES = (SUFFIX, BINARY_SUFFIX)
# Other names of the text format.
_OTHER_SUFFIXES = frozenset({".txtpb", ".textpb", ".pbtxt", ".prototxt"})
_NOT_CASES = frozenset({"known_divergences", GOLDENS, ".testingkit"})  # folders with other files


Found = tuple[Sequence[Path], Sequence[Problem]]


def find_case_files(places: Iterable[Path], root: Path) -> Found:
    """Returns the case files at or below some places, sorted, and problems.

    Files and folders that look like cases and are not read are problems: no case is silently left
    out.

    Raises:
        UsageError: A place does not exist, or cannot be read.
    """
    found: set[Path] = set()
    problems: list[Problem] = []
    for place in places:
        if os.path.isfile(place):  # noqa: PTH113 - accepts any name without an error
            if place.suffix not in _CASE_SUFFIXES:
                ends = " or ".join(_CASE_SUFFIXES)
                raise UsageError(f"{place} is not a case file: its name must end with {ends}")
            found.add(place)
        elif os.path.isdir(place):  # noqa: PTH112 - the same
            files, more = _split_problems(_below(place, _CASE_SUFFIXES), root)
            found.update(files)
            problems += more
        else:
            raise UsageError(f"no such case file or folder: {place}")
    return sorted(found), problems


def find_known_files(folder: Path, root: Path) -> Found:
    """Returns the files of known divergences in a folder, sorted, and problems.

    Files that look like known divergences and are not read are problems. A folder that does not
    exist has no files.

    Raises:
        UsageError: The folder cannot be read.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as above
        exists = os.path.lexists(folder)
        return [], [Problem(Place(shown_path(folder, root)), "not a folder")] if exists else []
    files, problems = _split_problems(_below(folder, (SUFFIX,)), root)
    in_subfolders = [file for file in files if file.parent != folder]
    text = "in a subfolder: put the file of each runner directly into the folder"
    more = [Problem(Place(shown_path(file, root)), text) for file in in_subfolders]
    return [file for file in files if file not in in_subfolders], [*problems, *more]


def _split_problems(found: Iterable[tuple[Path, str]], root: Path) -> Found:
    files: list[Path] = []
    problems: list[Problem] = []
    for path, problem in found:
        if problem:
            problems.append(Problem(Place(shown_path(path, root)), problem))
        else:
            files.append(path)
    return sorted(files), problems


def _below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yields paths below a folder with these suffixes, each with its problem, or an empty text."""
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
                yield path, f"text format files must end with {SUFFIX}: rename or move it"
            elif path.suffix in suffixes and path.is_file():
                yield path, ""
            # Editors lock a file with a broken link whose name begins with a dot.
            elif path.suffix in suffixes and not file.startswith("."):
                yield path, "not a regular file, or a broken link"


def _fail(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error


def shown_path(file: Path, root: Path) -> str:
    """Returns a path for messages: relative to the project if it is in it, and always text."""
    try:
        resolved = file.resolve()
    except (OSError, RuntimeError):  # a loop of links
        resolved = file
    shown = resolved.relative_to(root) if resolved.is_relative_to(root) else file
    return os.fsencode(shown).decode(errors="backslashreplace")

"""Finds golden files that no case expects, for example after a case was renamed or removed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from testingkit.conformance.cases.load.case_files import shown_path
from testingkit.conformance.cases.load.goldens import FOLDER
from testingkit.conformance.cases.load.other_files import SUFFIX
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.errors import Place, Problem


def find_orphan_goldens(
    places: Sequence[Path], root: Path, suites: Sequence[Suite], reported: Collection[str]
) -> Sequence[Problem]:
    """Returns a problem for everything in the ``goldens`` folders that no case expects.

    Args:
        places: The folders of the case files, all of which were loaded.
        root: The project's folder.
        suites: The loaded suites.
        reported: Paths, as in messages, of files that have a problem already. The goldens of their
            cases are unknown, so they are not reported.
    """
    read = {
        Path(os.path.realpath(golden.file)) for suite in suites for golden in suite.cases.goldens
    }
    folders = {
        Path(os.path.realpath(found))
        for place in places
        for found in place.rglob(FOLDER)
        if found.is_dir() and FOLDER not in found.relative_to(place).parts[:-1]
    }
    problems: list[Problem] = []
    for folder in sorted(folders):
        for entry in sorted(folder.iterdir()):
            if not _is_hidden(entry):
                problems += _entry(entry, root, read, reported)
    return problems


def _entry(
    entry: Path, root: Path, read: Collection[Path], reported: Collection[str]
) -> Iterator[Problem]:
    """Yields the problems of one entry of a ``goldens`` folder."""
    shown = shown_path(entry, root)
    if not entry.is_dir():
        yield Problem(Place(shown), f"not a golden: expected {FOLDER}/<case file>/<case>{SUFFIX}")
        return
    case_file = entry.parent.parent / f"{entry.name}{SUFFIX}"
    shown_file = shown_path(case_file, root)
    if not case_file.exists():
        text = f"goldens of {shown_file}, which does not exist: remove or rename the folder"
        yield Problem(Place(shown), text)
    elif shown_file not in reported:
        yield from _files(entry, root, shown_file, read, reported)


def _files(
    folder: Path, root: Path, case_file: str, read: Collection[Path], reported: Collection[str]
) -> Iterator[Problem]:
    for file in sorted(folder.iterdir()):
        shown = shown_path(file, root)
        if _is_hidden(file) or Path(os.path.realpath(file)) in read or shown in reported:
            continue
        text = f"no case of {case_file} expects this golden: remove it, or fix the case"
        if file.is_dir() or file.suffix != SUFFIX:
            text = f"not a golden: expected <case>{SUFFIX}"
        yield Problem(Place(shown), text)


def _is_hidden(entry: Path) -> bool:
    """Returns whether an entry is a file of an editor or a system, and does not look like a golden.

    Emacs locks a file with a broken link whose name begins with ``.#``.
    """
    name = entry.name
    return name.startswith(".#") or (name.startswith(".") and not name.endswith(SUFFIX))

"""Paths that the log of a shard has: of case files and folders in the project, and of nothing else.

A log may come from anywhere. What it names is looked for in the project's folder, by a path that
does not lead out of it.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from testingkit.conformance.errors import UsageError


def path_in_project(path: Path, root: Path) -> str:
    """Returns the path of something in the project, relative to the project's folder.

    Raises:
        UsageError: It is somewhere else, or its name is no text.
    """
    resolved = path.resolve()
    if not resolved.is_relative_to(root):
        raise UsageError(f"--shard takes only cases of the project: {path} is not in {root}")
    shown = resolved.relative_to(root).as_posix()
    if not shown.isprintable():
        raise UsageError(f"--shard cannot record a path with unprintable characters: {path}")
    return shown


def path_from_log(path: str, root: Path, log: str) -> Path:
    """Returns what `path_in_project` was given, in this project.

    Raises:
        UsageError: The path leads somewhere else.
    """
    parts = PurePosixPath(path).parts
    found = root.joinpath(*parts)
    if PurePosixPath(path).is_absolute() or ".." in parts or not _is_in(found, root):
        raise UsageError(f"{log} names case files outside of the project: {path!r}")
    return found


def _is_in(path: Path, root: Path) -> bool:
    """Whether a path is in a folder, wherever links lead."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError, ValueError):  # a loop of links, or no name at all
        return False

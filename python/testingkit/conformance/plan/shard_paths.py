"""The paths of a selection in a log; those of shards are case files and folders of the project.

A log may come from anywhere, so a path in it must not lead out of the project's folder.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from testingkit.conformance.errors import UsageError


def path_in_project(path: Path, root: Path) -> str:
    """Returns the path of a file or folder, relative to the project's folder.

    Raises:
        UsageError: It is outside of the project, or its name has unprintable characters.
    """
    resolved = Path(os.path.realpath(path))
    if not resolved.is_relative_to(root):
        raise UsageError(f"--shard takes only cases of the project: {path} is not in {root}")
    shown = resolved.relative_to(root).as_posix()
    if not shown.isprintable():
        raise UsageError(f"--shard cannot record a path with unprintable characters: {path}")
    return shown


def recorded_path(path: Path, root: Path) -> str:
    """Returns the path of a file or folder for a log: relative to the project if it is in it."""
    resolved = Path(os.path.realpath(path))
    shown = resolved.relative_to(root) if resolved.is_relative_to(root) else resolved
    return os.fsencode(shown).decode(errors="backslashreplace")


def path_from_log(path: str, root: Path, log: str) -> Path:
    """Returns the path of a file or folder that a log names, in this project.

    Raises:
        UsageError: The path leads out of the project.
    """
    parts = PurePosixPath(path).parts
    found = root.joinpath(*parts)
    if PurePosixPath(path).is_absolute() or ".." in parts or not _is_in(found, root):
        raise UsageError(f"{log} names case files outside of the project: {path!r}")
    return found


def _is_in(path: Path, root: Path) -> bool:
    """Returns whether a path is in a folder, after following links."""
    try:
        return Path(os.path.realpath(path)).is_relative_to(root)
    except (OSError, RuntimeError, ValueError):  # a loop of links, or not a valid name
        return False

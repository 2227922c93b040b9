"""What the expanders of a project depend on besides their code: files and environment variables."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.errors import ConfigError

_BLOCK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Inputs:
    """The declared inputs, as they are now.

    Attributes:
        files: The real paths of the files.
        digest: Of the files and variables.
    """

    files: Sequence[Path]
    digest: bytes
    _stamps: Sequence[tuple[int, ...]]

    def have_changed(self) -> bool:
        """Returns whether a file has changed since it was read."""
        return self._stamps != [_stamp(file) for file in self.files]


def read_inputs(
    config_path: str, root: Path, patterns: Sequence[str], variables: Sequence[str]
) -> Inputs:
    """Reads the declared inputs.

    Args:
        config_path: The configuration file in messages.
        root: The folder of the patterns.
        patterns: Files and folders, such as ``tables/*.csv``; a folder means all files in it.
        variables: Names of environment variables.

    Raises:
        ConfigError: A pattern matches no file, or a file cannot be read.
    """
    digest = hashlib.sha256()
    for name in sorted(variables):
        digest.update(repr((name, os.environ.get(name))).encode(errors="surrogateescape"))
    files: list[Path] = []
    for index, pattern in enumerate(patterns):
        found = list(matching_files(root, pattern))
        key = f"load.inputs[{index}]"
        if not found:
            raise ConfigError(config_path, key, f"no file matches {pattern!r}")
        for shown, file in found:
            files.append(file)
            try:
                content = _digest_of(file)
            except OSError as error:
                text = f"{shown} cannot be read: {error.strerror or error}"
                raise ConfigError(config_path, key, text) from error
            digest.update(repr((shown, content)).encode(errors="surrogateescape"))
    return Inputs(files, digest.digest(), [_stamp(file) for file in files])


def matching_files(root: Path, pattern: str) -> Iterator[tuple[str, Path]]:
    """Yields the files that a pattern matches, sorted: as they are named, and their real paths."""
    # Path.glob refuses absolute patterns.
    names = glob.glob(pattern, root_dir=root, recursive=True, include_hidden=True)  # noqa: PTH207
    for name in sorted(names):
        path = root / name
        if not path.is_dir():
            yield name, Path(os.path.realpath(path))
            continue
        for folder, folders, files in os.walk(path):
            folders.sort()
            for file in sorted(files):
                below = Path(folder, file)
                yield os.path.relpath(below, root), Path(os.path.realpath(below))


def _digest_of(file: Path) -> bytes:
    if not file.is_file():
        raise OSError("not a regular file")
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.digest()


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

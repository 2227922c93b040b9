"""Writes TestingKit's version into every file that holds it.

Usage: ``set_version.py VERSION``, run by ``make set-version V=VERSION``.

The source is ``python/testingkit/__init__.py``, which ``pyproject.toml`` reads. `PLACES` names all
other files: Cargo, Go and samples of output in documents cannot read a Python file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?"
SOURCE = "python/testingkit/__init__.py"
# Folders that hold built files, downloaded code or generated code.
_NOT_OURS = re.compile(r"(?:^|/)(?:\.\w+|target|build|gen|generated|node_modules|third_party)/")


@dataclass(frozen=True)
class Place:
    """A line that holds the version: which files have it, and the text around it."""

    files: str
    before: str
    after: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern for the line, with the group `version`."""
        return re.compile(f"(?m){self.before}(?P<version>{VERSION}){self.after}")


_OUTPUT_LINE = r"^(?:\$ )?`?testingkit "
_GO_MODULE = r"testingkit\.dev/go(?:/conformance)? v"
PLACES = (
    Place(SOURCE, r'^__version__ = "', '"$'),
    Place("rust/Cargo.toml", r'^\[workspace\.package\]\nversion = "', '"$'),
    # The packages of this repository. The benchmark's runner has a version of its own.
    Place(
        "**/Cargo.lock",
        r'^name = "testingkit(?:-codegen|-kit-runner|-proto|-runner)?"\nversion = "',
        '"$',
    ),
    Place("go/**/*.go", r'^(?:const |\t)\w*[vV]ersion\s*= "', '"$'),
    Place("**/*.mod", rf"^(?:require )?\s*{_GO_MODULE}", r"(?: // indirect)?$"),
    Place("**/*.md", rf"^\s*{_GO_MODULE}", "$"),
    Place("**/*.md", _OUTPUT_LINE, " ·"),
)


@dataclass(frozen=True)
class Found:
    """One version that a file holds, and where."""

    file: str
    line: int
    version: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.version}"


def files(root: Path, place: Place) -> list[Path]:
    """Returns the files of a place that the project owns."""
    return [
        path
        for path in sorted(root.glob(place.files))
        if path.is_file() and not _NOT_OURS.search(path.relative_to(root).as_posix())
    ]


def find_all(root: Path) -> Iterator[Found]:
    """Yields every version in the files of `PLACES`."""
    for place in PLACES:
        for path in files(root, place):
            text = path.read_text(encoding="utf-8")
            for match in place.pattern.finditer(text):
                line = text.count("\n", 0, match.start("version")) + 1
                yield Found(path.relative_to(root).as_posix(), line, match["version"])


def write_all(root: Path, version: str) -> list[Found]:
    """Writes a version into every place, and returns the places with the version they had."""
    changed = [found for found in find_all(root) if found.version != version]
    for place in PLACES:
        for path in files(root, place):
            text = path.read_text(encoding="utf-8")
            new = place.pattern.sub(lambda match: _with_version(match, version), text)
            if new != text:
                path.write_text(new, encoding="utf-8")
    return changed


def _with_version(match: re.Match[str], version: str) -> str:
    """Returns the matched text with another version in it."""
    start, end = (position - match.start() for position in match.span("version"))
    return match[0][:start] + version + match[0][end:]


def main(arguments: list[str]) -> int:
    """Runs the command; returns its exit status."""
    if len(arguments) != 1 or not re.fullmatch(VERSION, arguments[0]):
        print("usage: make set-version V=1.2.3", file=sys.stderr)
        return 2
    for found in write_all(ROOT, arguments[0]):
        print(f"{found} -> {arguments[0]}")
    print("Next: move the entries of Unreleased in CHANGELOG.md below the new version.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Judges files among the case files that are not case files by their names.

A file that looks like cases is a problem, because cases that silently do not run would look like
cases that pass. Any other file is listed, unless it is expected there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from testingkit.conformance.cases.patterns import pattern_matches

SUFFIX = ".textproto"
BINARY_SUFFIX = ".binpb"
CASE_SUFFIXES = (SUFFIX, BINARY_SUFFIX)

_TEXT = f"text format files must end with {SUFFIX}: rename or move it"
_CONVERT = (
    f"case files are text format (*{SUFFIX}) or delimited messages (*{BINARY_SUFFIX}): convert or "
    "move it, or name it in project.cases_ignore"
)
# Other names of the text format, and of forms in which other tools keep test cases.
_LIKE_CASES = {
    ".txtpb": _TEXT,
    ".textpb": _TEXT,
    ".pbtxt": _TEXT,
    ".prototxt": _TEXT,
    ".json": _CONVERT,
    ".jsonl": _CONVERT,
    ".pb": _CONVERT,
    ".yaml": _CONVERT,
    ".yml": _CONVERT,
}
# Documents, code, and files of tools and systems.
_EXPECTED = re.compile(
    r"\..* | .*~ | .*\.(?:adoc|md|proto|py|pyc|rst|sh)"
    r"| (?:BUILD|CHANGELOG|CODEOWNERS|LICENSE|Makefile|NOTICE|OWNERS|README|Thumbs)(?:[.-].*)?",
    re.VERBOSE,
)


def mistake_of(name: str) -> str:
    """Returns what is wrong with the name of a file that looks like cases; empty for others."""
    plain = name.strip().lower()
    if name in CASE_SUFFIXES:
        return f"a case file needs a name before {name}: rename it"
    if name.endswith(CASE_SUFFIXES):
        return ""
    for suffix in CASE_SUFFIXES:
        if plain.endswith(suffix):
            return f"case files must end with {suffix}, in lower case and without blanks: rename it"
    return _LIKE_CASES.get(Path(plain).suffix, "")


class ExpectedFiles:
    """Knows which files a project wants to have among its case files."""

    def __init__(self, patterns: Sequence[str] = (), inputs: Collection[Path] = ()) -> None:
        """Takes ``project.cases_ignore``, and the real paths of the inputs of expanders."""
        self._patterns = [pattern.removeprefix("./").strip("/") for pattern in patterns]
        self._inputs = frozenset(inputs)

    def is_named(self, file: Path, shown: str) -> bool:
        """Returns whether the configuration names a file; ``shown`` is its path in messages."""
        parts = shown.split("/")
        folders = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        for pattern in self._patterns:
            candidates = folders if "/" in pattern else parts
            if any(pattern_matches(pattern, candidate) for candidate in candidates):
                return True
        return Path(os.path.realpath(file)) in self._inputs

    @staticmethod
    def is_usual(shown: str) -> bool:
        """Returns whether no one would take a file for cases, such as a README.md."""
        return any(_EXPECTED.fullmatch(part) for part in shown.split("/"))

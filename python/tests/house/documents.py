"""The documents of the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[3]
_DOCUMENTS = (
    "*.md",
    "docs/**/*.md",
    "examples/**/*.md",
    ".github/**/*.md",
    ".github/ISSUE_TEMPLATE/*.yml",
)


def documents() -> list[Path]:
    """Returns every document with commands or paths for its readers."""
    return sorted(path for pattern in _DOCUMENTS for path in ROOT.glob(pattern))

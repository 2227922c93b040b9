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
    """Returns every file that tells people what to type or where to look."""
    return sorted(path for pattern in _DOCUMENTS for path in ROOT.glob(pattern))

"""The numbers of truncation (docs/kit/render.md, truncation)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a value is shown."""

    levels: int
    """Deeper than this, what has parts shows an ellipsis."""
    entries: int
    """More than this, and the rest is counted."""
    length: int
    """Longer than this, and a text or bytes are cut."""
    kept: int
    """How much of a text or bytes that are cut is kept."""


FAILURE_LIMITS = Limits(levels=6, entries=20, length=200, kept=150)

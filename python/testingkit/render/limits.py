"""The limits of truncated text (docs/kit/render.md, truncation)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the text of a value."""

    levels: int
    """Deeper values with parts are shown as an ellipsis."""
    entries: int
    """Maximum number of parts that are shown; the others are counted."""
    length: int
    """Longer texts and bytes are cut."""
    kept: int
    """Length that remains of a cut text or bytes."""


FAILURE_LIMITS = Limits(levels=6, entries=20, length=200, kept=150)

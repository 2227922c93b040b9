"""Checks the reasons that people give."""

from __future__ import annotations

# Characters that Unicode counts as letters, and that are shown as nothing.
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def is_reason(text: str) -> bool:
    """Returns whether a text can be a reason: it has a letter or a digit that is visible."""
    return any(char.isalnum() and char not in _FILLERS for char in text)

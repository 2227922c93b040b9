"""Text as the terminal shows it."""

from __future__ import annotations

from testingkit.conformance.safe_text import safe, safe_lines

__all__ = ["brief", "count", "safe", "safe_lines", "shorten"]

_MAX_BRIEF = 400


def shorten(text: str, limit: int) -> str:
    """Cuts a text to a number of characters and says how many are left out."""
    return text if len(text) <= limit else f"{text[:limit]}…+{len(text) - limit}"


def brief(text: str, limit: int = _MAX_BRIEF) -> str:
    """A name, a path or a sentence from outside as a part of one line."""
    return safe(shorten(text, limit))


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and a noun in the right form, such as ``1 case`` or ``2 entries``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"

"""Text from outside, made safe for a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Shows control characters instead of sending them: names and answers may hold any."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def shorten(text: str, limit: int) -> str:
    """Cuts a text to a number of characters and says how many are left out."""
    return text if len(text) <= limit else f"{text[:limit]}…+{len(text) - limit}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and a noun in the right form, such as ``1 case`` or ``2 entries``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"

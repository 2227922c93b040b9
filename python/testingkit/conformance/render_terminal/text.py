"""Text as the terminal shows it."""

from __future__ import annotations

import re

from testingkit.conformance.run_text import count
from testingkit.conformance.safe_text import safe, safe_lines

__all__ = ["brief", "count", "safe", "safe_lines", "shorten"]

_MAX_BRIEF = 400
_LEFT_OUT = re.compile(r"…\+([0-9]{1,12})$")  # of what was cut where it arose


def shorten(text: str, limit: int) -> str:
    """Cuts a text to a number of characters and says how many are left out, before as well."""
    if len(text) <= limit:
        return text
    before = _LEFT_OUT.search(text)
    whole = text if before is None else text[: before.start()]
    left_out = len(whole) - limit + (0 if before is None else int(before[1]))
    return f"{text[:limit]}…+{left_out}"


def brief(text: str, limit: int = _MAX_BRIEF) -> str:
    """A name, a path or a sentence from outside as a part of one line."""
    return safe(shorten(text, limit))

"""Text as the terminal shows it."""

from __future__ import annotations

from testingkit.conformance.run_text import count
from testingkit.conformance.safe_text import brief, safe, safe_lines, shorten

__all__ = ["brief", "count", "percent", "safe", "safe_lines", "shorten"]


def percent(share: float) -> str:
    """A share for people, in which a little is never shown as nothing, nor nearly all as all."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    if whole == 100 and share < 1:
        return ">99 %"
    return f"{whole} %"

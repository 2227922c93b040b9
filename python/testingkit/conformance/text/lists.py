"""Long lists in one line."""

from __future__ import annotations

from collections.abc import Sequence

MAX_SHOWN = 3


def listed(names: Sequence[str], number: int | None = None) -> str:
    """Names the first of some things, and says how many more there are.

    Args:
        names: The things, or the first of them.
        number: How many there are; the length of ``names`` unless given.
    """
    shown = names[:MAX_SHOWN]
    more = (len(names) if number is None else number) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")

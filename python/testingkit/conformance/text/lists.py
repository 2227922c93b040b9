"""Formats long lists in one line."""

from __future__ import annotations

from collections.abc import Sequence

MAX_SHOWN = 3


def format_list(names: Sequence[str], number: int | None = None) -> str:
    """Returns the first names of a list and the number of the others: ``a, b, c and 4 more``.

    Args:
        names: The list, or the first part of it.
        number: Length of the whole list; by default that of ``names``.
    """
    shown = names[:MAX_SHOWN]
    more = (len(names) if number is None else number) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")

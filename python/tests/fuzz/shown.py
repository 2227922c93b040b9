"""Checks text that is printed on a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
MAX_SHOWN = 2_000_000  # characters of one run


def assert_shown(text: str, most: int = MAX_SHOWN) -> None:
    """Asserts that a text is bounded, without control, direction or invisible characters."""
    hidden = {c for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in _HIDDEN}
    assert not hidden
    assert len(text) < most

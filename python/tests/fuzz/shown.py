"""What may reach a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
MAX_SHOWN = 2_000_000  # characters of one run, far more than anybody reads


def assert_shown(text: str, most: int = MAX_SHOWN) -> None:
    """No character of it moves the cursor, turns the direction, or is not to be seen."""
    hidden = {c for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in _HIDDEN}
    assert not hidden
    assert len(text) < most

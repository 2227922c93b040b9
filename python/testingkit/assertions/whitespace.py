"""The code points that are whitespace (docs/kit/assertions.md, whitespace)."""

from __future__ import annotations

# A fixed list instead of `str.isspace`: languages have different properties and versions of
# Unicode.
_RANGES = (
    (0x0009, 0x000D),
    (0x0020, 0x0020),
    (0x0085, 0x0085),
    (0x00A0, 0x00A0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
)
_WHITESPACE = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))


def is_whitespace(char: str) -> bool:
    """Returns whether a code point is whitespace."""
    return char in _WHITESPACE

"""Quotes text, with the same result in every language (docs/kit/render.md, text)."""

from __future__ import annotations

import re

# Code points that are invisible or change how their neighbours are displayed. This is a fixed list
# instead of a Unicode property, because languages have different versions of Unicode.
INVISIBLE = (
    (0x0000, 0x001F),
    (0x007F, 0x00A0),
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
_INVISIBLE_CHARS = frozenset(
    chr(code) for first, last in INVISIBLE for code in range(first, last + 1)
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPES = {ord(char): f"\\u{{{ord(char):x}}}" for char in _INVISIBLE_CHARS} | {
    ord(char): escaped for char, escaped in _SHORT.items()
}
_ESCAPED = re.compile(
    '["\\\\' + "".join(f"{chr(first)}-{chr(last)}" for first, last in INVISIBLE) + "]"
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def escape(text: str) -> str:
    """Returns the text with quotes, backslashes and invisible code points escaped."""
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text


def quote(text: str) -> str:
    """Returns the escaped text in double quotes."""
    return f'"{escape(text)}"'


def is_invisible(char: str) -> bool:
    """Returns whether a code point is in the list of those that are invisible."""
    return char in _INVISIBLE_CHARS


def is_identifier(name: str) -> bool:
    """Returns whether a name is an ASCII letter or `_`, then ASCII letters, digits or `_`."""
    return _IDENTIFIER.match(name) is not None


def path_segment(name: str) -> str:
    """Returns the path of a field or text key: `.name`, or `["any text"]` if not an identifier."""
    return f".{name}" if is_identifier(name) else f"[{quote(name)}]"

"""Makes text from outside safe to print: names, answers and output may have any characters."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

# Characters that move the cursor, break the line, change the direction of text, or are invisible:
# the Unicode categories Cc, Cf, Cs, Zl and Zp, except for the tab.
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2"
    "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff0-\\ufffb"
    "\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e007f]"
)
_MAX_BRIEF = 400
_CUT = re.compile(r"…\+([0-9]{1,12})$")  # the end of a text that was shortened before
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r"}
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def safe(text: str) -> str:
    """Returns a text as one line without control and invisible characters.

    They are replaced by escapes as in Python, so that a text can fake neither a line nor a colour.
    """
    return _UNSAFE.sub(_escape, text)


def shorten(text: str, limit: int) -> str:
    """Returns at most ``limit`` characters of a text, then ``…+`` and the number of those left out.

    If the text was shortened before, the number includes the characters left out then.
    """
    if len(text) <= limit:
        return text
    before = _CUT.search(text)
    whole = text if before is None else text[: before.start()]
    left_out = len(whole) - limit + (0 if before is None else int(before[1]))
    return f"{text[:limit]}…+{left_out}"


def brief(text: str, limit: int = _MAX_BRIEF) -> str:
    """Returns a name, a path or a sentence from outside, shortened and safe."""
    return safe(shorten(text, limit))


def safe_lines(text: str) -> Sequence[str]:
    """Returns the lines of a text, each one safe."""
    return [safe(line.removesuffix("\r")) for line in text.split("\n")]


def safe_json(document: Any) -> str:
    """Returns indented JSON, in which unsafe characters are escaped."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return "\n".join(_UNSAFE.sub(_escape_json, line) for line in text.split("\n"))


def safe_json_line(document: Any) -> str:
    """Returns JSON as `safe_json` does, in one line and without spaces."""
    text = _COMPACT.encode(document)
    # Almost every line is printable, and this check is faster than the search.
    return text if text.isprintable() else _UNSAFE.sub(_escape_json, text)


def _escape(match: re.Match[str]) -> str:
    if match[0] in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[match[0]]
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _escape_json(match: re.Match[str]) -> str:
    """Returns a JSON escape. Unsafe characters occur only in strings, where it is valid."""
    return json.dumps(match[0])[1:-1]

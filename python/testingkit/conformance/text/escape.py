"""Text from outside, made safe to be printed: names, answers and output may hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

# What moves the cursor, breaks the line, turns the direction of what follows, or is not to be seen:
# the Unicode categories Cc, Cf, Cs, Zl and Zp, except for the tab.
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2"
    "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff0-\\ufffb"
    "\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e007f]"
)
_MAX_BRIEF = 400
_LEFT_OUT = re.compile(r"…\+([0-9]{1,12})$")  # of what was cut where it arose
_SHORT = {"\n": "\\n", "\r": "\\r"}
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def safe(text: str) -> str:
    """Returns a text as one line that a terminal only shows: names and answers may hold anything.

    What is not to be seen is shown as an escape of Python's; no colour and no line can be forged.
    """
    return _UNSEEN.sub(_escape, text)


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


def safe_lines(text: str) -> Sequence[str]:
    """Returns the lines of a text, each of them safe."""
    return [safe(line.removesuffix("\r")) for line in text.split("\n")]


def safe_json(document: Any) -> str:
    """Returns JSON for people and tools that a terminal only shows as well."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return "\n".join(_UNSEEN.sub(_escape_json, line) for line in text.split("\n"))


def safe_json_line(document: Any) -> str:
    """Returns JSON as `safe_json` does, in one line and without blanks."""
    text = _COMPACT.encode(document)
    # Nearly every line is printable, and to know that is quicker than to look for what is not.
    return text if text.isprintable() else _UNSEEN.sub(_escape_json, text)


def _escape(match: re.Match[str]) -> str:
    if match[0] in _SHORT:
        return _SHORT[match[0]]
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _escape_json(match: re.Match[str]) -> str:
    """Outside of strings JSON has only what is to be seen, so this is always within one."""
    return json.dumps(match[0])[1:-1]

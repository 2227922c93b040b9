"""Returns texts as XML; characters that are invisible or not allowed in XML are escaped."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from testingkit.conformance.text.escape import safe, safe_lines, shorten

# Characters of a text other than a name. Many parsers refuse texts of more than 10 MB.
MAX_TEXT = 100_000


def element(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """Returns an element around text that is XML already; values of attributes are one line."""
    opening = f"<{name}{_attributes(attributes)}"
    return f"{opening}>{inside}</{name}>" if inside else f"{opening}/>"


def start(name: str, attributes: Mapping[str, str]) -> str:
    """Returns the start tag of an element."""
    return f"<{name}{_attributes(attributes)}>"


def name_line(text: str) -> str:
    """Returns a name as one line; different names are different lines."""
    return _allowed(safe(text.replace("\\", "\\\\")))


def line(text: str) -> str:
    """Returns a text as one line; a long text is cut."""
    return _allowed(safe(shorten(text, MAX_TEXT)))


def lines(text: str) -> str:
    """Returns a text of several lines as XML; a long text is cut."""
    return escape(_allowed("\n".join(safe_lines(shorten(text, MAX_TEXT)))))


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _allowed(text: str) -> str:
    """Returns a safe text with the two remaining characters escaped that XML does not allow."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")

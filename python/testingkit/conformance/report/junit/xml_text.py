"""XML of texts that may hold anything: what is not to be seen, or not allowed, is shown escaped."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from testingkit.conformance.text.escape import safe, safe_lines, shorten

# Of one text that is no name. Many parsers take none of more than 10 MB.
MAX_TEXT = 100_000


def element(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """Returns an element around what is XML already. Values of attributes are lines."""
    begun = f"<{name}{_attributes(attributes)}"
    return f"{begun}>{inside}</{name}>" if inside else f"{begun}/>"


def start(name: str, attributes: Mapping[str, str]) -> str:
    """Returns the start of an element."""
    return f"<{name}{_attributes(attributes)}>"


def name_line(text: str) -> str:
    """Returns a name as a line, other names as other lines."""
    return _allowed(safe(text.replace("\\", "\\\\")))


def line(text: str) -> str:
    """Returns a text as a line. What is long is cut."""
    return _allowed(safe(shorten(text, MAX_TEXT)))


def lines(text: str) -> str:
    """Returns a text of several lines as XML. What is long is cut."""
    return escape(_allowed("\n".join(safe_lines(shorten(text, MAX_TEXT)))))


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _allowed(text: str) -> str:
    """XML takes what is safe to be shown, but for two that stand for no character."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")

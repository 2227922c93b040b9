"""Adds entries to the text of a file of known divergences, and removes them.

All other bytes of the text stay the same.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.load.tokenizer import Lines, Token, fields, tokens

_HEADER = """\
# proto-file: testingkit/conformance/v1/divergence.proto
# proto-message: testingkit.conformance.v1.KnownDivergences

runner: "{runner}"
"""
_COMMENT_LINE = re.compile(r"[ \t]*#(?!\s*proto-(?:file|message):)[^\n]*\n")
_BLANK_LINE = re.compile(r"[ \t]*\r?\n")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")


def with_entries(text: str, runner: str, entries: Sequence[str]) -> str:
    """Returns the text of a file with more entries at its end; an empty text is a new file."""
    text = text or _HEADER.format(runner=runner)
    newline = "\r\n" if "\r\n" in text else "\n"
    end = "" if text.endswith("\n") else newline
    return text + end + "".join(f"\n{entry}" for entry in entries).replace("\n", newline)


@dataclass(frozen=True, slots=True)
class Cut:
    """The text of a file without some entries, and the text of each with its comments."""

    text: str
    removed: Sequence[str]


def without_entries(text: str, places: Collection[tuple[int, int]]) -> Cut:
    """Removes entries, each with the comments directly before it and on its last line.

    Args:
        text: The text of the file.
        places: Line and column of every entry to remove.

    Raises:
        KeyError: There is no entry at a place.
    """
    lines = Lines(text)
    found = {lines.at(field.start): field for field in fields(text) if field.name == "entries"}
    left = list(tokens(text))
    removed = []
    # From the end, because each removal moves all that follows.
    for place in sorted(places, reverse=True):
        entry, comma = found[place], None
        first, behind = _at(left, entry.start), _at(left, entry.end)
        end = entry.end
        if behind < len(left) and left[behind].text in {",", ";"}:
            end = left[behind].end
        elif first and left[first - 1].text == ",":
            comma = left[first - 1].start  # The comma before the last of a list.
        start, end = _own_lines(text, entry.start, end)
        removed.append(text[start:end].strip("\r\n"))
        text = text[:start] + text[end:]
        if comma is not None:
            text = text[:comma] + text[comma + 1 :]
        del left[first if comma is None else first - 1 :]
    return Cut(text, removed[::-1])


def _at(some: Sequence[Token], offset: int) -> int:
    """Returns the index of the first token at or after an offset."""
    return bisect.bisect_left(some, offset, key=lambda token: token.start)


def _own_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the offsets of an entry with its whole lines, its comments and a blank line."""
    line = text.rfind("\n", 0, start) + 1
    rest = _REST_OF_LINE.match(text, end)
    if text[line:start].strip(" \t") or rest is None:
        return start, end  # Another entry or field is on the same lines.
    start, end = _start_of_comments(text, line), rest.end()
    above = text.rfind("\n", 0, max(0, start - 1)) + 1  # The line before the comments.
    blank_above = _BLANK_LINE.fullmatch(text, above, start) is not None
    below = _BLANK_LINE.match(text, end)
    if below is not None and (blank_above or not start):
        return start, below.end()  # Of two blank lines, one stays.
    return (above if blank_above and end == len(text) else start), end


def _start_of_comments(text: str, line: int) -> int:
    """Returns where the comments directly above a line begin, given the offset of the line."""
    while line:
        above = text.rfind("\n", 0, line - 1) + 1
        if not _COMMENT_LINE.fullmatch(text, above, line):
            break
        line = above
    return line

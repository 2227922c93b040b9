"""The assertions of texts that are rewritten (docs/kit/assertions.md, equality of texts)."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from itertools import zip_longest

from testingkit.assertions.entry import Body, Finding, Rule
from testingkit.assertions.whitespace import is_whitespace
from testingkit.value import Int, Text

# A code point of a rewritten text, and the index of the first one that it replaces.
_Piece = tuple[int, str]
_Rewriting = Callable[[str], Iterator[_Piece]]

_LOWER_CASE = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _in_lower_case(text: str) -> Iterator[_Piece]:
    return enumerate(text.translate(_LOWER_CASE))


def _without_whitespace(text: str) -> Iterator[_Piece]:
    return ((index, char) for index, char in enumerate(text) if not is_whitespace(char))


def _with_single_spaces(text: str) -> Iterator[_Piece]:
    end = 0  # Behind the last code point that is not whitespace.
    for index, char in _without_whitespace(text):
        if 0 < end < index:
            yield end, " "
        yield index, char
        end = index + 1


def _with_plain_newlines(text: str) -> Iterator[_Piece]:
    previous = ""
    for index, char in enumerate(text):
        if char == "\r":
            yield index, "\n"
        elif (previous, char) != ("\r", "\n"):
            yield index, char
        previous = char


def equals_after(rewrite: _Rewriting) -> Body:
    """Returns the body that requires the same text after both are rewritten."""

    def body(actual: Text, expected: Text) -> Finding:
        pairs = zip_longest(rewrite(actual.value), rewrite(expected.value))
        for piece, other in pairs:
            if piece is None or other is None or piece[1] != other[1]:
                index = len(actual.value) if piece is None else piece[0]
                return Finding(passed=False, details=(("index", Int(index)),))
        return Finding(passed=True)

    return body


RULES = {
    "equals_ignoring_ascii_case": Rule(equals_after(_in_lower_case)),
    "equals_ignoring_whitespace": Rule(equals_after(_without_whitespace)),
    "equals_normalizing_whitespace": Rule(equals_after(_with_single_spaces)),
    "equals_normalizing_newlines": Rule(equals_after(_with_plain_newlines)),
}

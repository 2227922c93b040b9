"""The assertions of the forms of texts (docs/kit/assertions.md, forms of texts)."""

from __future__ import annotations

import string
from collections.abc import Callable

from testingkit.assertions.entry import Body, Finding, Rule, opposite, plain
from testingkit.assertions.sizes import check_count
from testingkit.assertions.texts import check_texts, list_of
from testingkit.assertions.whitespace import is_whitespace
from testingkit.diff import diff_lines, expanded_lines
from testingkit.value import Int, List, Text
from testingkit.value.quote import is_invisible

_OfChar = Callable[[str], bool]
Reader = Callable[[str], int | None]
"""Returns the index at which a text leaves a form, or None if the text has it."""


DIGITS = frozenset(string.digits)
"""The digits of ASCII."""
LETTERS = frozenset(string.ascii_letters)
"""The letters of ASCII."""
_LOWER_CASE = frozenset(string.ascii_lowercase)
_UPPER_CASE = frozenset(string.ascii_uppercase)


def by_index(read: Reader) -> Body:
    """Returns the body of an assertion that a text has a form, with the index as its detail."""

    def body(actual: Text) -> Finding:
        index = read(actual.value)
        if index is None:
            return Finding(passed=True)
        return Finding(passed=False, details=(("index", Int(index)),))

    return body


def first_other(text: str, allowed: _OfChar) -> int | None:
    """Returns the index of the first code point that is not allowed."""
    return next((index for index, char in enumerate(text) if not allowed(char)), None)


def _only(allowed: _OfChar) -> Reader:
    """Returns the reader of texts of allowed code points."""
    return lambda text: first_other(text, allowed)


def _with_some(needed: frozenset[str], allowed: _OfChar) -> Reader:
    """Returns the reader of texts of allowed code points, of which at least one is needed."""

    def read(text: str) -> int | None:
        index = first_other(text, allowed)
        if index is None and needed.isdisjoint(text):
            return len(text)
        return index

    return read


def _all_of(chars: frozenset[str]) -> Reader:
    """Returns the reader of texts that are not empty and have only these code points."""
    return _with_some(chars, chars.__contains__)


def _is_blank(actual: Text) -> bool:
    return all(map(is_whitespace, actual.value))


def _is_trimmed(actual: Text) -> bool:
    ends = actual.value[:1] + actual.value[-1:]
    return not any(map(is_whitespace, ends))


def _utf8_length(text: str) -> int:
    return len(text.encode())


def _utf16_length(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def lines_of(text: str) -> list[str]:
    """Returns the lines of a text, without what ends them."""
    # `str.splitlines` also splits at other separators.
    *ended, last = text.split("\n")
    return [line.removesuffix("\r") for line in ended] + ([last] if last else [])


def _line_count(text: str) -> int:
    return len(lines_of(text))


def _has_count(measure: Callable[[str], int]) -> Body:
    def body(actual: Text, count: Int) -> Finding:
        found = measure(actual.value)
        return Finding(found == count.value, (("count", Int(found)),))

    return body


def _has_lines(actual: Text, lines: List) -> Finding:
    found = list_of(lines_of(actual.value))
    if found == lines:
        return Finding(passed=True)
    return Finding(passed=False, diff=diff_lines(expanded_lines(lines), expanded_lines(found)))


RULES = {
    "is_blank": plain(_is_blank),
    "is_not_blank": opposite(_is_blank),
    "is_trimmed": plain(_is_trimmed),
    "is_ascii": Rule(by_index(_only(str.isascii))),
    "is_ascii_letters": Rule(by_index(_all_of(LETTERS))),
    "is_ascii_digits": Rule(by_index(_all_of(DIGITS))),
    "is_ascii_alphanumeric": Rule(by_index(_all_of(LETTERS | DIGITS))),
    "is_ascii_lowercase": Rule(
        by_index(_with_some(_LOWER_CASE, lambda char: char not in _UPPER_CASE))
    ),
    "is_ascii_uppercase": Rule(
        by_index(_with_some(_UPPER_CASE, lambda char: char not in _LOWER_CASE))
    ),
    "is_printable": Rule(by_index(_only(lambda char: not is_invisible(char)))),
    "has_char_count": Rule(_has_count(len), check_count),
    "has_utf8_length": Rule(_has_count(_utf8_length), check_count),
    "has_utf16_length": Rule(_has_count(_utf16_length), check_count),
    "has_line_count": Rule(_has_count(_line_count), check_count),
    "has_lines": Rule(_has_lines, check_texts),
}

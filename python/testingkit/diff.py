"""The diff module: line differences that are the same in every language.

The rules are in docs/kit/diff.md. The standard library's `difflib` has other rules: it ignores
frequent lines and does not find the longest common subsequence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testingkit.render import expanded
from testingkit.value import Value

__all__ = ["diff_lines", "diff_values"]

MAX_TABLE_CELLS = 1_000_000
CONTEXT_LINES = 3

KEPT, DELETED, INSERTED = " ", "-", "+"


@dataclass(frozen=True, slots=True)
class _Edit:
    """One line of the difference, with the number of lines before it on either side."""

    mark: str
    line: str
    expected_before: int
    actual_before: int


def diff_lines(expected: Sequence[str], actual: Sequence[str]) -> str:
    """Returns the difference of two sequences of lines as hunks of text, empty if they are equal.

    Args:
        expected: The expected lines, without line ends.
        actual: The actual lines, without line ends.
    """
    edits = _number(_edit_script(expected, actual))
    return "".join(_hunk(edits[first:last]) for first, last in _hunk_ranges(edits))


def diff_values(expected: Value, actual: Value) -> str:
    """Returns the difference of the expanded texts of two values."""
    return diff_lines(expanded_lines(expected), expanded_lines(actual))


def expanded_lines(shown: Value) -> list[str]:
    """Returns the lines of the expanded text of a value, without line ends."""
    return expanded(shown).split("\n")[:-1]


def _edit_script(expected: Sequence[str], actual: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yields the lines of the whole difference, each with its mark."""
    shorter = min(len(expected), len(actual))
    start = _common_length(expected, actual, shorter)
    end = _common_length(expected[::-1], actual[::-1], shorter - start)
    yield from ((KEPT, line) for line in expected[:start])
    yield from _middle(expected[start : len(expected) - end], actual[start : len(actual) - end])
    yield from ((KEPT, line) for line in expected[len(expected) - end :])


def _common_length(left: Sequence[str], right: Sequence[str], limit: int) -> int:
    """Returns the number of equal lines at the start of both sequences, up to the limit."""
    for place in range(limit):
        if left[place] != right[place]:
            return place
    return limit


def _middle(expected: Sequence[str], actual: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yields the difference between the common start and the common end."""
    i = j = 0
    if len(expected) * len(actual) <= MAX_TABLE_CELLS:
        lengths = _common_lengths(expected, actual)
        while i < len(expected) and j < len(actual):
            if expected[i] == actual[j]:
                yield KEPT, expected[i]
                i, j = i + 1, j + 1
            elif lengths[i + 1][j] >= lengths[i][j + 1]:
                yield DELETED, expected[i]
                i += 1
            else:
                yield INSERTED, actual[j]
                j += 1
    yield from ((DELETED, line) for line in expected[i:])
    yield from ((INSERTED, line) for line in actual[j:])


def _common_lengths(expected: Sequence[str], actual: Sequence[str]) -> list[list[int]]:
    """Returns at [i][j] the length of the longest common subsequence from lines i and j on."""
    below = [0] * (len(actual) + 1)
    rows = [below]
    for wanted in reversed(expected):
        row = [0] * (len(actual) + 1)
        for j in range(len(actual) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if wanted == actual[j] else max(below[j], row[j + 1])
        rows.append(row)
        below = row
    rows.reverse()
    return rows


def _number(script: Iterator[tuple[str, str]]) -> list[_Edit]:
    edits = []
    expected = actual = 0
    for mark, line in script:
        edits.append(_Edit(mark, line, expected, actual))
        expected += mark != INSERTED
        actual += mark != DELETED
    return edits


def _hunk_ranges(edits: Sequence[_Edit]) -> list[tuple[int, int]]:
    """Returns the ranges of edits for the hunks: changes with context, joined if they touch."""
    ranges: list[tuple[int, int]] = []
    for place, edit in enumerate(edits):
        if edit.mark == KEPT:
            continue
        first = max(0, place - CONTEXT_LINES)
        last = min(len(edits), place + 1 + CONTEXT_LINES)
        if ranges and first <= ranges[-1][1]:
            first = ranges.pop()[0]
        ranges.append((first, last))
    return ranges


def _hunk(edits: Sequence[_Edit]) -> str:
    of_expected = _range(edits[0].expected_before, sum(edit.mark != INSERTED for edit in edits))
    of_actual = _range(edits[0].actual_before, sum(edit.mark != DELETED for edit in edits))
    header = f"@@ -{of_expected} +{of_actual} @@\n"
    return header + "".join(f"{edit.mark}{edit.line}\n" for edit in edits)


def _range(lines_before: int, count: int) -> str:
    """Returns the first line and the number of lines, or for no lines the line before and 0."""
    return f"{lines_before + 1 if count else lines_before},{count}"

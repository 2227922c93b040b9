"""The text of a difference (docs/kit/diff.md, text)."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.diff.edits import DELETED, INSERTED, KEPT, Edit

CONTEXT_LINES = 3


def hunks_text(edits: Sequence[Edit]) -> str:
    """Returns the hunks of a difference, empty without a change."""
    written = []
    expected = actual = done = 0
    for first, last in _ranges(edits):
        # The lines between hunks are kept, so they count on both sides.
        expected, actual = expected + first - done, actual + first - done
        hunk = edits[first:last]
        of_expected = sum(mark != INSERTED for mark, _ in hunk)
        of_actual = sum(mark != DELETED for mark, _ in hunk)
        written.append(f"@@ -{_side(expected, of_expected)} +{_side(actual, of_actual)} @@\n")
        written += [f"{mark}{line}\n" for mark, line in hunk]
        expected, actual, done = expected + of_expected, actual + of_actual, last
    return "".join(written)


def _ranges(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Returns the ranges of edits for the hunks: changes with context, joined if they touch."""
    ranges: list[tuple[int, int]] = []
    for place, (mark, _) in enumerate(edits):
        if mark == KEPT:
            continue
        first = max(0, place - CONTEXT_LINES)
        last = min(len(edits), place + 1 + CONTEXT_LINES)
        if ranges and first <= ranges[-1][1]:
            first = ranges.pop()[0]
        ranges.append((first, last))
    return ranges


def _side(lines_before: int, count: int) -> str:
    """Returns the first line and the number of lines, or for no lines the line before and 0."""
    return f"{lines_before + 1 if count else lines_before},{count}"

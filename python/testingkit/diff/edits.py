"""Finds the difference of two sequences of lines (docs/kit/diff.md, finding the difference).

The choice is that of a table of longest common subsequences. The table is not built: `search.py`
finds, from the end, how far few edits reach, which answers the one question of the choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.diff.search import Reach, search

EXACT_CELLS = 1_000_000
MAX_PIECE_EDITS = 1_000

KEPT, DELETED, INSERTED = " ", "-", "+"
Edit = tuple[str, str]
"""The mark of a line, and the line."""


def edit_script(expected: Sequence[str], actual: Sequence[str]) -> list[Edit]:
    """Returns the lines of the whole difference, each with its mark."""
    shorter = min(len(expected), len(actual))
    start = _common_length(expected, actual, shorter)
    end = _common_length(expected[::-1], actual[::-1], shorter - start)
    middle = Middle(expected[start : len(expected) - end], actual[start : len(actual) - end])
    return [
        *((KEPT, line) for line in expected[:start]),
        *middle.edits(),
        *((KEPT, line) for line in expected[len(expected) - end :]),
    ]


def _common_length(left: Sequence[str], right: Sequence[str], limit: int) -> int:
    """Returns the number of equal lines at the start of both sequences, up to the limit."""
    for place in range(limit):
        if left[place] != right[place]:
            return place
    return limit


class Middle:
    """The lines between the common start and the common end.

    A line that only one side has is never kept, so the search does without it. It knows the other
    lines, the *shared* ones, by their places among the shared ones of their side.
    """

    def __init__(self, expected: Sequence[str], actual: Sequence[str]) -> None:
        self._expected = expected
        self._actual = actual
        numbers = {line: number for number, line in enumerate(set(expected) & set(actual))}
        self._numbers = numbers
        self._expected_at = [place for place, line in enumerate(expected) if line in numbers]
        self._actual_at = [place for place, line in enumerate(actual) if line in numbers]

    def edits(self) -> list[Edit]:
        """Returns the edits, found in pieces from the end; nearly always there is only one."""
        is_exact = len(self._expected) * len(self._actual) <= EXACT_CELLS
        limit = None if is_exact else MAX_PIECE_EDITS
        left = [self._numbers[self._expected[place]] for place in self._expected_at]
        right = [self._numbers[self._actual[place]] for place in self._actual_at]
        end = len(self._expected), len(self._actual)
        pieces: list[list[Edit]] = []
        while True:
            reach = search(left, right, limit)
            start = self._places(reach)
            pieces.append(self._walk(start, end, reach))
            if start == (0, 0):
                return [edit for piece in reversed(pieces) for edit in piece]
            end = start
            del left[reach.x :], right[reach.y :]

    def _places(self, reach: Reach) -> tuple[int, int]:
        """Returns the places where a piece starts."""
        if reach.x == reach.y == 0:
            return 0, 0
        return (
            (*self._expected_at[reach.x : reach.x + 1], len(self._expected))[0],
            (*self._actual_at[reach.y : reach.y + 1], len(self._actual))[0],
        )

    def _walk(self, start: tuple[int, int], end: tuple[int, int], reach: Reach) -> list[Edit]:
        """Returns the edits of a piece. On a tie, the deletion comes first."""
        expected, actual = self._expected, self._actual
        (i, j), (last_i, last_j) = start, end
        x, y, left = reach.x, reach.y, reach.edits
        edits: list[Edit] = []
        while i < last_i or j < last_j:
            if i < last_i and j < last_j and expected[i] == actual[j]:
                edits.append((KEPT, expected[i]))
                i, j, x, y = i + 1, j + 1, x + 1, y + 1
                continue
            can_delete = i < last_i
            shared = can_delete and expected[i] in self._numbers
            if can_delete and (j == last_j or not shared or reach.within(x + 1, y, left - 1)):
                edits.append((DELETED, expected[i]))
                i, x, left = i + 1, x + shared, left - shared
            else:
                shared = actual[j] in self._numbers
                edits.append((INSERTED, actual[j]))
                j, y, left = j + 1, y + shared, left - shared
        return edits

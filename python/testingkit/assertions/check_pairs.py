"""Pairs checks with items (docs/kit/assertions.md, pairs of checks and items)."""

from __future__ import annotations

from collections.abc import Sequence


def turned(options: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    """Returns for each of the columns the rows that have it among their options."""
    rows: list[list[int]] = [[] for _ in range(count)]
    for row, columns in enumerate(options):
        for column in columns:
            rows[column].append(row)
    return rows


def unpaired(options: Sequence[Sequence[int]]) -> list[int]:
    """Returns the rows that lack a column if earlier rows get one of their options first."""
    pairing = _Pairing(options)
    return [row for row in range(len(options)) if not pairing.pair(row)]


class _Pairing:
    """The row of each column that has one, and the column of each such row."""

    def __init__(self, options: Sequence[Sequence[int]]) -> None:
        self._options = options
        self._rows: dict[int, int] = {}
        self._columns: dict[int, int] = {}
        # The columns that a failed search reached: they never lead to a free one.
        self._closed: set[int] = set()

    def pair(self, row: int) -> bool:
        """Pairs a row along an augmenting path, and returns whether it can be paired.

        Rows that are paired can get other columns, but keep having one.
        """
        seekers: dict[int, int] = {}
        waiting = [row]
        for seeker in waiting:
            for column in self._options[seeker]:
                if column in seekers or column in self._closed:
                    continue
                seekers[column] = seeker
                if column not in self._rows:
                    self._pair_anew(column, seekers)
                    return True
                waiting.append(self._rows[column])
        self._closed.update(seekers)
        return False

    def _pair_anew(self, free: int, seekers: dict[int, int]) -> None:
        """Gives each row of the path to a free column the column that it reached."""
        column: int | None = free
        while column is not None:
            row = seekers[column]
            before = self._columns.get(row)
            self._rows[column], self._columns[row] = row, column
            column = before

"""Finds how far back few edits reach from the end of two sequences (the algorithm of Myers).

A point (x, y) stands between the lines x - 1 and x of one side, and y - 1 and y of the other. Its
*distance* is the number of deletions and insertions of a shortest difference from there to the end,
and its *diagonal* is x - y. On a diagonal, the distance never grows towards the end, so one x for
each diagonal says which points are within a distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The lowest diagonal, and for every second one from there the least x within the distance.
_Frontier = tuple[int, list[int]]


@dataclass(frozen=True, slots=True)
class Reach:
    """A point, the number of edits from there to the end, and the frontier of every distance."""

    x: int
    y: int
    edits: int
    frontiers: Sequence[_Frontier]

    def within(self, x: int, y: int, distance: int) -> bool:
        """Returns whether the distance of a point is at most this one, and not one more."""
        if distance < 0:
            return False
        lowest, least = self.frontiers[distance]
        place = (x - y - lowest) >> 1
        return 0 <= place < len(least) and least[place] <= x


def search(left: Sequence[int], right: Sequence[int], limit: int | None) -> Reach:
    """Returns the reach of the start, or with a limit, of the farthest point within it.

    A diagonal that has reached a border is done, and so are those beyond it. So no more points are
    visited than there are pairs of lines.
    """
    center = lowest = highest = len(left) - len(right)
    least = [len(left)]
    frontiers: list[_Frontier] = []
    while True:
        next_lowest, next_highest = lowest - 1, highest + 1
        for place, diagonal in enumerate(range(lowest, highest + 1, 2)):
            x = least[place]
            y = x - diagonal
            while x > 0 and y > 0 and left[x - 1] == right[y - 1]:
                x, y = x - 1, y - 1
            least[place] = x
            if x == 0:
                next_lowest = diagonal + 1
            if y == 0:
                next_highest = diagonal - 1
                del least[place + 1 :]
                break
        frontiers.append((lowest, least))
        edits = len(frontiers) - 1
        if least[-1] == 0 and lowest + 2 * len(least) == 2:  # The last diagonal is 0.
            return Reach(0, 0, edits, frontiers)
        if edits == limit:
            x, y = _farthest(frontiers[-1], center)
            return Reach(x, y, edits, frontiers)
        least = _one_edit_more(frontiers[-1], next_lowest, next_highest)
        lowest, highest = next_lowest, next_highest


def _one_edit_more(frontier: _Frontier, lowest: int, highest: int) -> list[int]:
    """Returns the least x of every second diagonal after one more edit, without the kept lines.

    A deletion leads from the diagonal above, an insertion from the one below.
    """
    before, least = frontier
    beyond = least[-1] + 2
    padded = [beyond, *least, beyond]
    first = (lowest + 1 - before) >> 1
    last = (highest + 1 - before) >> 1
    return [
        min(inserted, deleted - 1)
        for inserted, deleted in zip(
            padded[first : last + 1], padded[first + 1 : last + 2], strict=True
        )
    ]


def _farthest(frontier: _Frontier, center: int) -> tuple[int, int]:
    """Returns the point with the fewest lines before it, of both sides together.

    On a tie it is the one that leaves as many lines of one side as of the other, as nearly as
    possible; then the one with the fewest expected lines.
    """
    lowest, least = frontier
    points = ((x, x - lowest - 2 * place) for place, x in enumerate(least))
    return min(points, key=lambda point: (sum(point), abs(point[0] - point[1] - center), point[0]))

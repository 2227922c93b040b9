"""Pairs up the items of two lists whose order does not matter."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

Equal = Callable[[int, int], bool]


def pair_up(
    left: int, right: int, equal: Equal, *, transitive: bool
) -> tuple[Sequence[int], Sequence[int]]:
    """Finds equal partners for as many items as possible.

    Args:
        left: Number of items on the left.
        right: Number of items on the right.
        equal: Whether an item of the left equals one of the right, by their indices.
        transitive: Whether items equal to the same item are equal to each other. Then any partner
            is as good as another; under a tolerance a better one has to be looked for.

    Returns:
        The items of the left without a partner, and those of the right.
    """
    partner: dict[int, int] = {}  # of an item of the right
    alone = []
    for index in range(left):
        free = (c for c in range(right) if c not in partner and equal(index, c))
        candidate = next(free, None)
        if candidate is not None:
            partner[candidate] = index
        elif transitive or not _rearrange(index, right, equal, partner):
            alone.append(index)
    return alone, [candidate for candidate in range(right) if candidate not in partner]


def _rearrange(index: int, right: int, equal: Equal, partner: dict[int, int]) -> bool:
    """Gives an item a partner by giving others another one: an augmenting path, breadth first."""
    came_from: dict[int, int] = {}  # The item of the left from which one of the right was reached.
    waiting = deque([index])
    while waiting:
        item = waiting.popleft()
        for candidate in range(right):
            if candidate in came_from or not equal(item, candidate):
                continue
            came_from[candidate] = item
            if candidate not in partner:
                _shift(candidate, came_from, partner, index)
                return True
            waiting.append(partner[candidate])
    return False


def _shift(candidate: int, came_from: dict[int, int], partner: dict[int, int], first: int) -> None:
    """Moves every item on the path to its new partner, from the free one back to the first."""
    partners = {item: other for other, item in partner.items()}
    while True:
        item = came_from[candidate]
        partner[candidate] = item
        if item == first:
            return
        candidate = partners[item]

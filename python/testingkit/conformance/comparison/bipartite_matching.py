"""Pairs up the items of two lists whose order does not matter."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

Equal = Callable[[int, int], bool]
Unpaired = tuple[Sequence[int], Sequence[int]]


def pair_equal(left: Sequence[Hashable], right: Sequence[Hashable]) -> Unpaired:
    """Pairs up items that are equal, in time that grows with their number.

    Returns:
        The indices of the items of the left without a partner, and those of the right.
    """
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for index, key in enumerate(right):
        waiting[key].append(index)
    alone = []
    for index, key in enumerate(left):
        if waiting.get(key):
            waiting[key].popleft()
        else:
            alone.append(index)
    return alone, sorted(index for indices in waiting.values() for index in indices)


def pair_up(left: int, right: int, equal: Equal) -> Unpaired:
    """Finds partners for as many items as possible where equality is not transitive.

    Under a tolerance the nearest partner need not be the one that leaves one for everybody else,
    so better ones have to be looked for. Every item is compared with every other one.

    Args:
        left: Number of items on the left.
        right: Number of items on the right.
        equal: Whether an item of the left equals one of the right, by their indices.

    Returns:
        The items of the left without a partner, and those of the right.
    """
    near = [[c for c in range(right) if equal(index, c)] for index in range(left)]
    partner: dict[int, int] = {}  # of an item of the right
    alone = []
    for index in range(left):
        candidate = next((c for c in near[index] if c not in partner), None)
        if candidate is not None:
            partner[candidate] = index
        elif not _rearrange(index, near, partner):
            alone.append(index)
    return alone, [candidate for candidate in range(right) if candidate not in partner]


def _rearrange(index: int, near: Sequence[Sequence[int]], partner: dict[int, int]) -> bool:
    """Gives an item a partner by giving others another one: an augmenting path, breadth first."""
    came_from: dict[int, int] = {}  # The item of the left from which one of the right was reached.
    waiting = deque([index])
    while waiting:
        item = waiting.popleft()
        for candidate in near[item]:
            if candidate in came_from:
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

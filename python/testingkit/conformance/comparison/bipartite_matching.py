"""Pairs the items of two lists whose order does not matter."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

Equal = Callable[[int, int], bool]
Unpaired = tuple[Sequence[int], Sequence[int]]


def pair_equal(left: Sequence[Hashable], right: Sequence[Hashable]) -> Unpaired:
    """Pairs equal items, in linear time.

    Returns:
        The indices of the items without a partner: those on the left, and those on the right.
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
    """Pairs as many items as possible if equality is not transitive.

    Under a tolerance a first partner may have to be given up for another item that has no other.
    Every item on the left is compared with every item on the right.

    Args:
        left: Number of items on the left.
        right: Number of items on the right.
        equal: Returns whether an item on the left equals one on the right, by their indices.

    Returns:
        The indices of the items without a partner: those on the left, and those on the right.
    """
    equals = [[c for c in range(right) if equal(index, c)] for index in range(left)]
    partner: dict[int, int] = {}  # by the item on the right
    alone = []
    for index in range(left):
        candidate = next((c for c in equals[index] if c not in partner), None)
        if candidate is not None:
            partner[candidate] = index
        elif not _rearrange(index, equals, partner):
            alone.append(index)
    return alone, [candidate for candidate in range(right) if candidate not in partner]


def _rearrange(index: int, equals: Sequence[Sequence[int]], partner: dict[int, int]) -> bool:
    """Pairs an item by giving other items new partners: an augmenting path, breadth first."""
    came_from: dict[int, int] = {}  # Item on the right -> item on the left that led to it.
    waiting = deque([index])
    while waiting:
        item = waiting.popleft()
        for candidate in equals[item]:
            if candidate in came_from:
                continue
            came_from[candidate] = item
            if candidate not in partner:
                _shift(candidate, came_from, partner, index)
                return True
            waiting.append(partner[candidate])
    return False


def _shift(candidate: int, came_from: dict[int, int], partner: dict[int, int], first: int) -> None:
    """Gives every item on the path its new partner, from the last back to the first."""
    partners = {item: other for other, item in partner.items()}
    while True:
        item = came_from[candidate]
        partner[candidate] = item
        if item == first:
            return
        candidate = partners[item]

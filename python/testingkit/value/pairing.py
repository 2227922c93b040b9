"""Pairs values with equal ones (docs/kit/assertions.md, members)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from testingkit.value.comparison import Comparison, Entry, Part, by_numbers
from testingkit.value.kinds import Value
from testingkit.value.lookup import compare_all


def unpaired(wanted: Sequence[Value], items: Sequence[Value]) -> Iterator[Value]:
    """Yields the wanted values that cannot be paired.

    A value can be paired if it and the earlier ones that can be have different items, each an equal
    one.
    """
    comparison = compare_all(wanted, items)
    groups, others = (by_numbers(side.entries()) for side in comparison.parts)
    pairings = {
        numbers: _Pairing(comparison, group, others.get(numbers, ()))
        for numbers, group in groups.items()
    }
    for part in comparison.parts[0].parts:
        if not pairings[(part.number,)].pair(part):
            yield part.value


_Holder = tuple[Part, int | None]
"""A value that looks for an item, and the place of the one that it has."""


class _Pairing:
    """The items with one number, known by their places, and the values they are paired with."""

    def __init__(
        self, comparison: Comparison, values: Sequence[Entry], items: Sequence[Entry]
    ) -> None:
        self._comparison = comparison
        self._items = [item for (item,) in items]
        self._partners: dict[int, Part] = {}
        # The items that a failed search reached: they never lead to a free one.
        self._closed: set[int] = set()
        # The items that few values equal come first, so that the other ones stay free for values
        # that equal no more than these.
        self._free = sorted(
            range(len(items)),
            key=lambda place: 0 if self._items[place].settled else self._rivals(values, place),
        )

    def _rivals(self, values: Sequence[Entry], place: int) -> int:
        return sum(self._are_equal(value, place) for (value,) in values)

    def pair(self, part: Part) -> bool:
        """Pairs a value with the number of the group, and returns whether it can be paired.

        Values that are paired can get other items, but keep having one.
        """
        if part.settled:
            return self._pair_any(part)
        reached: dict[int, _Holder] = {}
        waiting: list[_Holder] = [(part, None)]
        for holder in waiting:
            if (place := self._free_place(holder[0])) is not None:
                reached[place] = holder
                self._pair_anew(place, reached)
                return True
            for place in self._paired_places(holder[0], reached):
                reached[place] = holder
                waiting.append((self._partners[place], place))
        self._closed.update(reached)
        return False

    def _pair_any(self, part: Part) -> bool:
        """Pairs a value that every item equals."""
        if not self._free:
            return False
        self._partners[self._free.pop()] = part
        return True

    def _free_place(self, value: Part) -> int | None:
        """Returns the first free item that equals a value."""
        return next((place for place in self._free if self._are_equal(value, place)), None)

    def _paired_places(self, value: Part, reached: Mapping[int, _Holder]) -> list[int]:
        """Returns the items that equal a value and are paired with others, not yet reached."""
        return [
            place
            for place in self._partners
            if place not in reached and place not in self._closed and self._are_equal(value, place)
        ]

    def _are_equal(self, value: Part, place: int) -> bool:
        return self._comparison.related(value, self._items[place])

    def _pair_anew(self, free: int, reached: Mapping[int, _Holder]) -> None:
        """Gives each value that the search went through the item that it reached."""
        self._free.remove(free)
        place: int | None = free
        while place is not None:
            self._partners[place], place = reached[place]

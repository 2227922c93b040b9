"""Finds values in order among others by the relation equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testingkit.value.kinds import Value
from testingkit.value.lookup import compare_all

_SEPARATOR = 0
"""Not the number of a part."""


def has_run(wanted: Sequence[Value], items: Sequence[Value]) -> bool:
    """Returns whether some items without a gap equal the wanted values in pairs."""
    comparison = compare_all(wanted, items)
    ours, theirs = (side.parts for side in comparison.parts)
    starts = _runs([part.number for part in ours], [part.number for part in theirs])
    return not ours or any(
        all(map(comparison.related, ours, theirs[start : start + len(ours)])) for start in starts
    )


def _runs(wanted: Sequence[int], numbers: Sequence[int]) -> Iterator[int]:
    """Yields the places at which the wanted numbers occur without a gap (Knuth, Morris, Pratt)."""
    whole = [*wanted, _SEPARATOR, *numbers]
    # For each place: how many of the numbers up to it are also the first ones.
    lengths = [0] * len(whole)
    length = 0
    for place in range(1, len(whole)):
        while length > 0 and whole[place] != whole[length]:
            length = lengths[length - 1]
        if whole[place] == whole[length]:
            length += 1
        lengths[place] = length
        if length == len(wanted):
            yield place - 2 * len(wanted)


def not_in_order(wanted: Sequence[Value], items: Sequence[Value]) -> Sequence[Value]:
    """Returns the wanted values from the first one on that equals no item after the earlier ones.

    Each wanted value takes the first item that it can, which leaves the most items to the next.
    """
    comparison = compare_all(wanted, items)
    ours, theirs = (side.parts for side in comparison.parts)
    place = 0
    for part in theirs:
        if place < len(ours) and comparison.related(ours[place], part):
            place += 1
    return wanted[place:]

"""Sets of code points as ranges in ascending order."""

from __future__ import annotations

from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]
"""The first and the last code point of each range. The ranges neither overlap nor touch."""

LAST_POINT = 0x10FFFF

DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACE: Ranges = ((0x09, 0x0D), (0x20, 0x20))

_UPPER, _LOWER = (0x41, 0x5A), (0x61, 0x7A)
_CASE = 0x20


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Returns the union of ranges."""
    union: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if union and first <= union[-1][1] + 1:
            union[-1] = (union[-1][0], max(last, union[-1][1]))
        else:
            union.append((first, last))
    return tuple(union)


def complement(ranges: Ranges) -> Ranges:
    """Returns all other code points."""
    others = []
    start = 0
    for first, last in ranges:
        if start < first:
            others.append((start, first - 1))
        start = last + 1
    if start <= LAST_POINT:
        others.append((start, LAST_POINT))
    return tuple(others)


def without_case(ranges: Ranges) -> Ranges:
    """Returns the set with the other case of each ASCII letter in it."""
    other_case = [
        (max(first, lowest) + offset, min(last, highest) + offset)
        for first, last in ranges
        for (lowest, highest), offset in ((_UPPER, _CASE), (_LOWER, -_CASE))
        if first <= highest and lowest <= last
    ]
    return merged([*ranges, *other_case])


def contains(ranges: Ranges, point: int) -> bool:
    """Returns whether a code point is in a set."""
    for first, last in ranges:
        if point <= last:
            return first <= point
    return False

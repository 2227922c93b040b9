"""Exact arithmetic over integers and floats: nothing here rounds unless its name says so."""

from __future__ import annotations

import math

from testingkit.value.kinds import Float, Int

Number = Int | Float


def is_nan(number: Number) -> bool:
    """Whether this is the one NaN."""
    return isinstance(number, Float) and math.isnan(number.value)


def compare_numbers(left: Number, right: Number) -> int:
    """-1, 0 or 1 by exact mathematical value; 1 and 1.0 are the same. Neither may be NaN.

    Python compares int with float exactly, which the other two kits do by hand.
    """
    return (left.value > right.value) - (left.value < right.value)


def nearest_float(number: Number) -> float:
    """The nearest binary64 number, ties to even; integers beyond its range are infinite."""
    try:
        return float(number.value)
    except OverflowError:
        return math.inf if number.value > 0 else -math.inf


def ints_within(left: Int, right: Int, tolerance: Int) -> bool:
    """Whether two integers differ by at most the tolerance, exactly."""
    return abs(left.value - right.value) <= tolerance.value

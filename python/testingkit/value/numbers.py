"""Exact arithmetic with integers and floats. Only `nearest_float` rounds."""

from __future__ import annotations

import math

from testingkit.value.kinds import Float, Int

Number = Int | Float


def is_nan(number: Number) -> bool:
    """Returns whether the number is NaN."""
    return isinstance(number, Float) and math.isnan(number.value)


def compare_numbers(left: Number, right: Number) -> int:
    """Returns -1, 0 or 1 by exact mathematical value, so that 1 equals 1.0. Neither may be NaN.

    Python compares int with float exactly; the other two kits implement this themselves.
    """
    return (left.value > right.value) - (left.value < right.value)


def nearest_float(number: Number) -> float:
    """Returns the nearest binary64 number, ties to even, or infinity beyond its range."""
    try:
        return float(number.value)
    except OverflowError:
        return math.inf if number.value > 0 else -math.inf


def ints_within(left: Int, right: Int, tolerance: Int) -> bool:
    """Returns whether two integers differ by at most the tolerance, exactly."""
    return abs(left.value - right.value) <= tolerance.value

"""Measures how far two numbers are apart (docs/kit/assertions.md, closeness)."""

from __future__ import annotations

import math
import struct

from testingkit.assertions.entry import EvaluationError
from testingkit.value import ConversionError, ErrorCode, Float, Int, nearest_float

Number = Int | Float


def delta(actual: Number, expected: Number, tolerance: Number) -> tuple[Number, bool]:
    """Returns the delta and whether it is within the tolerance. NaN never is."""
    if isinstance(actual, Int) and isinstance(expected, Int) and isinstance(tolerance, Int):
        try:
            exact = Int(abs(actual.value - expected.value))
        except ConversionError as error:
            raise EvaluationError(error.code) from error
        return exact, exact.value <= tolerance.value
    one, other = nearest_float(actual), nearest_float(expected)
    # Equal infinities have the delta 0.0, but their difference is NaN.
    distance = 0.0 if one == other else abs(one - other)
    return Float(distance), distance <= nearest_float(tolerance)


def float_in_range(number: Number) -> float:
    """Returns the nearest binary64 number; raises `EvaluationError` for an int beyond its range."""
    nearest = nearest_float(number)
    if isinstance(number, Int) and math.isinf(nearest):
        raise EvaluationError(ErrorCode.TOO_LARGE)
    return nearest


def ratio(actual: float, expected: float) -> float:
    """Returns the difference as a part of the larger absolute value."""
    return _quotient(actual, expected, 1.0, max(abs(actual), abs(expected)))


def percent(actual: float, expected: float) -> float:
    """Returns the difference in percent of the expected number."""
    return _quotient(actual, expected, 100.0, abs(expected))


def _quotient(actual: float, expected: float, factor: float, divisor: float) -> float:
    if math.isnan(actual) or math.isnan(expected):
        return math.nan
    if actual == expected:
        return 0.0
    if divisor == 0 or math.isinf(divisor):
        return math.inf
    return abs(actual - expected) * factor / divisor


def ulps(actual: float, expected: float) -> int:
    """Returns how many steps from float to float it takes. Neither may be NaN."""
    return abs(_place(actual) - _place(expected))


def _place(number: float) -> int:
    """Returns the place among all floats in order; 0.0 and -0.0 share theirs."""
    place: int = struct.unpack(">q", struct.pack(">d", abs(number)))[0]
    return -place if math.copysign(1.0, number) < 0 else place

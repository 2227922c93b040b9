"""The assertions of closeness (docs/kit/assertions.md, closeness)."""

from __future__ import annotations

from testingkit.assertions.entry import NUMBER, Entry, EvaluationError, Finding
from testingkit.value import ConversionError, ErrorCode, Float, Int, is_nan, nearest_float

_Number = Int | Float
_ARGUMENTS = (("expected", NUMBER), ("tolerance", NUMBER))


def _check_tolerance(_expected: _Number, tolerance: _Number) -> None:
    if is_nan(tolerance) or tolerance.value < 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _measure(actual: _Number, expected: _Number, tolerance: _Number) -> tuple[_Number, bool]:
    """Returns the delta and whether it is within the tolerance. NaN never is."""
    if isinstance(actual, Int) and isinstance(expected, Int) and isinstance(tolerance, Int):
        try:
            exact = Int(abs(actual.value - expected.value))
        except ConversionError as error:
            raise EvaluationError(error.code) from error
        return exact, exact.value <= tolerance.value
    one, other = nearest_float(actual), nearest_float(expected)
    # Equal infinities have the delta 0.0, but their difference is NaN.
    delta = 0.0 if one == other else abs(one - other)
    return Float(delta), delta <= nearest_float(tolerance)


def _is_close_to(actual: _Number, expected: _Number, tolerance: _Number) -> Finding:
    delta, within = _measure(actual, expected, tolerance)
    return Finding(within, (("delta", delta),))


def _is_not_close_to(actual: _Number, expected: _Number, tolerance: _Number) -> Finding:
    if is_nan(actual) or is_nan(expected):
        raise EvaluationError(ErrorCode.NOT_COMPARABLE)
    delta, within = _measure(actual, expected, tolerance)
    return Finding(not within, (("delta", delta),))


ENTRIES = (
    Entry("is_close_to", _ARGUMENTS, NUMBER, ("delta",), _is_close_to, _check_tolerance),
    Entry("is_not_close_to", _ARGUMENTS, NUMBER, ("delta",), _is_not_close_to, _check_tolerance),
)

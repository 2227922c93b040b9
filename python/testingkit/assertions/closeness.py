"""The assertions of closeness (docs/kit/assertions.md, closeness)."""

from __future__ import annotations

import math

from testingkit.assertions.close_containers import (
    all_close_to,
    map_close_to,
    require_numbers,
    structure_close_to,
)
from testingkit.assertions.entry import EvaluationError, Finding, Rule
from testingkit.assertions.maps import values_of
from testingkit.assertions.measure import Number, delta, float_in_range, percent, ratio, ulps
from testingkit.value import ErrorCode, Float, Int, List, Map, Value, is_nan, nearest_float


def _check_tolerance(_expected: Value, tolerance: Number) -> None:
    if is_nan(tolerance) or tolerance.value < 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_floats(expected: Number, tolerance: Number) -> None:
    _check_tolerance(expected, tolerance)
    float_in_range(expected)


def _is_close_to(actual: Number, expected: Number, tolerance: Number) -> Finding:
    found, within = delta(actual, expected, tolerance)
    return Finding(within, (("delta", found),))


def _is_not_close_to(actual: Number, expected: Number, tolerance: Number) -> Finding:
    if is_nan(actual) or is_nan(expected):
        raise EvaluationError(ErrorCode.NOT_COMPARABLE)
    found, within = delta(actual, expected, tolerance)
    return Finding(not within, (("delta", found),))


def _is_relatively_close_to(actual: Number, expected: Number, limit: Number) -> Finding:
    found = ratio(float_in_range(actual), float_in_range(expected))
    return Finding(found <= nearest_float(limit), (("ratio", Float(found)),))


def _is_within_percent(actual: Number, expected: Number, limit: Number) -> Finding:
    found = percent(float_in_range(actual), float_in_range(expected))
    return Finding(found <= nearest_float(limit), (("percent", Float(found)),))


def _is_within_ulps(actual: Number, expected: Number, limit: Int) -> Finding:
    one, other = float_in_range(actual), float_in_range(expected)
    if math.isnan(one) or math.isnan(other):
        return Finding(passed=False)
    found = ulps(one, other)
    return Finding(found <= limit.value, (("ulps", Int(found)),))


def _check_list(expected: List, tolerance: Number) -> None:
    _check_tolerance(expected, tolerance)
    require_numbers(expected.items, ErrorCode.BAD_ARGUMENT)


def _check_map(expected: Map, tolerance: Number) -> None:
    _check_tolerance(expected, tolerance)
    require_numbers(values_of(expected), ErrorCode.BAD_ARGUMENT)


RULES = {
    "is_close_to": Rule(_is_close_to, _check_tolerance),
    "is_not_close_to": Rule(_is_not_close_to, _check_tolerance),
    "is_relatively_close_to": Rule(_is_relatively_close_to, _check_floats),
    "is_within_percent": Rule(_is_within_percent, _check_floats),
    "is_within_ulps": Rule(_is_within_ulps, _check_floats),
    "all_close_to": Rule(all_close_to, _check_list),
    "map_close_to": Rule(map_close_to, _check_map),
    "structure_close_to": Rule(structure_close_to, _check_tolerance),
}

"""The assertions of order (docs/kit/assertions.md, order)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from testingkit.assertions.entry import Body, EvaluationError, Finding, Rule, opposite, plain
from testingkit.value import (
    Bytes,
    Duration,
    ErrorCode,
    Float,
    Int,
    List,
    Set,
    Text,
    Time,
    Value,
    compare_numbers,
    is_nan,
)

_Key = str | bytes | int | tuple[int, int]


def compare(left: Value, right: Value) -> int:
    """Returns -1, 0 or 1; raises `EvaluationError` for values without an order."""
    if isinstance(left, Int | Float) and isinstance(right, Int | Float):
        if is_nan(left) or is_nan(right):
            raise EvaluationError(ErrorCode.NOT_COMPARABLE)
        return compare_numbers(left, right)
    if left.kind is not right.kind:
        raise EvaluationError(ErrorCode.NOT_COMPARABLE)
    one, other = _key(left), _key(right)
    return (one > other) - (one < other)  # type: ignore[operator]  # keys of one kind


def _key(item: Value) -> _Key:
    match item:
        case Text(text):
            return text
        case Bytes(octets):
            return octets
        case Time(seconds, nanos, _):
            return seconds, nanos
        case Duration(nanos):
            return nanos
    raise EvaluationError(ErrorCode.NOT_COMPARABLE)


def _check_range(low: Value, high: Value) -> None:
    if compare(low, high) > 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _is_less_than(actual: Value, limit: Value) -> bool:
    return compare(actual, limit) < 0


def _is_greater_than(actual: Value, limit: Value) -> bool:
    return compare(actual, limit) > 0


def _is_between(actual: Value, low: Value, high: Value) -> bool:
    return compare(actual, low) >= 0 and compare(actual, high) <= 0


def _is_strictly_between(actual: Value, low: Value, high: Value) -> bool:
    return compare(actual, low) > 0 and compare(actual, high) < 0


def _in_sequence(holds: Callable[[int], bool]) -> Body:
    """Returns the body that requires this of the order of each item to the next one."""

    def body(actual: List) -> Finding:
        # All items first: a list that mixes kinds is an error wherever it is out of order.
        for item in actual.items:
            compare(actual.items[0], item)
        for index, pair in enumerate(pairwise(actual.items)):
            if not holds(compare(*pair)):
                details = (("index", Int(index)), ("pair", List(pair)))
                return Finding(passed=False, details=details)
        return Finding(passed=True)

    return body


def _has_minimum(actual: List | Set, value: Value) -> Finding:
    smallest = _first_extreme(actual, value, -1)
    return Finding(compare(smallest, value) == 0, (("minimum", smallest),))


def _has_maximum(actual: List | Set, value: Value) -> Finding:
    largest = _first_extreme(actual, value, 1)
    return Finding(compare(largest, value) == 0, (("maximum", largest),))


def _first_extreme(actual: List | Set, value: Value, sign: int) -> Value:
    """Returns the first item to which no other one has the order `sign`."""
    if not actual.items:
        raise EvaluationError(ErrorCode.NOT_COMPARABLE)
    found = actual.items[0]
    for item in actual.items:
        compare(item, value)
        if compare(item, found) == sign:
            found = item
    return found


is_sorted = _in_sequence(lambda order: order <= 0)
"""Finds the first item that is greater than the next one."""


RULES = {
    "is_less_than": plain(_is_less_than),
    "is_at_most": opposite(_is_greater_than),
    "is_greater_than": plain(_is_greater_than),
    "is_at_least": opposite(_is_less_than),
    "is_between": plain(_is_between, _check_range),
    "is_strictly_between": plain(_is_strictly_between, _check_range),
    "is_not_between": opposite(_is_between, _check_range),
    "is_sorted": Rule(is_sorted),
    "is_sorted_descending": Rule(_in_sequence(lambda order: order >= 0)),
    "is_strictly_increasing": Rule(_in_sequence(lambda order: order < 0)),
    "is_strictly_decreasing": Rule(_in_sequence(lambda order: order > 0)),
    "has_minimum": Rule(_has_minimum),
    "has_maximum": Rule(_has_maximum),
}

"""The assertions of order (docs/kit/assertions.md, order)."""

from __future__ import annotations

from testingkit.assertions.entry import ORDERED, Entry, EvaluationError, opposite, plain
from testingkit.value import (
    Bytes,
    Duration,
    ErrorCode,
    Float,
    Int,
    Text,
    Time,
    Value,
    compare_numbers,
    is_nan,
)

_LIMITS = (("low", ORDERED), ("high", ORDERED))
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


def _is_between(actual: Value, low: Value, high: Value) -> bool:
    return compare(actual, low) >= 0 and compare(actual, high) <= 0


ENTRIES = (
    Entry("is_less_than", (("limit", ORDERED),), ORDERED, (), plain(_is_less_than)),
    Entry("is_at_least", (("limit", ORDERED),), ORDERED, (), opposite(_is_less_than)),
    Entry("is_between", _LIMITS, ORDERED, (), plain(_is_between), _check_range),
    Entry("is_not_between", _LIMITS, ORDERED, (), opposite(_is_between), _check_range),
)

"""The assertions of sizes (docs/kit/assertions.md, sizes)."""

from __future__ import annotations

from testingkit.assertions.entry import EvaluationError, Finding, Rule, plain
from testingkit.value import Bytes, ErrorCode, Int, List, Map, Set, Text

_Sized = Text | Bytes | List | Set | Map


def size_of(actual: _Sized) -> int:
    """Returns the number of code points, octets, items or entries."""
    match actual:
        case Text(text):
            return len(text)
        case Bytes(octets):
            return len(octets)
        case Map(entries):
            return len(entries)
        case List(items) | Set(items):
            return len(items)


def check_count(count: Int) -> None:
    """Raises `EvaluationError` for a negative count."""
    if count.value < 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_range(low: Int, high: Int) -> None:
    check_count(low)
    if low.value > high.value:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _has_length_between(actual: _Sized, low: Int, high: Int) -> Finding:
    size = size_of(actual)
    return Finding(low.value <= size <= high.value, (("length", Int(size)),))


def _has_length(actual: _Sized, count: Int) -> Finding:
    return _has_length_between(actual, count, count)


def _has_length_at_least(actual: _Sized, count: Int) -> Finding:
    size = size_of(actual)
    return Finding(size >= count.value, (("length", Int(size)),))


def _has_length_at_most(actual: _Sized, count: Int) -> Finding:
    return _has_length_between(actual, Int(0), count)


def _has_same_length_as(actual: _Sized, other: _Sized) -> Finding:
    return _has_length(actual, Int(size_of(other)))


def _is_empty(actual: _Sized) -> Finding:
    size = size_of(actual)
    return Finding(size == 0, (("size", Int(size)),))


def _is_not_empty(actual: _Sized) -> bool:
    return size_of(actual) > 0


RULES = {
    "has_length": Rule(_has_length, check_count),
    "has_length_at_least": Rule(_has_length_at_least, check_count),
    "has_length_at_most": Rule(_has_length_at_most, check_count),
    "has_length_between": Rule(_has_length_between, _check_range),
    "has_same_length_as": Rule(_has_same_length_as),
    "is_empty": Rule(_is_empty),
    "is_not_empty": plain(_is_not_empty),
}

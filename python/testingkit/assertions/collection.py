"""The assertions of collections and sizes (docs/kit/assertions.md, collections)."""

from __future__ import annotations

from testingkit.assertions.entry import (
    ANY,
    INT,
    ITEMS,
    LIST,
    SIZED,
    Entry,
    EvaluationError,
    Finding,
    plain,
)
from testingkit.value import Bytes, ErrorCode, Int, List, Map, Set, Text, Value
from testingkit.value.lookup import index_of, missing

_Sized = Text | Bytes | List | Set | Map


def _size(actual: _Sized) -> int:
    match actual:
        case Text(text):
            return len(text)
        case Bytes(octets):
            return len(octets)
        case Map(entries):
            return len(entries)
        case List(items) | Set(items):
            return len(items)


def _contains(actual: List | Set, item: Value) -> bool:
    return index_of(actual.items, item) is not None


def _not_contains(actual: List | Set, item: Value) -> Finding:
    index = index_of(actual.items, item)
    if index is None or isinstance(actual, Set):
        return Finding(index is None)
    return Finding(passed=False, details=(("index", Int(index)),))


def _contains_all(actual: List | Set, items: List) -> Finding:
    absent = tuple(missing(items.items, actual.items))
    return Finding(not absent, (("missing", List(absent)),))


def check_count(count: Int) -> None:
    """Raises `EvaluationError` if a count is negative."""
    if count.value < 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _has_length(actual: _Sized, count: Int) -> Finding:
    size = _size(actual)
    return Finding(size == count.value, (("length", Int(size)),))


def _is_empty(actual: _Sized) -> Finding:
    size = _size(actual)
    return Finding(size == 0, (("size", Int(size)),))


def _is_not_empty(actual: _Sized) -> bool:
    return _size(actual) > 0


ENTRIES = (
    Entry("contains", (("item", ANY),), ITEMS, (), plain(_contains)),
    Entry("not_contains", (("item", ANY),), ITEMS, ("index",), _not_contains),
    Entry("contains_all", (("items", LIST),), ITEMS, ("missing",), _contains_all),
    Entry("has_length", (("count", INT),), SIZED, ("length",), _has_length, check_count),
    Entry("is_empty", (), SIZED, ("size",), _is_empty),
    Entry("is_not_empty", (), SIZED, (), plain(_is_not_empty)),
)

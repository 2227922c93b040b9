"""Answers without values of the kit, for the native values that most tests have.

A function returns True only if the assertion passes. After False, `evaluate` has the answer. The
functions look only at exact types, because a subclass can convert in its own way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise, repeat
from typing import Any

from testingkit.native.call_outcome import CallOutcome
from testingkit.value.kinds import MAX_DEPTH, Ending, Outcome

_Test = Callable[..., bool]

# Larger ints are left to the kit, which refuses some of them.
_INT = 2**1000
_NUMBERS = frozenset({int, float})
_ORDERED = frozenset({int, float, str, bytes})
_LISTS = frozenset({list, tuple})
_LEAVES = frozenset({int, float, str, bytes, bool, type(None)})


def _is_text(value: str) -> bool:
    """Returns whether there are no lone surrogates, which do not convert."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_plain(value: Any, levels: int = MAX_DEPTH) -> bool:
    """Returns True only if the value converts, to a value of the kind that its type has."""
    kind = type(value)
    if kind is int:
        return bool(-_INT < value < _INT)
    if kind is str:
        return _is_text(value)
    if kind in _LISTS:
        return not value or (levels > 1 and _are_plain(value, levels - 1))
    if kind is dict:
        return _has_text_keys(value) and _is_plain(list(value.values()), levels)
    if kind is set:
        # Not floats: a set can have several NaN.
        return (levels > 1 or not value) and all(
            type(item) in (int, str) and _is_plain(item) for item in value
        )
    return kind in (float, bytes, bool, type(None))


def _are_plain(items: Any, levels: int) -> bool:
    kinds = list(map(type, items))
    return _are_plain_leaves(kinds, items) or all(_is_plain(item, levels) for item in items)


def _are_plain_leaves(kinds: list[type], items: Any) -> bool:
    """Returns True only for plain items of one type without parts; without a loop in Python.

    `kinds` has the types of the items, of which there is at least one.
    """
    kind = kinds[0]
    if kind not in _LEAVES or kinds.count(kind) < len(kinds):
        return False
    if kind is int:
        return _have_few_digits(items)
    return kind is not str or _is_text("".join(items))


def _have_few_digits(ints: Any) -> bool:
    """Returns whether all ints convert to floats: the kit allows more digits than a float."""
    try:
        sum(ints, 0.0)
    except OverflowError:
        return False
    return True


def _has_text_keys(value: dict[Any, Any]) -> bool:
    return not value or (_has_str_keys(value) and _is_text("".join(value)))


def _has_str_keys(value: dict[Any, Any]) -> bool:
    return list(map(type, value)).count(str) == len(value)


def _is_scalar(value: object) -> bool:
    return type(value) not in (list, tuple, dict, set) and _is_plain(value)


def _same(one: Any, other: Any, levels: int = MAX_DEPTH) -> bool:
    """Returns True only if both values convert, to equal values."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is int:
        return bool(one == other and -_INT < one < _INT)
    if kind is str:
        return bool(one == other) and _is_text(one)
    if kind is float:
        return bool(one == other) or (math.isnan(one) and math.isnan(other))
    if kind in (list, tuple, dict) and (len(one) != len(other) or (levels == 1 and one)):
        return False
    if kind in _LISTS:
        return _all_same(one, other, levels - 1)
    if kind is dict:
        return _same_entries(one, other, levels - 1)
    return kind in (bool, bytes, type(None)) and bool(one == other)


def _same_entries(one: dict[Any, Any], other: dict[Any, Any], levels: int) -> bool:
    """Compares two dicts of the same length."""
    if not _has_text_keys(one) or not _has_str_keys(other):
        return False
    try:
        paired = list(map(other.__getitem__, one))
    except KeyError:
        return False
    return _all_same(list(one.values()), paired, levels)


def _all_same(one: Any, other: Any, levels: int) -> bool:
    """Compares two lists, or two tuples, of the same length."""
    kinds = list(map(type, one))
    if kinds != list(map(type, other)):
        return False
    # `==` compares leaves in C. It can be False for NaN.
    if not kinds or (_are_plain_leaves(kinds, one) and one == other):
        return True
    return all(map(_same, one, other, repeat(levels)))


def _identical(actual: Any, expected: Any) -> bool:
    if not _is_scalar(actual) or not _same(actual, expected):
        return False
    return type(actual) is not float or math.copysign(1, actual) == math.copysign(1, expected)


def _equivalent(actual: Any, expected: Any) -> bool:
    if type(actual) in _NUMBERS and type(expected) in _NUMBERS and actual == expected:
        return _is_plain(actual) and _is_plain(expected)
    return _same(actual, expected)


def _not_equal(actual: Any, expected: Any) -> bool:
    return _is_scalar(actual) and _is_scalar(expected) and not _same(actual, expected)


def _is_one_of(actual: Any, options: Any) -> bool:
    return type(options) in _LISTS and _contains(options, actual)


def _is_not_one_of(actual: Any, options: Any) -> bool:
    return type(options) in _LISTS and _not_contains(options, actual)


def _contains(actual: Any, item: Any) -> bool:
    return _is_items(actual) and any(_same(one, item) for one in actual)


def _not_contains(actual: Any, item: Any) -> bool:
    return _is_items(actual) and _is_scalar(item) and not any(_same(one, item) for one in actual)


def _is_items(actual: Any) -> bool:
    return type(actual) in (list, tuple, set) and _is_plain(actual)


def _contains_exactly(actual: Any, items: Any) -> bool:
    return type(actual) in _LISTS and _same(actual, items)


def _are_ordered(one: Any, other: Any) -> bool:
    """Returns True only if the values have an order, or are NaN, which Python never orders."""
    kind, other_kind = type(one), type(other)
    is_ordered = kind in _NUMBERS and other_kind in _NUMBERS
    is_ordered = is_ordered or (kind is other_kind and kind in _ORDERED)
    return is_ordered and _is_plain(one) and _is_plain(other)


def _is_less_than(actual: Any, limit: Any) -> bool:
    return _are_ordered(actual, limit) and actual < limit


def _is_at_most(actual: Any, limit: Any) -> bool:
    return _are_ordered(actual, limit) and actual <= limit


def _is_greater_than(actual: Any, limit: Any) -> bool:
    return _are_ordered(actual, limit) and actual > limit


def _is_at_least(actual: Any, limit: Any) -> bool:
    return _are_ordered(actual, limit) and actual >= limit


def _is_between(actual: Any, low: Any, high: Any) -> bool:
    return _are_ordered(actual, low) and _are_ordered(actual, high) and low <= actual <= high


def _is_strictly_between(actual: Any, low: Any, high: Any) -> bool:
    return _are_ordered(actual, low) and _are_ordered(actual, high) and low < actual < high


def _is_not_between(actual: Any, low: Any, high: Any) -> bool:
    return (
        _are_ordered(actual, low)
        and _are_ordered(actual, high)
        and low <= high
        and (actual < low or actual > high)
    )


def _is_sorted(actual: Any) -> bool:
    return (
        type(actual) in _LISTS
        and set(map(type, actual)) in ({int}, {str})
        and _is_plain(actual)
        and all(one <= following for one, following in pairwise(actual))
    )


def _number(holds: Callable[[Any], bool]) -> _Test:
    return lambda actual: type(actual) in _NUMBERS and _is_plain(actual) and holds(actual)


def _int(holds: Callable[[int], bool]) -> _Test:
    return lambda actual: type(actual) is int and _is_plain(actual) and holds(actual)


def _is_multiple_of(actual: Any, divisor: Any) -> bool:
    return (
        type(actual) is int
        and type(divisor) is int
        and divisor != 0
        and _is_plain(actual)
        and _is_plain(divisor)
        and actual % divisor == 0
    )


def _is_close_to(actual: Any, expected: Any, tolerance: Any) -> bool:
    # An infinite difference is left to the kit: it is one of infinities.
    return (
        type(actual) is type(expected) is type(tolerance) is float
        and 0 <= tolerance < math.inf
        and abs(actual - expected) <= tolerance
    )


def _texts(holds: Callable[[str, str], bool]) -> _Test:
    return lambda actual, part: (
        type(actual) is type(part) is str
        and _is_text(actual)
        and _is_text(part)
        and holds(actual, part)
    )


def _contains_all_text(actual: Any, parts: Any) -> bool:
    return (
        type(actual) is str
        and type(parts) in _LISTS
        and _is_text(actual)
        and all(type(part) is str and _is_text(part) and part in actual for part in parts)
    )


def _sized(holds: Callable[..., bool]) -> _Test:
    """Returns the test of a length and of the arguments, which are counts."""
    return lambda actual, *counts: (
        type(actual) in (str, bytes, list, tuple, dict, set)
        and all(type(count) is int and 0 <= count < _INT for count in counts)
        and holds(len(actual), *counts)
        and _is_plain(actual)
    )


def _has_key(actual: Any, key: Any) -> bool:
    return type(actual) is dict and type(key) is str and _is_plain(actual) and key in actual


def _lacks_key(actual: Any, key: Any) -> bool:
    return type(actual) is dict and _is_scalar(key) and _is_plain(actual) and _lacks(actual, key)


def _lacks(actual: dict[str, Any], key: object) -> bool:
    return type(key) is not str or key not in actual


def _has_keys(actual: Any, keys: Any) -> bool:
    return (
        type(actual) is dict
        and type(keys) in _LISTS
        and _is_plain(actual)
        and all(type(key) is str and key in actual for key in keys)
    )


def _has_entry(actual: Any, key: Any, value: Any) -> bool:
    return _has_key(actual, key) and _same(actual[key], value)


def _returned(actual: Any) -> bool:
    # What the call returned need not convert.
    return type(actual) in (CallOutcome, Outcome) and actual.ending is Ending.RETURNED


_FAST: Mapping[str, _Test] = {
    "contains": _contains,
    "contains_all_text": _contains_all_text,
    "contains_exactly": _contains_exactly,
    "contains_text": _texts(lambda actual, part: part in actual),
    "does_not_panic": _returned,
    "ends_with": _texts(str.endswith),
    "equal": _same,
    "equivalent": _equivalent,
    "has_entry": _has_entry,
    "has_key": _has_key,
    "has_keys": _has_keys,
    "has_length": _sized(lambda size, count: size == count),
    "has_length_at_least": _sized(lambda size, count: size >= count),
    "has_length_at_most": _sized(lambda size, count: size <= count),
    "has_length_between": _sized(lambda size, low, high: low <= size <= high),
    "identical": _identical,
    "is_at_least": _is_at_least,
    "is_at_most": _is_at_most,
    "is_between": _is_between,
    "is_close_to": _is_close_to,
    "is_empty": _sized(lambda size: size == 0),
    "is_even": _int(lambda actual: actual % 2 == 0),
    "is_false": lambda actual: actual is False,
    "is_finite": _number(math.isfinite),
    "is_greater_than": _is_greater_than,
    "is_less_than": _is_less_than,
    "is_multiple_of": _is_multiple_of,
    "is_negative": _number(lambda actual: actual < 0),
    "is_not_between": _is_not_between,
    "is_not_empty": _sized(lambda size: size > 0),
    "is_not_negative": _number(lambda actual: actual >= 0),
    "is_not_null": lambda actual: actual is not None and _is_plain(actual),
    "is_not_one_of": _is_not_one_of,
    "is_not_positive": _number(lambda actual: actual <= 0),
    "is_not_zero": _number(lambda actual: actual != 0),
    "is_null": lambda actual: actual is None,
    "is_odd": _int(lambda actual: actual % 2 == 1),
    "is_one_of": _is_one_of,
    "is_positive": _number(lambda actual: actual > 0),
    "is_sorted": _is_sorted,
    "is_strictly_between": _is_strictly_between,
    "is_true": lambda actual: actual is True,
    "is_zero": _number(lambda actual: actual == 0),
    "lacks_key": _lacks_key,
    "not_contains": _not_contains,
    "not_contains_text": _texts(lambda actual, part: part not in actual),
    "not_ends_with": _texts(lambda actual, part: not actual.endswith(part)),
    "not_equal": _not_equal,
    "not_starts_with": _texts(lambda actual, part: not actual.startswith(part)),
    "starts_with": _texts(str.startswith),
    "succeeds": _returned,
}
"""The tests by the name of the assertion."""


def passes_fast(name: str, actual: object, arguments: tuple[object, ...]) -> bool:
    """Returns True only if the assertion passes."""
    passes = _FAST.get(name)
    if passes is None:
        return False
    try:
        return passes(actual, *arguments)
    except RecursionError:
        return False

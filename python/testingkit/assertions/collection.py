"""The assertions of the items of a list or set (docs/kit/assertions.md, members)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.assertions.entry import EvaluationError, Finding, Rule, plain
from testingkit.assertions.model import Named
from testingkit.assertions.sizes import check_count
from testingkit.value import ConversionError, ErrorCode, Int, List, Map, Null, Set, Value
from testingkit.value.lookup import are_equal_to, found, index_of, missing, repeated
from testingkit.value.pairing import unpaired

Items = List | Set | Map


def items_of(actual: Items) -> tuple[Value, ...]:
    """Returns the items of a list or set, or the keys of a map."""
    if isinstance(actual, Map):
        return tuple(key for key, _ in actual.entries)
    return actual.items


def items_detail(name: str, items: Iterable[Value]) -> Named:
    """Returns a detail that lists items. It applies if there are some."""
    listed = tuple(items)
    return ((name, List(listed)),) if listed else ()


def passes_without(details: Named) -> Finding:
    """Returns the finding that passes if no detail applies."""
    return Finding(not details, details)


def _unless_at(index: int | None, actual: Items) -> Finding:
    """Returns the finding that passes without an index. The items of a set have none to show."""
    if index is None or isinstance(actual, Set):
        return Finding(index is None)
    return Finding(passed=False, details=(("index", Int(index)),))


def contains(actual: Items, item: Value) -> bool:
    """Returns whether the item occurs."""
    return index_of(items_of(actual), item) is not None


def _not_contains(actual: Items, item: Value) -> Finding:
    return _unless_at(index_of(items_of(actual), item), actual)


def contains_all(actual: Items, items: Items) -> Finding:
    """Returns the finding that passes if every one of the items occurs."""
    return passes_without(items_detail("missing", missing(items_of(items), items_of(actual))))


def contains_any(actual: Items, items: Items) -> bool:
    """Returns whether one of the items occurs."""
    return next(found(items_of(items), items_of(actual)), None) is not None


def contains_none(actual: Items, items: Items) -> Finding:
    """Returns the finding that passes if none of the items occurs."""
    return passes_without(items_detail("found", found(items_of(items), items_of(actual))))


def contains_only(actual: Items, items: Items) -> Finding:
    """Returns the finding that passes if every item of either side occurs in the other one."""
    return passes_without(
        items_detail("missing", missing(items_of(items), items_of(actual)))
        + items_detail("extra", missing(items_of(actual), items_of(items)))
    )


def _contains_exactly_in_any_order(actual: Items, items: List) -> Finding:
    return passes_without(
        items_detail("missing", unpaired(items.items, items_of(actual)))
        + items_detail("extra", unpaired(items_of(actual), items.items))
    )


def _contains_times(actual: Items, item: Value, count: Int) -> Finding:
    times = sum(are_equal_to(item, items_of(actual)))
    return Finding(times == count.value, (("count", Int(times)),))


def _check_times(_item: Value, count: Int) -> None:
    check_count(count)


def _contains_once(actual: Items, item: Value) -> Finding:
    return _contains_times(actual, item, Int(1))


def _has_no_duplicates(actual: Items) -> Finding:
    return passes_without(items_detail("found", repeated(items_of(actual))))


def _has_duplicates(actual: Items) -> bool:
    return next(repeated(items_of(actual)), None) is not None


def _has_single_item(actual: Items, value: Value) -> Finding:
    size = len(items_of(actual))
    return Finding(size == 1 and contains(actual, value), (("length", Int(size)),))


def _all_items_equal(actual: Items) -> Finding:
    items = items_of(actual)
    verdicts = are_equal_to(items[0], items) if items else []
    index = next((n for n, is_equal in enumerate(verdicts) if not is_equal), None)
    return _unless_at(index, actual)


def _has_no_nulls(actual: Items) -> Finding:
    return _not_contains(actual, Null())


def _sums_to(actual: Items, value: Int) -> Finding:
    items = items_of(actual)
    numbers = [item.value for item in items if isinstance(item, Int)]
    if len(numbers) < len(items):
        raise EvaluationError(ErrorCode.WRONG_KIND)
    try:
        total = Int(sum(numbers))
    except ConversionError as error:
        raise EvaluationError(error.code) from error
    return Finding(total.value == value.value, (("sum", total),))


RULES = {
    "contains": plain(contains),
    "not_contains": Rule(_not_contains),
    "contains_all": Rule(contains_all),
    "contains_any": plain(contains_any),
    "contains_none": Rule(contains_none),
    "contains_only": Rule(contains_only),
    "contains_exactly_in_any_order": Rule(_contains_exactly_in_any_order),
    "contains_times": Rule(_contains_times, _check_times),
    "contains_once": Rule(_contains_once),
    "has_no_duplicates": Rule(_has_no_duplicates),
    "has_duplicates": plain(_has_duplicates),
    "has_single_item": Rule(_has_single_item),
    "all_items_equal": Rule(_all_items_equal),
    "has_no_nulls": Rule(_has_no_nulls),
    "sums_to": Rule(_sums_to),
}

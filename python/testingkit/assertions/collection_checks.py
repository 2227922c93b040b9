"""Evaluates assertions on items and entries (docs/kit/assertions.md, checks of items)."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.assertions.check_pairs import turned, unpaired
from testingkit.assertions.collection import Items, items_detail, items_of, passes_without
from testingkit.assertions.entry import Check, EvaluationError, Finding, Rule
from testingkit.assertions.maps import values_of
from testingkit.assertions.model import Assertion, Named
from testingkit.assertions.nested import Evaluation, any_passes, first_failure, passing, satisfies
from testingkit.assertions.sizes import check_count
from testingkit.value import Int, List, Map, Set, Value
from testingkit.value.lookup import are_equal_to


def _each(check: Check, values: Sequence[Value]) -> list[Evaluation]:
    return [(check, value) for value in values]


def _index_detail(index: int, actual: Items) -> Named:
    """Returns the detail with the index of an item. The items of a set have none to show."""
    return () if isinstance(actual, Set) else (("index", Int(index)),)


def _all_satisfy(actual: Items, check: Check) -> Finding:
    first = first_failure(_each(check, items_of(actual)))
    if first is None:
        return Finding(passed=True)
    index, failure = first
    return Finding(passed=False, details=(*_index_detail(index, actual), ("failure", failure)))


def _any_satisfies(actual: Items, check: Check) -> Finding:
    return any_passes(_each(check, items_of(actual)))


def _none_satisfies(actual: Items, check: Check) -> Finding:
    found = passing(_each(check, items_of(actual)))
    if not found:
        return Finding(passed=True)
    return Finding(passed=False, details=_index_detail(found[0], actual))


def _exactly_satisfy(actual: Items, count: Int, check: Check) -> Finding:
    found = len(passing(_each(check, items_of(actual))))
    return Finding(found == count.value, (("count", Int(found)),))


def _check_times(count: Int, _check: Assertion) -> None:
    check_count(count)


def _each_in_order(actual: List, checks: tuple[Check, ...]) -> Finding:
    pairs = list(zip(checks, actual.items, strict=False))
    first = first_failure(pairs)
    if first is not None:
        index, failure = first
        return Finding(passed=False, details=(("index", Int(index)), ("failure", failure)))
    same_length = len(checks) == len(actual.items)
    return Finding(same_length, (("index", Int(len(pairs))),))


def _each_in_any_order(actual: Items, checks: tuple[Check, ...]) -> Finding:
    items = items_of(actual)
    options, error = _evaluate_pairs(checks, items)
    index = next(iter(unpaired(options)), None)
    extra = [items[place] for place in unpaired(turned(options, len(items)))]
    index_detail: Named = () if index is None else (("index", Int(index)),)
    finding = passes_without(index_detail + items_detail("extra", extra))
    if error is not None and not finding.passed:
        raise error
    return finding


def _evaluate_pairs(
    checks: Sequence[Check], items: Sequence[Value]
) -> tuple[list[list[int]], EvaluationError | None]:
    """Returns for each check the places of the items for which it passes, and the first error."""
    first_error = None
    options: list[list[int]] = [[] for _ in checks]
    for check, places in zip(checks, options, strict=True):
        for place, item in enumerate(items):
            try:
                passed = check.find(item).passed
            except EvaluationError as error:
                first_error = first_error or error
                continue
            if passed:
                places.append(place)
    return options, first_error


def _first_entry(actual: Map, values: Sequence[Value], check: Check) -> Finding:
    first = first_failure(_each(check, values))
    if first is None:
        return Finding(passed=True)
    place, failure = first
    return Finding(passed=False, details=(("key", actual.entries[place][0]), ("failure", failure)))


def _all_keys_satisfy(actual: Map, check: Check) -> Finding:
    return _first_entry(actual, items_of(actual), check)


def _all_values_satisfy(actual: Map, check: Check) -> Finding:
    return _first_entry(actual, values_of(actual), check)


def _has_entry_satisfying(actual: Map, key: Value, check: Check) -> Finding:
    has_key = are_equal_to(key, items_of(actual))
    values = [value for value, found in zip(values_of(actual), has_key, strict=True) if found]
    found = passing(_each(check, values))
    if found or not values:
        return Finding(bool(found))
    return satisfies(check, values[0])


RULES = {
    "all_satisfy": Rule(_all_satisfy),
    "any_satisfies": Rule(_any_satisfies),
    "none_satisfies": Rule(_none_satisfies),
    "exactly_satisfy": Rule(_exactly_satisfy, _check_times),
    "each_in_order": Rule(_each_in_order),
    "each_in_any_order": Rule(_each_in_any_order),
    "all_keys_satisfy": Rule(_all_keys_satisfy),
    "all_values_satisfy": Rule(_all_values_satisfy),
    "has_entry_satisfying": Rule(_has_entry_satisfying),
}

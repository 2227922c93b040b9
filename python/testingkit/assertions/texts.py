"""The assertions of the parts of texts (docs/kit/assertions.md, text)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.assertions.entry import EvaluationError, Finding, Rule, opposite, plain
from testingkit.assertions.sizes import check_count
from testingkit.value import ErrorCode, Int, List, Text


def check_texts(items: List) -> None:
    """Raises `EvaluationError` if an item is not a text."""
    if not all(isinstance(item, Text) for item in items.items):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_times(part: Text, count: Int) -> None:
    # The languages count the empty text once more than there are code points.
    if not part.value:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    check_count(count)


def _contains(actual: Text, part: Text) -> bool:
    return part.value in actual.value


def _not_contains(actual: Text, part: Text) -> Finding:
    index = actual.value.find(part.value)
    return Finding(index < 0, (("index", Int(index)),))


def texts_of(items: List) -> list[str]:
    """Returns the items, which `check_texts` has accepted, as strings."""
    return [item.value for item in items.items if isinstance(item, Text)]


def list_of(texts: Iterable[str]) -> List:
    """Returns a list of texts."""
    return List(tuple(Text(text) for text in texts))


def _contains_all(actual: Text, parts: List) -> Finding:
    missing = [part for part in texts_of(parts) if part not in actual.value]
    return Finding(not missing, (("missing", list_of(missing)),))


def _contains_any(actual: Text, parts: List) -> bool:
    return any(part in actual.value for part in texts_of(parts))


def _contains_none(actual: Text, parts: List) -> Finding:
    found = [part for part in texts_of(parts) if part in actual.value]
    return Finding(not found, (("found", list_of(found)),))


def _contains_in_order(actual: Text, parts: List) -> Finding:
    place = 0
    for part in texts_of(parts):
        found = actual.value.find(part, place)
        if found < 0:
            return Finding(passed=False, details=(("missing", list_of([part])),))
        place = found + len(part)
    return Finding(passed=True)


def _contains_times(actual: Text, part: Text, count: Int) -> Finding:
    times = actual.value.count(part.value)
    return Finding(times == count.value, (("count", Int(times)),))


def _is_within(actual: Text, container: Text) -> bool:
    return _contains(container, actual)


def _starts_with(actual: Text, prefix: Text) -> bool:
    return actual.value.startswith(prefix.value)


def _ends_with(actual: Text, suffix: Text) -> bool:
    return actual.value.endswith(suffix.value)


RULES = {
    "contains_text": plain(_contains),
    "not_contains_text": Rule(_not_contains),
    "contains_all_text": Rule(_contains_all, check_texts),
    "contains_any_text": plain(_contains_any, check_texts),
    "contains_none_text": Rule(_contains_none, check_texts),
    "contains_text_in_order": Rule(_contains_in_order, check_texts),
    "contains_text_times": Rule(_contains_times, _check_times),
    "is_text_within": plain(_is_within),
    "starts_with": plain(_starts_with),
    "not_starts_with": opposite(_starts_with),
    "ends_with": plain(_ends_with),
    "not_ends_with": opposite(_ends_with),
}

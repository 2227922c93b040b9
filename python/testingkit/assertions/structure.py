"""The assertions of fields and paths (docs/kit/assertions.md, structure)."""

from __future__ import annotations

from dataclasses import replace

from testingkit.assertions.collection import contains_only, items_detail, items_of, passes_without
from testingkit.assertions.difference import expanded_difference, first_difference
from testingkit.assertions.entry import Check, EvaluationError, Finding, Rule, opposite
from testingkit.assertions.maps import entries_detail
from testingkit.assertions.model import Named
from testingkit.assertions.nested import satisfies
from testingkit.assertions.ordering import is_sorted
from testingkit.paths import (
    BadPathError,
    Index,
    Path,
    UnresolvedPathError,
    parse_path,
    resolve,
    without,
)
from testingkit.value import ErrorCode, List, Map, Null, Record, Set, Text, Value, equal
from testingkit.value.leaves import EQUAL
from testingkit.value.lookup import repeated

Fields = Map | Record


def read_path(text: Value) -> Path:
    """Returns the path of an argument. A value that is not a text is a bad argument."""
    if not isinstance(text, Text):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    try:
        return parse_path(text.value)
    except BadPathError as error:
        raise EvaluationError(ErrorCode.BAD_PATH) from error


def _read_paths(texts: tuple[Value, ...]) -> list[Path]:
    _check_texts(texts)
    return [read_path(text) for text in texts]


def _check_texts(items: tuple[Value, ...]) -> None:
    if not all(isinstance(item, Text) for item in items):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def check_path(path: Text, _other: object = None) -> None:
    """Raises `EvaluationError` if a text is not a path."""
    read_path(path)


def unresolved_details(error: UnresolvedPathError) -> Named:
    """Returns the details of a path that does not resolve."""
    return (("reason", Text(error.reason.value)), ("place", Text(str(error.place))))


def _find(path: Path, value: Value) -> Value | None:
    try:
        return resolve(path, value)
    except UnresolvedPathError:
        return None


def _fields(actual: Fields) -> dict[str, Value]:
    if isinstance(actual, Record):
        return dict(actual.fields)
    fields = {key.value: value for key, value in actual.entries if isinstance(key, Text)}
    if len(fields) < len(actual.entries):
        raise EvaluationError(ErrorCode.WRONG_KIND)
    return fields


def _names(actual: Fields) -> List:
    return List(tuple(map(Text, _fields(actual))))


def _has_field(actual: Fields, name: Text) -> Finding:
    return Finding(name.value in _fields(actual), (("fields", _names(actual)),))


def _lacks_field(actual: Fields, name: Text) -> bool:
    return name.value in _fields(actual)


def _has_field_value(actual: Fields, name: Text, value: Value) -> Finding:
    found = _fields(actual).get(name.value)
    if found is None:
        return Finding(passed=False)
    return Finding(equal(found, value), (("value", found),))


def _has_only_fields(actual: Fields, names: List) -> Finding:
    return contains_only(_names(actual), names)


def _check_names(names: List) -> None:
    _check_texts(names.items)


def _has_no_null_fields(actual: Fields) -> Finding:
    nulls = (Text(name) for name, value in _fields(actual).items() if isinstance(value, Null))
    return passes_without(items_detail("found", nulls))


def _has_path(actual: Value, path: Text) -> Finding:
    try:
        resolve(read_path(path), actual)
    except UnresolvedPathError as error:
        return Finding(passed=False, details=unresolved_details(error))
    return Finding(passed=True)


def _lacks_path(actual: Value, path: Text) -> Finding:
    found = _find(read_path(path), actual)
    return (
        Finding(passed=True)
        if found is None
        else Finding(passed=False, details=(("value", found),))
    )


def _path_equals(actual: Value, path: Text, value: Value) -> Finding:
    try:
        found = resolve(read_path(path), actual)
    except UnresolvedPathError as error:
        return Finding(passed=False, details=unresolved_details(error))
    return Finding(equal(found, value), (("value", found),))


def _path_satisfies(actual: Value, path: Text, check: Check) -> Finding:
    try:
        found = resolve(read_path(path), actual)
    except UnresolvedPathError as error:
        return Finding(passed=False, details=unresolved_details(error))
    return satisfies(check, found)


def _paths_equal(actual: Value, entries: Map) -> Finding:
    found = [(key, _find(read_path(key), actual), value) for key, value in entries.entries]
    missing = (key for key, one, _ in found if one is None)
    differing = (
        (key, one) for key, one, value in found if one is not None and not equal(one, value)
    )
    return passes_without(items_detail("missing", missing) + entries_detail("differing", differing))


def _check_entries(entries: Map) -> None:
    _read_paths(items_of(entries))


def _equals_ignoring_fields(actual: Value, expected: Value, names: List) -> Finding:
    for path in _read_paths(names.items):
        actual, expected = without(path, actual), without(path, expected)
    difference = first_difference(actual, expected, EQUAL)
    if difference is None:
        return Finding(passed=True)
    return Finding(
        passed=False, details=difference.details(), diff=expanded_difference(actual, expected)
    )


def _check_ignored(_expected: Value, names: List) -> None:
    for path in _read_paths(names.items):
        if not path.steps or isinstance(path.steps[-1], Index):
            raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _equals_on_fields(actual: Value, expected: Value, names: List) -> Finding:
    for path in _read_paths(names.items):
        right = resolve(path, expected)
        left = _find(path, actual)
        if left is None:
            details = (("path", Text(str(path))), ("right", right))
            return Finding(passed=False, details=details)
        difference = first_difference(left, right, EQUAL)
        if difference is not None:
            below = replace(difference, path=f"{path}{difference.path[1:]}")
            return Finding(passed=False, details=below.details())
    return Finding(passed=True)


def _check_compared(expected: Value, names: List) -> None:
    paths = _read_paths(names.items)
    if any(_find(path, expected) is None for path in paths):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _values_at(path: Text, items: tuple[Value, ...]) -> list[Value]:
    """Returns the value at the path in each item."""
    parsed = read_path(path)
    try:
        return [resolve(parsed, item) for item in items]
    except UnresolvedPathError as error:
        raise EvaluationError(ErrorCode.NOT_COMPARABLE) from error


def _is_sorted_by(actual: List, path: Text) -> Finding:
    values = _values_at(path, actual.items)
    return is_sorted(List(tuple(values)))


def _has_no_duplicates_by(actual: List | Set, path: Text) -> Finding:
    return passes_without(items_detail("found", repeated(_values_at(path, items_of(actual)))))


RULES = {
    "has_field": Rule(_has_field),
    "lacks_field": opposite(_lacks_field),
    "has_field_value": Rule(_has_field_value),
    "has_only_fields": Rule(_has_only_fields, _check_names),
    "has_no_null_fields": Rule(_has_no_null_fields),
    "has_path": Rule(_has_path, check_path),
    "lacks_path": Rule(_lacks_path, check_path),
    "path_equals": Rule(_path_equals, check_path),
    "path_satisfies": Rule(_path_satisfies, check_path),
    "paths_equal": Rule(_paths_equal, _check_entries),
    "equals_ignoring_fields": Rule(_equals_ignoring_fields, _check_ignored),
    "equals_on_fields": Rule(_equals_on_fields, _check_compared),
    "is_sorted_by": Rule(_is_sorted_by, check_path),
    "has_no_duplicates_by": Rule(_has_no_duplicates_by, check_path),
}

"""The assertions of JSON texts (docs/kit/assertions.md, JSON texts)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from testingkit.assertions.difference import Difference, expanded_difference, first_difference
from testingkit.assertions.entry import Body, EvaluationError, Finding, Rule
from testingkit.assertions.structure import check_path, read_path, unresolved_details
from testingkit.jsontext import JsonError, read_json
from testingkit.paths import UnresolvedPathError, resolve, step_to
from testingkit.value import ErrorCode, Int, Kind, List, Map, Text, Value, equivalent
from testingkit.value.leaves import EQUIVALENT

_KINDS = {
    Kind.MAP: "object",
    Kind.LIST: "array",
    Kind.TEXT: "string",
    Kind.INT: "number",
    Kind.FLOAT: "number",
    Kind.BOOL: "bool",
    Kind.NULL: "null",
}


def _of_value(body: Callable[..., Finding]) -> Body:
    """Returns the body of an assertion on the value of a JSON text."""

    def of_text(actual: Text, *arguments: Value) -> Finding:
        try:
            value = read_json(actual.value)
        except JsonError as error:
            details = (("offset", Int(error.offset)), ("reason", Text(error.reason.value)))
            return Finding(passed=False, details=details)
        return body(value, *arguments)

    return of_text


def _expected(text: Text) -> Value:
    try:
        return read_json(text.value)
    except JsonError as error:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT) from error


def _check_expected(text: Text) -> None:
    _expected(text)


def _is_json(_value: Value) -> Finding:
    return Finding(passed=True)


def _json_equals(value: Value, text: Text) -> Finding:
    expected = _expected(text)
    difference = first_difference(value, expected, EQUIVALENT)
    if difference is None:
        return Finding(passed=True)
    return Finding(
        passed=False, details=difference.details(), diff=expanded_difference(value, expected)
    )


def _json_contains(value: Value, text: Text) -> Finding:
    difference = _first_missing("$", value, _expected(text))
    return Finding(difference is None, difference.details() if difference else ())


def _first_missing(path: str, left: Value | None, right: Value | None) -> Difference | None:
    """Returns the first place where the left value does not contain the right one, or None."""
    here: list[tuple[str, Value | None, Value | None]]
    match left, right:
        case Map(entries), Map(wanted):
            by_key = dict(entries)
            here = [(str(step_to(key)), by_key.get(key), item) for key, item in wanted]
        case List(items), List(wanted):
            pairs = zip_longest(items, wanted)
            here = [(f"[{index}]", *pair) for index, pair in enumerate(pairs)]
        case _:
            if left is not None and right is not None and equivalent(left, right):
                return None
            return Difference(path, left, right)
    found = (_first_missing(f"{path}{segment}", one, other) for segment, one, other in here)
    return next((difference for difference in found if difference is not None), None)


def _json_path_equals(value: Value, path: Text, wanted: Value) -> Finding:
    try:
        found = resolve(read_path(path), value)
    except UnresolvedPathError as error:
        return Finding(passed=False, details=unresolved_details(error))
    return Finding(equivalent(found, wanted), (("value", found),))


def _json_kind(value: Value, kind: Text) -> Finding:
    found = _KINDS[value.kind]
    return Finding(found == kind.value, (("kind", Text(found)),))


def _check_kind(kind: Text) -> None:
    if kind.value not in _KINDS.values():
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


RULES = {
    "is_json": Rule(_of_value(_is_json)),
    "json_equals": Rule(_of_value(_json_equals), _check_expected),
    "json_contains": Rule(_of_value(_json_contains), _check_expected),
    "json_path_equals": Rule(_of_value(_json_path_equals), check_path),
    "json_kind": Rule(_of_value(_json_kind), _check_kind),
}

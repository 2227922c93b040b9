"""The assertions of protobuf messages (docs/kit/assertions.md, messages)."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.assertions.difference import key_segment
from testingkit.assertions.entry import EvaluationError, Finding, Rule, opposite, plain
from testingkit.assertions.equality import find_equal, find_related
from testingkit.assertions.field_paths import field_at, parse, without
from testingkit.assertions.message_texts import check_text, matches_text
from testingkit.value import (
    ErrorCode,
    List,
    Map,
    Message,
    MessageField,
    Text,
    Value,
    equal,
    identical,
)
from testingkit.value.leaves import EQUAL
from testingkit.value.quote import path_segment


def _check_path(path: Text, _value: Value | None = None) -> None:
    parse(path.value)


def _check_paths(_expected: Message, paths: List) -> None:
    if not all(isinstance(path, Text) for path in paths.items):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    _parsed(paths)


def _parsed(paths: List) -> list[Sequence[str]]:
    return [parse(path.value) for path in paths.items if isinstance(path, Text)]


def _equivalent(actual: Message, expected: Message) -> Finding:
    return find_related(EQUAL)(_without_defaults(actual), _without_defaults(expected))


def _without_defaults(message: Message) -> Message:
    """Returns a message without the fields that are set to what they are while unset."""
    inner = [(name, _parts_without_defaults(value)) for name, value in message.fields]
    fields = tuple((name, value) for name, value in inner if not _is_default(message, name, value))
    return message.with_fields(fields)


def _parts_without_defaults(value: Value) -> Value:
    match value:
        case Message():
            return _without_defaults(value)
        case List(items):
            return List(tuple(map(_parts_without_defaults, items)))
        case Map(entries):
            return Map(tuple((key, _parts_without_defaults(item)) for key, item in entries))
        case _:
            return value


def _is_default(message: Message, name: str, value: Value) -> bool:
    field = message.type.field(name)
    if field is None:
        return False
    if field.default is None:
        return isinstance(value, Message) and not value.fields
    return identical(value, field.default)


def _contains(actual: Message, partial: Message) -> Finding:
    path = _lacking(actual, partial)
    if path is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("path", Text(f"${path}")),) if path else ())


def _lacking(actual: Message, partial: Message) -> str | None:
    """Returns the path of the first field of the partial message that the other one lacks."""
    if actual.name != partial.name:
        return ""
    ours = dict(actual.fields)
    for name, wanted in partial.fields:
        value = ours.get(name)
        if isinstance(value, Message) and isinstance(wanted, Message):
            below = _lacking(value, wanted)
        else:
            below = None if value is not None and equal(value, wanted) else ""
        if below is not None:
            return path_segment(name) + below
    return None


def _equal_ignoring(actual: Message, expected: Message, paths: List) -> Finding:
    same_type = actual.name == expected.name
    for path in _parsed(paths):
        actual = without(actual, path)
        expected = without(expected, path) if same_type else expected
    return find_related(EQUAL)(actual, expected)


def _has_field(actual: Message, path: Text) -> bool:
    return field_at(actual, parse(path.value))[1] is not None


def _lacks_field(actual: Message, path: Text) -> Finding:
    _, value = field_at(actual, parse(path.value))
    return _with_value(value, passed=value is None)


def _field_equals(actual: Message, path: Text, wanted: Value) -> Finding:
    field, value = field_at(actual, parse(path.value))
    value = _implied(field) if value is None else value
    return _with_value(value, passed=value is not None and equal(value, wanted))


def _implied(field: MessageField | None) -> Value | None:
    """Returns the value of a field while it is unset, or None if it has no value then."""
    return None if field is None or field.explicit else field.default


def _with_value(value: Value | None, *, passed: bool) -> Finding:
    return Finding(passed, () if value is None else (("value", value),))


def _is_type(actual: Message, name: Text) -> Finding:
    return Finding(actual.name == name.value, (("name", Text(actual.name)),))


def _oneof_is(actual: Message, oneof: Text, field: Text) -> Finding:
    members = dict(actual.type.oneofs).get(oneof.value)
    if members is None or field.value not in ("", *members):
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    found = next((name for name, _ in actual.fields if name in members), "")
    return Finding(found == field.value, (("field", Text(found)),))


def _has_no_unknown_fields(actual: Message) -> Finding:
    path = _first_unknown(actual)
    if path is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("path", Text(f"${path}")),))


def _first_unknown(value: Value) -> str | None:
    """Returns the path of the first message that has unknown fields, or None."""
    parts: list[tuple[str, Value]] = []
    match value:
        case Message(fields=fields):
            if any(value.type.field(name) is None for name, _ in fields):
                return ""
            parts = [(path_segment(name), item) for name, item in fields]
        case List(items):
            parts = [(f"[{place}]", item) for place, item in enumerate(items)]
        case Map(entries):
            parts = [(key_segment(key), item) for key, item in entries]
    for segment, part in parts:
        if (below := _first_unknown(part)) is not None:
            return segment + below
    return None


RULES = {
    "proto_equal": Rule(find_equal),
    "proto_matches_text": Rule(matches_text, check_text),
    "proto_not_equal": opposite(equal),
    "proto_equivalent": Rule(_equivalent),
    "proto_contains": Rule(_contains),
    "proto_equal_ignoring": Rule(_equal_ignoring, _check_paths),
    "proto_has_field": plain(_has_field, _check_path),
    "proto_lacks_field": Rule(_lacks_field, _check_path),
    "proto_field_equals": Rule(_field_equals, _check_path),
    "proto_is_type": Rule(_is_type),
    "proto_oneof_is": Rule(_oneof_is),
    "proto_has_no_unknown_fields": Rule(_has_no_unknown_fields),
}

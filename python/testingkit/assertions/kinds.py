"""The assertions of kinds, and of named types (docs/kit/assertions.md, kinds)."""

from __future__ import annotations

from testingkit.assertions.entry import Body, EvaluationError, Finding, Kinds, Rule, opposite
from testingkit.assertions.signatures import NUMBER
from testingkit.value import Enum, ErrorCode, Int, Kind, Record, Text, Value

_COLLECTION: Kinds = frozenset({Kind.LIST, Kind.SET, Kind.MAP})
_KIND_NAMES = frozenset(kind.value for kind in Kind)


def _check_kind(kind: Text) -> None:
    if kind.value not in _KIND_NAMES:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _check_member(_type: Text, name: Text) -> None:
    # All numbers without a member have the empty name.
    if not name.value:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _with_kind(actual: Value, *, passed: bool) -> Finding:
    return Finding(passed, (("kind", Text(actual.kind.value)),))


def _has_kind(actual: Value, kind: Text) -> bool:
    return actual.kind.value == kind.value


def _is_kind(actual: Value, kind: Text) -> Finding:
    return _with_kind(actual, passed=_has_kind(actual, kind))


def _is_same_kind_as(actual: Value, other: Value) -> Finding:
    return _with_kind(actual, passed=actual.kind is other.kind)


def _is_of(kinds: Kinds) -> Body:
    """Returns the body of an assertion that passes for these kinds."""
    return lambda actual: _with_kind(actual, passed=actual.kind in kinds)


def _is_record_named(actual: Value, name: Text) -> Finding:
    if not isinstance(actual, Record):
        return Finding(passed=False)
    return Finding(actual.name == name.value, (("name", Text(actual.name)),))


def _is_enum_value(actual: Value, type_name: Text, name: Text) -> Finding:
    if not isinstance(actual, Enum):
        return Finding(passed=False)
    passed = (actual.type, actual.name) == (type_name.value, name.value)
    return Finding(passed, (("value", Int(actual.number)),))


RULES = {
    "is_kind": Rule(_is_kind, _check_kind),
    "is_not_kind": opposite(_has_kind, _check_kind),
    "is_same_kind_as": Rule(_is_same_kind_as),
    "is_number": Rule(_is_of(NUMBER)),
    "is_collection": Rule(_is_of(_COLLECTION)),
    "is_record_named": Rule(_is_record_named),
    "is_enum_value": Rule(_is_enum_value, _check_member),
}

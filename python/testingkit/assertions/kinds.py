"""The assertions of kinds, and of named types (docs/kit/assertions.md, kinds)."""

from __future__ import annotations

from testingkit.assertions.entry import (
    ANY,
    NUMBER,
    TEXT,
    Body,
    Entry,
    EvaluationError,
    Finding,
    Kinds,
    opposite,
)
from testingkit.value import Enum, ErrorCode, Int, Kind, Record, Text, Value

_KIND = (("kind", TEXT),)
_OTHER = (("other", ANY),)
_NAME = (("name", TEXT),)
_MEMBER = (("type", TEXT), ("name", TEXT))
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


ENTRIES = (
    Entry("is_kind", _KIND, ANY, ("kind",), _is_kind, _check_kind),
    Entry("is_not_kind", _KIND, ANY, (), opposite(_has_kind), _check_kind),
    Entry("is_same_kind_as", _OTHER, ANY, ("kind",), _is_same_kind_as),
    Entry("is_number", (), ANY, ("kind",), _is_of(NUMBER)),
    Entry("is_collection", (), ANY, ("kind",), _is_of(_COLLECTION)),
    Entry("is_record_named", _NAME, ANY, ("name",), _is_record_named),
    Entry("is_enum_value", _MEMBER, ANY, ("value",), _is_enum_value, _check_member),
)

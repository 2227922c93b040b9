"""Paths of fields of messages, such as `order.id` (docs/kit/assertions.md, messages)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testingkit.assertions.entry import EvaluationError
from testingkit.value import ErrorCode, List, Map, Message, MessageField, Value

_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\Z", re.ASCII)


def parse(path: str) -> Sequence[str]:
    """Returns the names of a path. Raises `EvaluationError` if it is malformed (`bad_path`)."""
    if not _PATH.match(path):
        raise EvaluationError(ErrorCode.BAD_PATH)
    return path.split(".")


def field_at(message: Message, path: Sequence[str]) -> tuple[MessageField | None, Value | None]:
    """Returns a field, and its value or None if it is unset.

    Below a message that is unset, both are None: which fields it has is not known.
    """
    field, value = _field(message, path[0])
    for name in path[1:]:
        if field.default is not None:
            raise EvaluationError(ErrorCode.BAD_PATH)
        if not isinstance(value, Message):
            return None, None
        field, value = _field(value, name)
    return field, value


def _field(message: Message, name: str) -> tuple[MessageField, Value | None]:
    field = message.type.field(name)
    if field is None:
        raise EvaluationError(ErrorCode.BAD_PATH)
    return field, dict(message.fields).get(name)


def without(message: Message, path: Sequence[str]) -> Message:
    """Returns a message without a field: of the message itself, or of all messages on the path."""
    name, *below = path
    _, value = _field(message, name)
    if value is None:
        return message
    if not below:
        return message.with_fields(tuple(one for one in message.fields if one[0] != name))
    inner = _parts_without(value, below)
    fields = tuple((one, inner if one == name else part) for one, part in message.fields)
    return message.with_fields(fields)


def _parts_without(value: Value, path: Sequence[str]) -> Value:
    match value:
        case Message():
            return without(value, path)
        case List(items):
            return List(tuple(_parts_without(item, path) for item in items))
        case Map(entries):
            return Map(tuple((key, _parts_without(item, path)) for key, item in entries))
        case _:
            raise EvaluationError(ErrorCode.BAD_PATH)

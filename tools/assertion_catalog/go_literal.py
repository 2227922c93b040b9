"""Writes values as expressions in Go."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from testingkit.value import (
    Bool,
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Float,
    Int,
    List,
    Map,
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)

_SMALL = range(-(2**63), 2**63)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PRINTABLE = range(0x20, 0x7F)
_UNITS = {
    10**6: "Millisecond",
    10**9: "Second",
    60 * 10**9: "Minute",
    3600 * 10**9: "Hour",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression in Go.

    Attributes:
        type: Its type. It is ``any`` for one that is not a key or an item of a container of its own
            type.
        text: Its text.
    """

    type: str
    text: str


def literal(value: Value) -> str:
    """Returns an expression whose value converts to the value.

    Values without a literal in Go are made by the functions of ``go/internal/example``.
    """
    return _expression(value, structs=False).text


def documented(value: Value) -> str:
    """Returns the literal for a comment, in which a record is a struct of a type of its own."""
    return _expression(value, structs=True).text


def kit_literal(value: Value) -> str:
    """Returns an expression that is a value of the kit itself, not a native one."""
    match value:
        case Null():
            return "value.Null{}"
        case Int() if value.value in _SMALL:
            return f"value.NewInt({value.value})"
        case Int():
            return f'example.Int("{value.value}")'
        case Bool() | Float() | Text() | Bytes():
            return f"value.{type(value).__name__}({_scalar(value).text})"
        case Duration(nanos):
            return f"value.Duration({nanos})"
        case _:
            return _kit_composite(value)


def _kit_composite(value: Value) -> str:
    match value:
        case List(items):
            return f"value.List{{{_joined(map(kit_literal, items))}}}"
        case Set(items):
            return f"example.Set({_joined(map(kit_literal, items))})"
        case Map(entries):
            return f"example.Map({_joined(_kit_entry(*entry) for entry in entries)})"
        case Record(name, fields):
            return f"example.Record({_joined([_text(name), *(_kit_field(*f) for f in fields)])})"
        case _:
            return f"value.{type(value).__name__}{{{_joined(_kit_parts(value))}}}"


def _kit_entry(key: Value, value: Value) -> str:
    return f"value.Entry{{Key: {kit_literal(key)}, Value: {kit_literal(value)}}}"


def _kit_field(name: str, value: Value) -> str:
    return f"value.Field{{Name: {_text(name)}, Value: {kit_literal(value)}}}"


def _kit_parts(value: Value) -> Iterable[str]:
    """Yields the fields of a struct of the kit."""
    match value:
        case Time(seconds, nanos, offset):
            yield f"Seconds: {seconds}"
            yield f"Nanos: {nanos}"
            yield f"UTCOffsetSeconds: {offset}"
        case Enum(type_, name, number):
            yield f"Type: {_text(type_)}"
            yield f"Name: {_text(name)}"
            yield f"Number: {number}"
        case Error(type_, message, code, causes):
            yield f"Type: {_text(type_)}"
            yield f"Message: {_text(message)}"
            yield f"Code: {code}"
            yield f"Causes: []value.Error{{{_joined(map(kit_literal, causes))}}}"
        case Outcome(ending, payload):
            yield f"Ending: {_ending(ending)}"
            yield f"Payload: {kit_literal(payload)}"
        case _:
            raise TypeError(value)


def _ending(ending: Ending) -> str:
    return f"value.{ending.value.capitalize()}"


def _expression(value: Value, *, structs: bool) -> Expression:
    match value:
        case List(items):
            parts = [_expression(item, structs=structs) for item in items]
            own = _common_type(parts)
            return Expression(f"[]{own}", f"[]{own}{{{_joined(one.text for one in parts)}}}")
        case Set(items) if all(map(_is_key, items)):
            keys = [_expression(item, structs=structs) for item in items]
            own = f"map[{_common_type(keys)}]struct{{}}"
            return Expression(own, f"{own}{{{_joined(f'{key.text}: {{}}' for key in keys)}}}")
        case Map(entries) if all(_is_key(key) for key, _ in entries):
            keys = [_expression(key, structs=structs) for key, _ in entries]
            parts = [_expression(part, structs=structs) for _, part in entries]
            own = f"map[{_common_type(keys)}]{_common_type(parts)}"
            pairs = zip(keys, parts, strict=True)
            return Expression(own, f"{own}{{{_joined(f'{k.text}: {v.text}' for k, v in pairs)}}}")
        case Record(name, fields) if structs and name:
            named = (f"{_go_name(n)}: {documented(part)}" for n, part in fields)
            return Expression(name, f"{name}{{{_joined(named)}}}")
        case _:
            return _scalar(value)


def _go_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _scalar(value: Value) -> Expression:
    match value:
        case Null():
            return Expression("any", "nil")
        case Bool():
            return Expression("bool", "true" if value.value else "false")
        case Int() if value.value in _SMALL:
            return Expression("int", str(value.value))
        case Float():
            return Expression("float64", _float(value.value))
        case Text():
            return Expression("string", _text(value.value))
        case Bytes():
            return Expression("[]byte", f"[]byte({_octets(value.value)})")
        case Time():
            return Expression("time.Time", _time(value))
        case Duration():
            return Expression("time.Duration", _duration(value.nanos))
        case _:
            return Expression("any", kit_literal(value))


def _time(value: Time) -> str:
    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=value.seconds + value.utc_offset_seconds
    )
    parts = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    zone = "time.UTC"
    if value.utc_offset_seconds:
        zone = f'time.FixedZone("", {value.utc_offset_seconds})'
    return f"time.Date({_joined(map(str, (*parts, value.nanos)))}, {zone})"


def _duration(nanos: int) -> str:
    return f"time.{_UNITS[nanos]}" if nanos in _UNITS else f"time.Duration({nanos})"


def _common_type(expressions: Iterable[Expression]) -> str:
    types = {one.type for one in expressions}
    return types.pop() if len(types) == 1 else "any"


def _is_key(value: Value) -> bool:
    """Returns whether the literal can be a key of a map in Go."""
    if isinstance(value, Int):
        return value.value in _SMALL
    return isinstance(value, Null | Bool | Float | Text | Time | Duration | Enum)


def _float(number: float) -> str:
    if math.isnan(number):
        return "math.NaN()"
    if math.isinf(number):
        return f"math.Inf({1 if number > 0 else -1})"
    if number == 0 and math.copysign(1, number) < 0:
        return "math.Copysign(0, -1)"
    return repr(number)


def _text(text: str) -> str:
    return f'"{"".join(map(_character, text))}"'


def _character(character: str) -> str:
    point = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if point in _PRINTABLE:
        return character
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _octets(octets: bytes) -> str:
    parts = (_character(chr(one)) if one in _PRINTABLE else f"\\x{one:02x}" for one in octets)
    return f'"{"".join(parts)}"'


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)

"""Writes values as Python expressions: literals, or else constructors of `testingkit.value`."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from testingkit.kit_proto.v1 import assertions_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.value import (
    Bool,
    Bytes,
    Duration,
    Enum,
    Error,
    Float,
    Int,
    Kind,
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

_HASHABLE = {Kind.NULL, Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.TEXT, Kind.BYTES}
_MIXED = {Kind.BOOL, Kind.INT, Kind.FLOAT}


def argument_literal(argument: pb.AssertionExample.Argument) -> str:
    """Returns the expression of an argument of an example."""
    match argument.WhichOneof("kind"):
        case "check":
            return _matcher(argument.check)
        case "checks":
            return f"[{', '.join(map(_matcher, argument.checks.items))}]"
        case "shape":
            return _shape(argument.shape)
        case _:
            return literal(from_proto(argument.value))


def _matcher(nested: pb.AssertionExample.Nested) -> str:
    return f"match.{nested.name}({', '.join(map(argument_literal, nested.arguments))})"


def _shape(shape: assertions_pb2.Shape) -> str:
    match shape.WhichOneof("kind"):
        case "value":
            return literal(from_proto(shape.value))
        case "check":
            values = (literal(from_proto(given.value)) for given in shape.check.arguments)
            return f"match.{shape.check.name}({', '.join(values)})"
        case "list":
            return f"[{', '.join(map(_shape, shape.list.items))}]"
        case "map":
            pairs = (f"{literal(from_proto(e.key))}: {_shape(e.value)}" for e in shape.map.entries)
            written = f"{{{', '.join(pairs)}}}"
            return f"match.open_map({written})" if shape.map.open else written
        case "record":
            fields = (f"{field.name}={_shape(field.value)}" for field in shape.record.fields)
            return f"match.record({', '.join([_text(shape.record.name), *fields])})"
    return "match.anything"


def literal(value: Value) -> str:
    """Returns an expression whose native value converts to this value."""
    match value:
        case Null():
            return "None"
        case Bool(content) | Int(content):
            return repr(content)
        case Float(content):
            return repr(content) if math.isfinite(content) else f'float("{content}")'
        case Text(content):
            return _text(content)
        case Bytes(content):
            return _octets(content)
        case Duration(nanos):
            return _duration(nanos)
        case Time():
            return _time(value)
        case _:
            return _with_parts(value)


def _with_parts(value: Value) -> str:
    match value:
        case List(items):
            return f"[{', '.join(map(literal, items))}]"
        case Set(items) if items and _are_keys(items):
            return f"{{{', '.join(map(literal, items))}}}"
        case Set(items):
            return f"set_of([{', '.join(map(_kit, items))}])" if items else "set()"
        case Map(entries) if _are_keys(tuple(key for key, _ in entries)):
            written = (f"{literal(key)}: {literal(item)}" for key, item in entries)
            return f"{{{', '.join(written)}}}"
        case Map(entries):
            pairs = (f"({_kit(key)}, {_kit(item)})" for key, item in entries)
            return f"map_of([{', '.join(pairs)}])"
        case Record(name, fields):
            pairs = (f"({_text(field)}, {_kit(item)})" for field, item in fields)
            return f"record_of({_text(name)}, [{', '.join(pairs)}])"
        case _:
            return _other(value)


def _other(value: Value) -> str:
    match value:
        case Enum(enum_type, name, number):
            return f"Enum({_text(enum_type)}, {_text(name)}, {number})"
        case Error(error_type, message, code, causes):
            more = f", {code}" if code or causes else ""
            more += f", ({''.join(f'{literal(cause)}, ' for cause in causes)})" if causes else ""
            return f"Error({_text(error_type)}, {_text(message)}{more})"
        case Outcome(ending, payload):
            more = "" if isinstance(payload, Null) else f", {_kit(payload)}"
            return f"Outcome(Ending.{ending.name}{more})"
    raise ValueError(f"no expression for {value!r}")


def _are_keys(values: tuple[Value, ...]) -> bool:
    """Returns whether the literals can be keys, and Python has none of them for equal."""
    kinds = {value.kind for value in values}
    return kinds <= _HASHABLE and len(kinds & _MIXED) <= 1


def _kit(value: Value) -> str:
    """Returns an expression of the kit's own type."""
    written = literal(value)
    return written if written[0].isupper() or "_of(" in written[:10] else f"to_value({written})"


def _text(text: str) -> str:
    inner = text.encode("unicode_escape").decode()
    if text.isprintable():
        inner = text.replace("\\", "\\\\")
    return '"' + inner.replace('"', '\\"') + '"'


def _octets(octets: bytes) -> str:
    inner = repr(octets)[2:-1]
    if repr(octets)[1] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    return f'b"{inner}"'


def _duration(nanos: int) -> str:
    seconds, rest = divmod(nanos, 10**9)
    if rest == 0:
        return f"timedelta(seconds={seconds})"
    if rest % 10**6 == 0:
        return f"timedelta(milliseconds={nanos // 10**6})"
    return f"timedelta(microseconds={nanos // 1000})" if rest % 1000 == 0 else f"Duration({nanos})"


def _time(value: Time) -> str:
    if value.nanos % 1000 or value.utc_offset_seconds:
        return f"Time({value.seconds}, {value.nanos}, {value.utc_offset_seconds})"
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    moment = epoch + timedelta(seconds=value.seconds, microseconds=value.nanos // 1000)
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    if moment.microsecond:
        parts.append(moment.microsecond)
    while len(parts) > 3 and not parts[-1]:
        parts.pop()
    return f"datetime({', '.join(map(str, parts))}, tzinfo=UTC)"

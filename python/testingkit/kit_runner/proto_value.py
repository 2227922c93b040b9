"""Converts `Value` messages to values of the kit and back (docs/kit/value.md, reading values)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import DecodeError

from testingkit import value as kit
from testingkit.kit_proto.v1 import sample_messages_pb2  # noqa: F401 - its types can be in a case
from testingkit.kit_proto.v1 import value_pb2 as pb
from testingkit.protobuf import message_to_value
from testingkit.value.kinds import (
    MAX_DEPTH,
    MAX_DURATION_NANOS,
    MAX_INT_DIGITS,
    MAX_OFFSET_SECONDS,
    MAX_TIME_SECONDS,
    MIN_TIME_SECONDS,
    NANOS_PER_SECOND,
    key_segment,
    path_below,
)
from testingkit.value.quote import path_segment

R = TypeVar("R")
_BIG_INT = re.compile(r"-?[1-9][0-9]*\Z", re.ASCII)
_INT64 = range(-(2**63), 2**63)


def from_proto(message: pb.Value) -> kit.Value:
    """Returns the value of a message. Raises `ConversionError` if it is malformed."""
    return _read(message, 1)


def _bad(path: str = "$") -> NoReturn:
    raise kit.ConversionError(kit.ErrorCode.BAD_ARGUMENT, path)


def _at(segment: str | None, read: Callable[[Any, int], R], part: Any, level: int) -> R:
    """Reads a part of a container, and adds its path segment, if it has one, to errors."""
    try:
        return read(part, level)
    except kit.ConversionError as error:
        raise error.within(segment) from None


def _check_level(level: int) -> None:
    if level > MAX_DEPTH:
        raise kit.ConversionError(kit.ErrorCode.TOO_LARGE)


def _read(message: pb.Value, level: int) -> kit.Value:
    _check_level(level)
    kind = message.WhichOneof("kind")
    if kind is None or kind not in _READ:
        _bad()
    return _READ[kind](getattr(message, kind), level)


def _read_null(number: int, _level: int) -> kit.Value:
    return kit.Null() if number == pb.NULL else _bad()


def _read_big_int(text: str, _level: int) -> kit.Value:
    if not _BIG_INT.match(text):
        _bad()
    if len(text.lstrip("-")) > MAX_INT_DIGITS:
        raise kit.ConversionError(kit.ErrorCode.TOO_LARGE)
    number = int(text)
    return _bad() if number in _INT64 else kit.Int(number)


def _read_float_bits(bits: int, _level: int) -> kit.Value:
    return kit.Float(struct.unpack("<d", struct.pack("<Q", bits))[0])


def _read_list(message: pb.ListValue, level: int) -> kit.Value:
    items = (_at(f"[{place}]", _read, item, level + 1) for place, item in enumerate(message.items))
    return kit.List(tuple(items))


def _read_set(message: pb.SetValue, level: int) -> kit.Value:
    return kit.set_of([_at(None, _read, item, level + 1) for item in message.items])


def _read_map(message: pb.MapValue, level: int) -> kit.Value:
    entries = []
    for entry in message.entries:
        key = _at(None, _read, entry.key, level + 1)
        entries.append((key, _at(key_segment(key), _read, entry.value, level + 1)))
    return kit.map_of(entries)


def _read_record(message: pb.RecordValue, level: int) -> kit.Value:
    fields = [
        (field.name, _at(path_segment(field.name), _read, field.value, level + 1))
        for field in message.fields
    ]
    return kit.record_of(message.name, fields)


def _read_message(message: AnyMessage, level: int) -> kit.Value:
    """Reads a message of a type in the default descriptor pool."""
    try:
        descriptor = descriptor_pool.Default().FindMessageTypeByName(message.TypeName())
        native = message_factory.GetMessageClass(descriptor).FromString(message.value)
    except (KeyError, DecodeError):
        _bad()
    value = message_to_value(native)
    levels = MAX_DEPTH - level + 1
    if value.depth > levels:
        raise kit.ConversionError(kit.ErrorCode.TOO_LARGE, path_below(value, levels))
    return value


def _read_enum(message: pb.EnumValue, _level: int) -> kit.Value:
    return kit.Enum(message.type, message.name, message.number)


def _read_error(message: pb.ErrorValue, level: int) -> kit.Error:
    _check_level(level)
    causes = [
        _at(f".causes[{place}]", _read_error, cause, level + 1)
        for place, cause in enumerate(message.causes)
    ]
    return kit.Error(message.type, message.message, message.code, tuple(causes))


def _read_time(message: pb.TimeValue, _level: int) -> kit.Value:
    in_range = (
        MIN_TIME_SECONDS <= message.seconds <= MAX_TIME_SECONDS
        and 0 <= message.nanos < NANOS_PER_SECOND
        and abs(message.utc_offset_seconds) <= MAX_OFFSET_SECONDS
    )
    if not in_range:
        _bad()
    return kit.Time(message.seconds, message.nanos, message.utc_offset_seconds)


def _read_duration(message: Duration, _level: int) -> kit.Value:
    nanos = message.seconds * NANOS_PER_SECOND + message.nanos
    same_sign = message.seconds * message.nanos >= 0
    if not same_sign or abs(message.nanos) >= NANOS_PER_SECOND or abs(nanos) > MAX_DURATION_NANOS:
        _bad()
    return kit.Duration(nanos)


def _read_outcome(message: pb.OutcomeValue, level: int) -> kit.Value:
    match message.WhichOneof("kind"):
        case "returned":
            payload = _at(".returned", _read, message.returned, level + 1)
            return kit.Outcome(kit.Ending.RETURNED, payload)
        case "failed":
            error = _at(".failed", _read_error, message.failed, level + 1)
            return kit.Outcome(kit.Ending.FAILED, error)
        case "panicked":
            return kit.Outcome(kit.Ending.PANICKED, kit.Text(message.panicked))
        case "cancelled" if message.cancelled == pb.NULL:
            return kit.Outcome(kit.Ending.CANCELLED)
        case "pending" if message.pending == pb.NULL:
            return kit.Outcome(kit.Ending.PENDING)
        case _:
            _bad()


_READ: dict[str, Callable[[Any, int], kit.Value]] = {
    "null": _read_null,
    "bool": lambda truth, _level: kit.Bool(truth),
    "int": lambda number, _level: kit.Int(number),
    "big_int": _read_big_int,
    "float": lambda number, _level: kit.Float(number),
    "float_bits": _read_float_bits,
    "text": lambda text, _level: kit.Text(text),
    "bytes": lambda octets, _level: kit.Bytes(octets),
    "list": _read_list,
    "set": _read_set,
    "map": _read_map,
    "record": _read_record,
    "message": _read_message,
    "enum": _read_enum,
    "error": _read_error,
    "time": _read_time,
    "duration": _read_duration,
    "outcome": _read_outcome,
}


def to_proto(value: kit.Value) -> pb.Value:
    """Returns a value as a message, in its normal form."""
    return _WRITE[value.kind](value)


def error_to_proto(error: kit.Error) -> pb.ErrorValue:
    """Returns an error as a message."""
    causes = map(error_to_proto, error.causes)
    return pb.ErrorValue(type=error.type, message=error.message, code=error.code, causes=causes)


def _write_int(value: kit.Int) -> pb.Value:
    if value.value in _INT64:
        return pb.Value(int=value.value)
    return pb.Value(big_int=str(value.value))


def _write_float(value: kit.Float) -> pb.Value:
    return pb.Value(float=math.nan if math.isnan(value.value) else value.value)


def _write_list(value: kit.List) -> pb.Value:
    return pb.Value(list=pb.ListValue(items=map(to_proto, value.items)))


def _write_set(value: kit.Set) -> pb.Value:
    return pb.Value(set=pb.SetValue(items=map(to_proto, value.items)))


def _write_map(value: kit.Map) -> pb.Value:
    entries = (
        pb.MapValue.Entry(key=to_proto(key), value=to_proto(item)) for key, item in value.entries
    )
    return pb.Value(map=pb.MapValue(entries=entries))


def _write_record(value: kit.Record) -> pb.Value:
    fields = (pb.RecordValue.Field(name=name, value=to_proto(item)) for name, item in value.fields)
    return pb.Value(record=pb.RecordValue(name=value.name, fields=fields))


def _write_enum(value: kit.Enum) -> pb.Value:
    return pb.Value(enum=pb.EnumValue(type=value.type, name=value.name, number=value.number))


def _write_time(value: kit.Time) -> pb.Value:
    offset = value.utc_offset_seconds or None
    return pb.Value(
        time=pb.TimeValue(seconds=value.seconds, nanos=value.nanos, utc_offset_seconds=offset)
    )


def _write_duration(value: kit.Duration) -> pb.Value:
    seconds, nanos = divmod(abs(value.nanos), NANOS_PER_SECOND)
    sign = -1 if value.nanos < 0 else 1
    return pb.Value(duration=Duration(seconds=sign * seconds, nanos=sign * nanos))


def _write_outcome(value: kit.Outcome) -> pb.Value:
    match value.ending, value.payload:
        case kit.Ending.RETURNED, payload:
            outcome = pb.OutcomeValue(returned=to_proto(payload))
        case kit.Ending.FAILED, kit.Error() as error:
            outcome = pb.OutcomeValue(failed=error_to_proto(error))
        case kit.Ending.PANICKED, kit.Text(text):
            outcome = pb.OutcomeValue(panicked=text)
        case kit.Ending.CANCELLED, _:
            outcome = pb.OutcomeValue(cancelled=pb.NULL)
        case _:
            outcome = pb.OutcomeValue(pending=pb.NULL)
    return pb.Value(outcome=outcome)


_WRITE: dict[kit.Kind, Callable[[Any], pb.Value]] = {
    kit.Kind.NULL: lambda _value: pb.Value(null=pb.NULL),
    kit.Kind.BOOL: lambda value: pb.Value(bool=value.value),
    kit.Kind.INT: _write_int,
    kit.Kind.FLOAT: _write_float,
    kit.Kind.TEXT: lambda value: pb.Value(text=value.value),
    kit.Kind.BYTES: lambda value: pb.Value(bytes=value.value),
    kit.Kind.TIME: _write_time,
    kit.Kind.DURATION: _write_duration,
    kit.Kind.ENUM: _write_enum,
    kit.Kind.LIST: _write_list,
    kit.Kind.SET: _write_set,
    kit.Kind.MAP: _write_map,
    kit.Kind.RECORD: _write_record,
    kit.Kind.MESSAGE: _write_record,
    kit.Kind.ERROR: lambda value: pb.Value(error=error_to_proto(value)),
    kit.Kind.OUTCOME: _write_outcome,
}

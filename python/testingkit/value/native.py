"""Converts native values without parts (docs/kit/value.md, native values)."""

from __future__ import annotations

import array
import enum
import ipaddress
import numbers
import operator
from collections import UserString
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from pathlib import PurePath
from typing import Any
from uuid import UUID

from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.kinds import (
    INT32,
    MAX_DURATION_NANOS,
    MAX_TIME_SECONDS,
    MIN_TIME_SECONDS,
    NANOS_PER_SECOND,
    Bool,
    Bytes,
    Duration,
    Enum,
    Float,
    Int,
    List,
    Null,
    Record,
    Text,
    Time,
    Value,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_EXPONENTS = range(-40, 41)
_DATE = ("year", "month", "day")
_TIME = ("hour", "minute", "second")
_class_name = type.__dict__["__name__"].__get__


def class_name(native: type) -> str:
    """Returns the name of a class, also if its metaclass has another `__name__`."""
    return scalars(_class_name(native))


def scalars(text: str) -> str:
    """Returns a text as a plain `str`. Raises `ConversionError` if it has lone surrogates."""
    plain = str.__str__(text)
    try:
        plain.encode()
    except UnicodeEncodeError:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE) from None
    return plain


def _member(native: enum.Enum) -> Value:
    enum_type = type(native)
    name = native._name_ or ""
    return Enum(class_name(enum_type), scalars(name), _number(native, enum_type.__members__))


def _number(native: enum.Enum, members: Mapping[str, enum.Enum]) -> int:
    """Returns the number of a member, which no other member of the class has."""
    unique = [member for name, member in members.items() if member._name_ == name]
    numbered = {int(one._value_): one for one in unique if _is_int32(one._value_)}
    for place, member in enumerate(unique):
        if not _is_int32(member._value_):
            free = next(number for number in count(place) if number not in numbered)
            numbered[free] = member
    for number, member in numbered.items():
        if member is native:
            return number
    if _is_int32(native._value_) and native._value_ not in numbered:
        return int(native._value_)  # a combination of flags
    raise ConversionError(ErrorCode.TOO_LARGE)


def _is_int32(number: object) -> bool:
    return isinstance(number, int) and number in INT32


def _rational(native: numbers.Rational) -> Value:
    parts = (native.numerator, native.denominator)
    numerator, denominator = (Int(operator.index(part)) for part in parts)
    return Record("Fraction", (("numerator", numerator), ("denominator", denominator)))


def _decimal(native: Decimal) -> Value:
    return Record("Decimal", (("value", Text(_decimal_text(native))),))


def _decimal_text(native: Decimal) -> str:
    """Returns the digits without trailing zeros: decimals that are equal have the same text."""
    sign, digits, exponent = native.as_tuple()
    minus = "-" if sign else ""
    if isinstance(exponent, str):
        return f"{minus}Infinity" if exponent == "F" else "NaN"
    written = "".join(map(str, digits)).lstrip("0")
    kept = written.rstrip("0")
    exponent += len(written) - len(kept)
    if not kept:
        return "0"
    if exponent not in _PLAIN_EXPONENTS:
        return f"{minus}{kept}E{exponent:+d}"
    if exponent >= 0:
        return minus + kept + "0" * exponent
    padded = kept.rjust(1 - exponent, "0")
    return f"{minus}{padded[:exponent]}.{padded[exponent:]}"


def _real(native: numbers.Real) -> Value:
    return Float(float(native))


def _text(native: str) -> Value:
    return Text(scalars(native))


def _memory(native: memoryview) -> Value:
    if native.itemsize != 1:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
    return Bytes(bytes(native))


def _array(native: array.array[Any]) -> Value:
    if native.typecode == "B":
        return Bytes(native.tobytes())
    return List(tuple(LEAVES[type(item)](item) for item in native))


def _instant(native: datetime) -> Value:
    offset = native.utcoffset()
    if offset is None:
        return _local("LocalDateTime", native, (*_DATE, *_TIME), native.microsecond)
    since = native - _EPOCH
    seconds = since // timedelta(seconds=1)
    nanos = since % timedelta(seconds=1) // timedelta(microseconds=1) * 1000
    if not MIN_TIME_SECONDS <= seconds <= MAX_TIME_SECONDS:
        raise ConversionError(ErrorCode.TOO_LARGE)
    return Time(seconds, nanos, offset // timedelta(seconds=1))


def _date(native: date) -> Value:
    return _local("LocalDate", native, _DATE)


def _time_of_day(native: time) -> Value:
    local = _local("LocalTime", native, _TIME, native.microsecond)
    offset = native.utcoffset()
    if offset is None:
        return local
    seconds = Int(offset // timedelta(seconds=1))
    return Record("OffsetTime", (*local.fields, ("utc_offset_seconds", seconds)))


def _local(
    name: str, native: Any, attributes: tuple[str, ...], micros: int | None = None
) -> Record:
    fields = [(attribute, Int(getattr(native, attribute))) for attribute in attributes]
    if micros is not None:
        fields.append(("nanos", Int(micros * 1000)))
    return Record(name, tuple(fields))


def _duration(native: timedelta) -> Value:
    nanos = native // timedelta(microseconds=1) * (NANOS_PER_SECOND // 1_000_000)
    if abs(nanos) > MAX_DURATION_NANOS:
        raise ConversionError(ErrorCode.TOO_LARGE)
    return Duration(nanos)


def _written(native: object) -> Value:
    """Converts an object that has exactly one text, such as a UUID."""
    return Text(scalars(str(native)))


_WRITTEN = (
    UUID,
    PurePath,
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    ipaddress.IPv4Network,
    ipaddress.IPv6Network,
)

# The types that nearly all leaves have. Instances of their subclasses are found in BY_TYPE.
LEAVES: dict[type, Callable[[Any], Value]] = {
    type(None): lambda _native: Null(),
    bool: Bool,
    int: Int,
    float: Float,
    str: _text,
    bytes: Bytes,
}

BY_TYPE: tuple[tuple[type | tuple[type, ...], Callable[[Any], Value]], ...] = (
    (enum.Enum, _member),
    (numbers.Integral, lambda native: Int(operator.index(native))),
    (numbers.Rational, _rational),
    (Decimal, _decimal),
    (numbers.Real, _real),
    (str, _text),
    (UserString, lambda native: _text(native.data)),
    ((bytes, bytearray), lambda native: Bytes(bytes(native))),
    (memoryview, _memory),
    (array.array, _array),
    (datetime, _instant),
    (date, _date),
    (time, _time_of_day),
    (timedelta, _duration),
    (_WRITTEN, _written),
)

"""Converts native values (docs/kit/value.md, native values)."""

from __future__ import annotations

import enum
import numbers
import operator
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from testingkit.value.build import map_of, set_of
from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.kinds import (
    MAX_DEPTH,
    MAX_DURATION_NANOS,
    MAX_TIME_SECONDS,
    MIN_TIME_SECONDS,
    NANOS_PER_SECOND,
    Bool,
    Bytes,
    Duration,
    Enum,
    Error,
    Float,
    Int,
    List,
    Map,
    Null,
    Record,
    Set,
    Text,
    Time,
    Value,
)
from testingkit.value.quote import path_segment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
P = TypeVar("P")
C = TypeVar("C")
_INT32 = range(-(2**31), 2**31)


def to_value(native: object) -> Value:
    """Returns the value for a native value.

    A class can define `__testingkit_value__` to convert its objects in its own way.

    Raises:
        ConversionError: The value model has no value for it; with the code and the place.
    """
    return _Converter().convert(native)


def key_segment(key: Value) -> str | None:
    """Returns the path segment for the value of a key, or None if such keys have no segment."""
    match key:
        case Text(value):
            return path_segment(value)
        case Int(value):
            return f"{{{value}}}"
        case Bool(value):
            return "{true}" if value else "{false}"
        case _:
            return None


class _Converter:
    """Converts one value, and remembers the objects that contain the current one."""

    def __init__(self) -> None:
        self._inside: list[int] = []

    def convert(self, native: object) -> Value:
        """Converts an object one level below the current one."""
        if isinstance(native, Value):
            return native
        if id(native) in self._inside:
            raise ConversionError(ErrorCode.CYCLE)
        if len(self._inside) >= MAX_DEPTH:
            raise ConversionError(ErrorCode.TOO_LARGE)
        self._inside.append(id(native))
        try:
            return self._converted(native)
        finally:
            self._inside.pop()

    def _converted(self, native: Any) -> Value:
        if (plain := _BY_CLASS.get(type(native))) is not None:
            return plain(self, native)
        if hasattr(type(native), "__testingkit_value__"):
            return self._by_hook(native)
        for native_type, method in _BY_TYPE:
            if isinstance(native, native_type):
                return method(self, native)
        names = _public_fields(native)
        if names is None:
            raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
        fields = ((name, self._part(getattr(native, name), path_segment(name))) for name in names)
        return Record(type(native).__name__, tuple(fields))

    def _by_hook(self, native: Any) -> Value:
        """Converts the result of `__testingkit_value__`, at the level of the object itself."""
        given = native.__testingkit_value__()
        if isinstance(given, Value):
            return given
        if id(given) in self._inside:
            raise ConversionError(ErrorCode.CYCLE)
        return self._converted(given)

    def _part(self, native: object, segment: str | None) -> Value:
        try:
            return self.convert(native)
        except ConversionError as error:
            raise error.within(segment) from None

    def null(self, _native: None) -> Value:
        return Null()

    def boolean(self, native: bool) -> Value:  # noqa: FBT001 - it is the value itself
        return Bool(native)

    def member(self, native: enum.Enum) -> Value:
        number = native.value
        if not isinstance(number, int) or number not in _INT32:
            number = list(type(native)).index(native)
        return Enum(type(native).__name__, native.name or "", int(number))

    def integer(self, native: numbers.Integral) -> Value:
        return Int(operator.index(native))

    def fraction(self, _native: numbers.Rational) -> Value:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE)

    def real(self, native: numbers.Real) -> Value:
        return Float(float(native))

    def text(self, native: str) -> Value:
        try:
            native.encode()
        except UnicodeEncodeError:
            raise ConversionError(ErrorCode.NOT_CONVERTIBLE) from None
        return Text(str(native))

    def octets(self, native: bytes | bytearray | memoryview) -> Value:
        return Bytes(bytes(native))

    def time(self, native: datetime) -> Value:
        offset = native.utcoffset()
        if offset is None:
            raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
        since = native - _EPOCH
        seconds = since // timedelta(seconds=1)
        nanos = since % timedelta(seconds=1) // timedelta(microseconds=1) * 1000
        if not MIN_TIME_SECONDS <= seconds <= MAX_TIME_SECONDS:
            raise ConversionError(ErrorCode.TOO_LARGE)
        return Time(seconds, nanos, offset // timedelta(seconds=1))

    def duration(self, native: timedelta) -> Value:
        nanos = native // timedelta(microseconds=1) * (NANOS_PER_SECOND // 1_000_000)
        if abs(nanos) > MAX_DURATION_NANOS:
            raise ConversionError(ErrorCode.TOO_LARGE)
        return Duration(nanos)

    def items(self, native: Sequence[object]) -> Value:
        return List(tuple(self._part(item, f"[{place}]") for place, item in enumerate(native)))

    def set(self, native: AbstractSet[object]) -> Set:
        items = [self._part(item, None) for item in native]
        return _native_unique(set_of, items)

    def map(self, native: Mapping[object, object]) -> Map:
        entries = []
        for native_key, native_item in native.items():
            key = self._part(native_key, None)
            entries.append((key, self._part(native_item, key_segment(key))))
        return _native_unique(map_of, entries)

    def error(self, native: BaseException) -> Value:
        causes = []
        for place, cause in enumerate(_causes(native)):
            value = self._part(cause, f".causes[{place}]")
            if not isinstance(value, Error):
                raise ConversionError(ErrorCode.NOT_CONVERTIBLE, f"$.causes[{place}]")
            causes.append(value)
        error_type = getattr(native, "testingkit_error_type", type(native).__name__)
        code = getattr(native, "testingkit_error_code", 0)
        return Error(error_type, _own_message(native), code, tuple(causes))


_BY_TYPE: tuple[tuple[type | tuple[type, ...], Callable[[_Converter, Any], Value]], ...] = (
    (type(None), _Converter.null),
    (bool, _Converter.boolean),
    (enum.Enum, _Converter.member),
    (numbers.Integral, _Converter.integer),
    (numbers.Rational, _Converter.fraction),
    (numbers.Real, _Converter.real),
    (str, _Converter.text),
    ((bytes, bytearray, memoryview), _Converter.octets),
    (datetime, _Converter.time),
    (timedelta, _Converter.duration),
    ((Sequence, deque), _Converter.items),
    (AbstractSet, _Converter.set),
    (Mapping, _Converter.map),
    (BaseException, _Converter.error),
)

# The classes of nearly all values. They need no search in the table above.
_BY_CLASS: dict[type, Callable[[_Converter, Any], Value]] = {
    type(None): _Converter.null,
    bool: _Converter.boolean,
    int: _Converter.integer,
    float: _Converter.real,
    str: _Converter.text,
    bytes: _Converter.octets,
    list: _Converter.items,
    tuple: _Converter.items,
    dict: _Converter.map,
}


def _native_unique(build: Callable[[list[P]], C], parts: list[P]) -> C:
    """Builds a set or map. Its parts come from a native value, so an error is `not_convertible`."""
    try:
        return build(parts)
    except ConversionError:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE) from None


def _public_fields(native: Any) -> Iterable[str] | None:
    """Returns the public field names of a dataclass, attrs or pydantic object, else None."""
    if isinstance(native, type):
        return None
    for attribute in ("__dataclass_fields__", "model_fields"):
        fields = getattr(type(native), attribute, None)
        if isinstance(fields, Mapping):
            return [name for name in fields if not name.startswith("_")]
    attrs = getattr(type(native), "__attrs_attrs__", None)
    if attrs is None:
        return None
    return [attribute.name for attribute in attrs if not attribute.name.startswith("_")]


def _causes(native: BaseException) -> Sequence[BaseException]:
    if isinstance(native, BaseExceptionGroup):
        return native.exceptions
    return () if native.__cause__ is None else (native.__cause__,)


def _own_message(native: BaseException) -> str:
    if isinstance(native, BaseExceptionGroup):
        return native.message
    message = str(native)
    return message if native.__cause__ is None else message.removesuffix(f": {native.__cause__}")

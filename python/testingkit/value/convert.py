"""Converts native values (docs/kit/value.md, native values)."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized, ValuesView
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any, TypeVar

from testingkit.value.build import map_of, set_of
from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.exceptions import causes, error_code, error_type, own_message
from testingkit.value.fields import named_tuple_fields, public_fields, record_name
from testingkit.value.kinds import (
    MAX_DEPTH,
    MAX_HOOKS,
    MAX_RANGE_ITEMS,
    Error,
    List,
    Map,
    Record,
    Set,
    Value,
    key_segment,
    path_below,
)
from testingkit.value.native import BY_TYPE, LEAVES
from testingkit.value.quote import path_segment

P = TypeVar("P")
C = TypeVar("C")
_HOOK = "__testingkit_value__"
_PROTOBUF = "testingkit.protobuf"


def to_value(native: object) -> Value:
    """Returns the value for a native value.

    A class can define `__testingkit_value__` to convert its objects in its own way.

    Raises:
        ConversionError: The value model has no value for it, or code of its class failed; with the
            code and the place. What that code raised is the `__cause__`.
    """
    return Converter().convert(native)


class Converter:
    """Converts one value, and remembers the objects that contain the current one."""

    def __init__(self) -> None:
        self._level = 0
        self._inside: dict[int, object] = {}

    def convert(self, native: object) -> Value:
        """Converts an object one level below the current one."""
        if self._level >= MAX_DEPTH:
            raise _error(ErrorCode.TOO_LARGE, native)
        held: list[int] = []
        self._level += 1
        try:
            return self._converted(self._unhooked(native, held))
        except ConversionError as error:
            error.native_type = error.native_type or type(native).__name__
            raise
        except RecursionError as error:
            raise _error(ErrorCode.TOO_LARGE, native) from error
        except Exception as error:
            raise _error(ErrorCode.NOT_CONVERTIBLE, native) from error
        finally:
            self._level -= 1
            for key in held:
                del self._inside[key]

    def _unhooked(self, native: object, held: list[int]) -> object:
        """Returns the result of `__testingkit_value__`, which may have such a method itself.

        `held` receives the keys of the objects that contain what is converted next.
        """
        while True:
            if id(native) in self._inside:
                raise ConversionError(ErrorCode.CYCLE)
            if type(native) in LEAVES:
                return native
            self._inside[id(native)] = native
            held.append(id(native))
            if not hasattr(type(native), _HOOK):
                return native
            if len(held) > MAX_HOOKS:
                raise ConversionError(ErrorCode.TOO_LARGE)
            native = getattr(native, _HOOK)()

    def _converted(self, native: Any) -> Value:
        leaf = LEAVES.get(type(native))
        if leaf is not None:
            return leaf(native)
        if issubclass(type(native), Value):
            return self._ready(native)
        plain = _PLAIN.get(type(native))
        if plain is not None:
            return plain(self, native)
        if _is_message(type(native)):
            # A program that has messages has protobuf, which the kit does not need.
            return self._ready(importlib.import_module(_PROTOBUF).message_to_value(native))
        for native_type, convert in BY_TYPE:
            if isinstance(native, native_type):
                return convert(native)
        for native_type, method in _WITH_PARTS:
            if isinstance(native, native_type):
                return method(self, native)
        names = public_fields(native)
        if names is None:
            raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
        return self._record(native, names)

    def _ready(self, value: Value) -> Value:
        levels = MAX_DEPTH - self._level + 1
        if value.depth > levels:
            raise ConversionError(ErrorCode.TOO_LARGE, path_below(value, levels))
        return value

    def _part(self, native: object, segment: str | None) -> Value:
        try:
            return self.convert(native)
        except ConversionError as error:
            raise error.within(segment) from error.__cause__

    def _record(self, native: object, names: Iterable[str]) -> Value:
        fields = []
        for name in names:
            segment = path_segment(name)
            try:
                item = getattr(native, name)
            except Exception as error:
                raise ConversionError(ErrorCode.NOT_CONVERTIBLE, f"${segment}") from error
            fields.append((name, self._part(item, segment)))
        return Record(record_name(native), tuple(fields))

    def fixed(self, native: tuple[object, ...]) -> Value:
        """Converts a tuple."""
        names = named_tuple_fields(native)
        return self.items(native) if names is None else self._record(native, names)

    def items(self, native: Sequence[object] | ValuesView[object]) -> Value:
        """Converts a sequence."""
        items = _all(native, native)
        return List(tuple(self._part(item, f"[{place}]") for place, item in enumerate(items)))

    def numbers(self, native: range) -> Value:
        """Converts a range."""
        if native[MAX_RANGE_ITEMS:]:
            raise ConversionError(ErrorCode.TOO_LARGE)
        return self.items(native)

    def set(self, native: AbstractSet[object]) -> Set:
        """Converts a set."""
        items = [self._part(item, None) for item in _all(native, native)]
        return _native_unique(set_of, items)

    def map(self, native: Mapping[object, object]) -> Map:
        """Converts a mapping."""
        entries = []
        for native_key, native_item in _all(native, native.items()):
            key = self._part(native_key, None)
            entries.append((key, self._part(native_item, key_segment(key))))
        return _native_unique(map_of, entries)

    def error(self, native: BaseException) -> Value:
        """Converts an exception."""
        converted = []
        for place, cause in enumerate(causes(native)):
            value = self._part(cause, f".causes[{place}]")
            if not isinstance(value, Error):
                raise ConversionError(ErrorCode.NOT_CONVERTIBLE, f"$.causes[{place}]")
            converted.append(value)
        own = (error_type(native), own_message(native), error_code(native))
        return Error(*own, tuple(converted))


def _is_message(native_type: type) -> bool:
    """Returns whether the objects are protobuf messages, which `protobuf` generates classes for."""
    descriptor = getattr(native_type, "DESCRIPTOR", None)
    return hasattr(descriptor, "fields_by_number") and hasattr(native_type, "HasField")


# The types that nearly all containers have.
_PLAIN: dict[type, Callable[[Converter, Any], Value]] = {
    list: Converter.items,
    tuple: Converter.items,
    dict: Converter.map,
}

_WITH_PARTS: tuple[tuple[type | tuple[type, ...], Callable[[Converter, Any], Value]], ...] = (
    (tuple, Converter.fixed),
    (range, Converter.numbers),
    ((Sequence, deque, ValuesView), Converter.items),
    (AbstractSet, Converter.set),
    (Mapping, Converter.map),
    (BaseException, Converter.error),
)


def _error(code: ErrorCode, native: object) -> ConversionError:
    return ConversionError(code, native_type=type(native).__name__)


def _all(native: Sized, parts: Iterable[P]) -> list[P]:
    """Returns all parts of a native container, which must be as many as its length."""
    count = len(native)
    found = list(islice(parts, count + 1))
    if len(found) != count:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
    return found


def _native_unique(build: Callable[[list[P]], C], parts: list[P]) -> C:
    """Builds a set or map. Its parts come from a native value, so an error is `not_convertible`."""
    try:
        return build(parts)
    except ConversionError:
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE) from None

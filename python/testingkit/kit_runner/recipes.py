"""Builds native values from recipes, as is usual in Python."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from testingkit.kit_proto.v1 import value_pb2 as pb

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT: dict[int, Callable[[], object]] = {
    pb.ABSENT_VALUE: lambda: None,
    pb.ABSENT_LIST: list,
    pb.ABSENT_MAP: dict,
}
_CONTAINERS: dict[int, Callable[[list[Any]], object]] = {
    pb.Sequence.CONTAINER_LIST: list,
    pb.Sequence.CONTAINER_FIXED: tuple,
    pb.Sequence.CONTAINER_QUEUE: deque,
}


class RecipeError(ValueError):
    """A recipe is malformed."""


@dataclass
class Point:
    """The dataclass for `PointRecord`."""

    x: int
    y: int


class OuterError(Exception):
    """The error that wraps another."""

    testingkit_error_type = "outer"


class InnerError(Exception):
    """The wrapped error."""

    testingkit_error_type = "inner"


def build(recipe: pb.Recipe) -> object:
    """Returns the native value of a recipe. Raises `RecipeError` if the recipe is malformed."""
    kind = recipe.WhichOneof("kind")
    if kind is None:
        raise RecipeError("a recipe has no kind")
    return _BUILD[kind](getattr(recipe, kind))


def _big_integer(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise RecipeError("a big integer is not a decimal number")
    return int(text)


def _absent(which: int) -> object:
    if which not in _ABSENT:
        raise RecipeError("an absent value has an unknown kind")
    return _ABSENT[which]()


def _sequence(recipe: pb.Sequence) -> object:
    if recipe.container not in _CONTAINERS:
        raise RecipeError("a sequence has an unknown container")
    return _CONTAINERS[recipe.container]([build(item) for item in recipe.items])


def _text_map(recipe: pb.TextMap) -> object:
    built = {entry.key: build(entry.value) for entry in recipe.entries}
    if len(built) != len(recipe.entries):
        raise RecipeError("a map has the same key twice")
    return built


def _wrapped_error(recipe: pb.WrappedError) -> object:
    error = OuterError(recipe.outer_message)
    error.__cause__ = InnerError(recipe.inner_message)  # what `raise ... from` sets
    return error


def _time(recipe: pb.NativeTime) -> object:
    zone = timezone(timedelta(minutes=recipe.offset_minutes))
    since = timedelta(seconds=recipe.seconds, microseconds=recipe.micros)
    return (_EPOCH + since).astimezone(zone)


def _duration(recipe: Any) -> object:
    return timedelta(seconds=recipe.seconds, microseconds=recipe.nanos // 1000)


_BUILD: dict[str, Callable[[Any], object]] = {
    "boolean": bool,
    "signed": int,
    "unsigned": int,
    "big_integer": _big_integer,
    "single": lambda number: ctypes.c_float(number).value,
    "double": float,
    "text_bytes": lambda octets: octets.decode("utf-8", "surrogateescape"),
    "octets": bytes,
    "absent": _absent,
    "nested_optional": build,
    "sequence": _sequence,
    "text_map": _text_map,
    "point": lambda recipe: Point(recipe.x, recipe.y),
    "wrapped_error": _wrapped_error,
    "time": _time,
    "duration": _duration,
}

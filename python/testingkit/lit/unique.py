"""Whether two values of a `lit` are equal, for items and keys that must not repeat."""

import math
from collections.abc import Hashable
from typing import Any

from google.protobuf.message import Message

# The kinds of `Value` whose protobuf content is compared as it is.
_PLAIN = ("bool", "int", "big_int", "text", "bytes")


def key_of(value: Message) -> Hashable:
    """Give a key that is the same for values that are equal by `docs/kit/value.md`."""
    kind = value.WhichOneof("kind") or ""
    content = getattr(value, kind)
    if kind in _PLAIN:
        return (kind, content)
    reader = _READERS.get(kind)
    # Nulls have no content, and a time or duration has one form, which its bytes are the key of.
    return (kind, reader(content) if reader else None)


def _of_float(number: float) -> Hashable:
    """Every NaN is one NaN, and 0.0 hashes and compares like -0.0."""
    return "NaN" if math.isnan(number) else number


def _of_time(time: Any) -> Hashable:
    """An offset that is not set is the same as zero."""
    return (time.seconds, time.nanos, time.utc_offset_seconds)


def _of_error(error: Any) -> Hashable:
    return (error.type, error.message, error.code, tuple(_of_error(e) for e in error.causes))


def _of_outcome(outcome: Any) -> Hashable:
    kind = outcome.WhichOneof("kind")
    content = getattr(outcome, kind)
    if kind == "returned":
        return (kind, key_of(content))
    return (kind, _of_error(content) if kind == "failed" else content)


_READERS: dict[str, Any] = {
    "float": _of_float,
    "list": lambda content: tuple(key_of(item) for item in content.items),
    "set": lambda content: frozenset(key_of(item) for item in content.items),
    "map": lambda content: frozenset((key_of(e.key), key_of(e.value)) for e in content.entries),
    "record": lambda content: (
        content.name,
        frozenset((field.name, key_of(field.value)) for field in content.fields),
    ),
    "enum": lambda content: (content.type, content.number),
    "error": _of_error,
    "time": _of_time,
    "duration": lambda content: (content.seconds, content.nanos),
    "outcome": _of_outcome,
}

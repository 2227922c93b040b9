"""Canonical text, whole or within limits (docs/kit/render.md, canonical text and truncation)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from testingkit.render.floats import float_text
from testingkit.render.limits import FAILURE_LIMITS, Limits
from testingkit.render.names import error_type_name, field_name, type_name
from testingkit.render.times import duration_text, time_text
from testingkit.value import (
    Bool,
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Float,
    Int,
    Kind,
    List,
    Map,
    Message,
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)
from testingkit.value.quote import quote

T = TypeVar("T")
S = TypeVar("S", str, bytes)
_MORE = "…"


def canonical(value: Value) -> str:
    """Returns the complete value on one line."""
    return _Writer(None).text(value, 1)


def truncated(value: Value, limits: Limits = FAILURE_LIMITS) -> str:
    """Returns the value on one line, cut to the limits."""
    return _Writer(limits).text(value, 1)


def bytes_text(octets: bytes) -> str:
    """Returns octets in quotes.

    `repr` has the same escapes but for quotes. With a double quote in front, it puts the octets in
    single quotes, escapes these and leaves double quotes.
    """
    escaped = repr(b'"' + octets)[len("b'\"") : -len("'")]
    return 'b"' + escaped.replace("\\'", "'").replace('"', '\\"') + '"'


def record_opening(record: Record | Message) -> str:
    """Returns the text of a record or message before its fields."""
    if isinstance(record, Message):
        return f"message {error_type_name(record.name)}{{"
    return (type_name(record.name) if record.name else "record") + "{"


class _Writer:
    """Writes values as text. `level` is 1 for the whole value."""

    def __init__(self, limits: Limits | None) -> None:
        self._limits = limits

    def text(self, value: Value, level: int) -> str:
        return _WRITE[value.kind](self, value, level)

    def write_null(self, _value: Null, _level: int) -> str:
        return "null"

    def write_bool(self, value: Bool, _level: int) -> str:
        return "true" if value.value else "false"

    def write_int(self, value: Int, _level: int) -> str:
        return str(value.value)

    def write_float(self, value: Float, _level: int) -> str:
        return float_text(value.value)

    def write_text(self, value: Text, _level: int) -> str:
        return self._cut(value.value, quote)

    def write_bytes(self, value: Bytes, _level: int) -> str:
        return self._cut(value.value, bytes_text)

    def write_time(self, value: Time, _level: int) -> str:
        return f"time({time_text(value)})"

    def write_duration(self, value: Duration, _level: int) -> str:
        return f"duration({duration_text(value)})"

    def write_enum(self, value: Enum, _level: int) -> str:
        if not value.name:
            return f"{type_name(value.type)}({value.number})"
        return f"{type_name(value.type)}.{field_name(value.name)}"

    def write_list(self, value: List, level: int) -> str:
        return self._parts("[", value.items, "]", level, self.text)

    def write_set(self, value: Set, level: int) -> str:
        return self._parts("set{", value.items, "}", level, self.text)

    def write_map(self, value: Map, level: int) -> str:
        return self._parts("{", value.entries, "}", level, self._entry)

    def write_record(self, value: Record | Message, level: int) -> str:
        return self._parts(record_opening(value), value.fields, "}", level, self._field)

    def write_error(self, value: Error, level: int) -> str:
        if self._too_deep(level):
            return f"error({_MORE})"
        parts = [error_type_name(value.type), self._cut(value.message, quote)]
        if value.code:
            parts.append(f"code: {value.code}")
        if len(value.causes) == 1:
            parts.append(f"cause: {self.write_error(value.causes[0], level + 1)}")
        elif value.causes:
            parts.append("causes: " + self._parts("[", value.causes, "]", level, self.write_error))
        return f"error({', '.join(parts)})"

    def write_outcome(self, value: Outcome, level: int) -> str:
        ending: str = value.ending.value
        if value.ending in (Ending.CANCELLED, Ending.PENDING):
            return ending
        folded = self._too_deep(level) and value.ending is not Ending.PANICKED
        payload = _MORE if folded else self.text(value.payload, level + 1)
        return f"{ending}({payload})"

    def _entry(self, entry: tuple[Value, Value], level: int) -> str:
        return f"{self.text(entry[0], level)}: {self.text(entry[1], level)}"

    def _field(self, field: tuple[str, Value], level: int) -> str:
        return f"{field_name(field[0])}: {self.text(field[1], level)}"

    def _parts(
        self,
        opening: str,
        parts: Sequence[T],
        closing: str,
        level: int,
        write: Callable[[T, int], str],
    ) -> str:
        if parts and self._too_deep(level):
            return opening + _MORE + closing
        shown = parts[: self._limits.entries] if self._limits else parts
        written = [write(part, level + 1) for part in shown]
        if len(shown) < len(parts):
            written.append(f"{_MORE} {len(parts) - len(shown)} more")
        return opening + ", ".join(written) + closing

    def _too_deep(self, level: int) -> bool:
        return self._limits is not None and level > self._limits.levels

    def _cut(self, source: S, write: Callable[[S], str]) -> str:
        if self._limits is None or len(source) <= self._limits.length:
            return write(source)
        left_out = len(source) - self._limits.kept
        return f"{write(source[: self._limits.kept])}{_MORE}+{left_out}"


_WRITE: dict[Kind, Callable[[_Writer, Any, int], str]] = {
    Kind.NULL: _Writer.write_null,
    Kind.BOOL: _Writer.write_bool,
    Kind.INT: _Writer.write_int,
    Kind.FLOAT: _Writer.write_float,
    Kind.TEXT: _Writer.write_text,
    Kind.BYTES: _Writer.write_bytes,
    Kind.TIME: _Writer.write_time,
    Kind.DURATION: _Writer.write_duration,
    Kind.ENUM: _Writer.write_enum,
    Kind.LIST: _Writer.write_list,
    Kind.SET: _Writer.write_set,
    Kind.MAP: _Writer.write_map,
    Kind.RECORD: _Writer.write_record,
    Kind.MESSAGE: _Writer.write_record,
    Kind.ERROR: _Writer.write_error,
    Kind.OUTCOME: _Writer.write_outcome,
}

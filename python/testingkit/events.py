"""The events module: a recorder of events, and its trace as text.

The rules are in docs/kit/events.md.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testingkit.render import canonical
from testingkit.value import ConversionError, ErrorCode, Value, to_value

__all__ = ["Event", "Recorder", "trace_text"]

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded event: its sequence number, its kind and its fields in order."""

    seq: int
    kind: str
    fields: tuple[tuple[str, Value], ...] = ()


class Recorder:
    """Records events in one sequence. Threads may share a recorder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_seq = 0
        self._events: list[Event] = []

    def record(self, kind: str, /, *fields: tuple[str, object], **named: object) -> Event:
        """Records an event, such as `record("call", method="get")`, and returns it.

        Values are converted at once, so later changes to them have no effect.

        Args:
            kind: Kind of the event, a name in lower case.
            fields: Fields as pairs of name and native value.
            named: Further fields, by name.

        Raises:
            ConversionError: The kind or a field name is malformed, or a field name occurs twice
                (`bad_argument`), or a value cannot be converted.
        """
        pairs = (*fields, *named.items())
        _check_names(kind, [name for name, _ in pairs])
        values = tuple((name, to_value(native)) for name, native in pairs)
        with self._lock:
            self._last_seq += 1
            event = Event(self._last_seq, kind, values)
            self._events.append(event)
        return event

    def clear(self) -> None:
        """Removes all events. Sequence numbers continue."""
        with self._lock:
            self._events.clear()

    def events(self) -> tuple[Event, ...]:
        """Returns the current events, ordered by sequence number."""
        with self._lock:
            return tuple(self._events)

    def trace(self) -> str:
        """Returns the events as text, one line each."""
        return trace_text(self.events())


def trace_text(events: Iterable[Event]) -> str:
    """Returns events as text, one line each, ended by LF."""
    return "".join(f"{event.seq} {event.kind}({_fields_text(event)})\n" for event in events)


def _fields_text(event: Event) -> str:
    return ", ".join(f"{name}: {canonical(value)}" for name, value in event.fields)


def _check_names(kind: str, names: Sequence[str]) -> None:
    is_name = _NAME.match
    if not is_name(kind) or not all(map(is_name, names)) or len({*names}) != len(names):
        raise ConversionError(ErrorCode.BAD_ARGUMENT)

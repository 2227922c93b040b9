"""The events module: a recorder of what happened, and its trace as text.

The rules are in docs/kit/events.md.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testingkit.render import canonical
from testingkit.value import ConversionError, ErrorCode, Value, to_value

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded event: its sequence number, its kind and its fields in order."""

    seq: int
    kind: str
    fields: tuple[tuple[str, Value], ...] = ()


class Recorder:
    """Records events, from any number of threads, in one sequence."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_seq = 0
        self._events: list[Event] = []

    def record(self, kind: str, /, *fields: tuple[str, object], **named: object) -> Event:
        """Records an event: `record("call", method="get")`, or fields as pairs of name and value.

        Values are converted now, so that what happens to them later does not show. Raises
        `ConversionError`: `bad_argument` for a kind or field name that is none, or given twice;
        the code of the conversion for a value that does not convert.
        """
        pairs = (*fields, *named.items())
        _demand_names(kind, [name for name, _ in pairs])
        values = tuple((name, to_value(native)) for name, native in pairs)
        with self._lock:
            self._last_seq += 1
            event = Event(self._last_seq, kind, values)
            self._events.append(event)
        return event

    def clear(self) -> None:
        """Removes all events. Sequence numbers go on."""
        with self._lock:
            self._events.clear()

    def events(self) -> tuple[Event, ...]:
        """The events that are there now, by sequence number."""
        with self._lock:
            return tuple(self._events)

    def trace(self) -> str:
        """The events as text, one line each."""
        return trace_text(self.events())


def trace_text(events: Iterable[Event]) -> str:
    """Events as text: one line each, ended by LF."""
    return "".join(f"{event.seq} {event.kind}({_fields_text(event)})\n" for event in events)


def _fields_text(event: Event) -> str:
    return ", ".join(f"{name}: {canonical(value)}" for name, value in event.fields)


def _demand_names(kind: str, names: Sequence[str]) -> None:
    well_formed = all(_NAME.match(name) for name in (kind, *names))
    if not well_formed or len(set(names)) != len(names):
        raise ConversionError(ErrorCode.BAD_ARGUMENT)

"""Incidents: faults of a runner that are not an observation of a single call."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.text.lists import MAX_SHOWN, format_list


class IncidentKind(enum.Enum):
    """The kind of an incident."""

    BREACH = "breach"  # it broke the protocol
    CRASH = "crash"  # its process ended, and no call is the culprit
    HANG = "hang"  # no answer came, and no call is the culprit


@dataclass(frozen=True, slots=True)
class Incident:
    """A fault, however often it happened; the text continues the runner's name."""

    kind: IncidentKind
    text: str


@dataclass(slots=True)
class _Calls:
    shown: list[str] = field(default_factory=list)
    number: int = 0


class Incidents:
    """Collects incidents: one for each cause, with the first of the calls that it affected."""

    def __init__(self) -> None:
        self._incidents: dict[tuple[IncidentKind, str], _Calls] = {}

    def note(self, kind: IncidentKind, cause: str) -> None:
        """Notes an incident."""
        self._incidents.setdefault((kind, cause), _Calls())

    def note_call(self, kind: IncidentKind, cause: str, name: Callable[[], str]) -> None:
        """Notes an incident of a call; ``name`` is only called if its result is shown."""
        calls = self._incidents.setdefault((kind, cause), _Calls())
        calls.number += 1
        if len(calls.shown) < MAX_SHOWN:
            calls.shown.append(name())

    def note_end(self, kind: IncidentKind, text: str, stderr: str) -> None:
        """Notes how a process ended, with its standard error: the best hint without a culprit."""
        self.note(kind, f"{text}\n{stderr}" if stderr and kind is not IncidentKind.BREACH else text)

    def take(self) -> Sequence[Incident]:
        """Returns the incidents since the last call, in the order in which each first happened."""
        incidents, self._incidents = self._incidents, {}
        return [
            Incident(kind, ": ".join(filter(None, (cause, format_list(calls.shown, calls.number)))))
            for (kind, cause), calls in incidents.items()
        ]

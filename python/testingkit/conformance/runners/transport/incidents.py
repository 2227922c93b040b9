"""What a runner did beside its answers: things that are no observation of any one call."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.text.lists import MAX_SHOWN, format_list


class IncidentKind(enum.Enum):
    """What an incident is."""

    BREACH = "breach"  # the protocol was broken
    CRASH = "crash"  # the process ended, and no call can be blamed for it
    HANG = "hang"  # no answer came, and no call can be blamed for it


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened, as often as it did; the text continues the runner's name."""

    kind: IncidentKind
    text: str


@dataclass(slots=True)
class _Subjects:
    shown: list[str] = field(default_factory=list)
    number: int = 0


class Incidents:
    """Collects incidents; those with one cause are one, and name the first of their subjects."""

    def __init__(self) -> None:
        self._found: dict[tuple[IncidentKind, str], _Subjects] = {}

    def note(self, kind: IncidentKind, cause: str) -> None:
        """Notes something that happened."""
        self._found.setdefault((kind, cause), _Subjects())

    def note_subject(self, kind: IncidentKind, cause: str, subject: Callable[[], str]) -> None:
        """Notes something that happened; what to is asked for where it is going to be named."""
        found = self._found.setdefault((kind, cause), _Subjects())
        found.number += 1
        if len(found.shown) < MAX_SHOWN:
            found.shown.append(subject())

    def note_end(self, kind: IncidentKind, text: str, stderr: str) -> None:
        """Notes how a process ended, with what it wrote: the best hint where no call is blamed."""
        self.note(kind, f"{text}\n{stderr}" if stderr and kind is not IncidentKind.BREACH else text)

    def take(self) -> Sequence[Incident]:
        """Returns what was noted since the last time, in the order in which it first happened."""
        found, self._found = self._found, {}
        return [
            Incident(kind, ": ".join(filter(None, (cause, format_list(of.shown, of.number)))))
            for (kind, cause), of in found.items()
        ]

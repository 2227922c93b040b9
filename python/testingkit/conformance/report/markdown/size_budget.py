"""Makes a document fit: its largest parts are shed first, and then its last sections."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Part:
    """A part of a section.

    Attributes:
        text: The part.
        kind: What it is, in the singular; empty where the section cannot do without it.
        is_shed: Whether it was shed; what is said in its place is `text` then.
    """

    text: str
    kind: str = ""
    is_shed: bool = False

    @property
    def size(self) -> int:
        """Bytes that it takes, the empty line behind it included."""
        return len(self.text.encode()) + 2

    def shed(self) -> None:
        """Puts a short line in its place, where that is shorter."""
        said = f"({self.kind}: {self.size - 2:,} bytes, left out)"
        if len(said) < len(self.text):
            self.text, self.is_shed = said, True


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of a document fits."""

    sections: Sequence[Sequence[Part]]
    dropped: int  # sections

    @property
    def text(self) -> str:
        """All sections, with an empty line behind every part."""
        parts = itertools.chain.from_iterable(self.sections)
        return "".join(f"{part.text}\n\n" for part in parts)

    @property
    def shed(self) -> Mapping[str, int]:
        """How many parts of each kind were shed from the sections that are left."""
        parts = itertools.chain.from_iterable(self.sections)
        return Counter(part.kind for part in parts if part.is_shed)


def fit(sections: Sequence[Sequence[Part]], room: int) -> Fitted:
    """Returns as much of the sections, the most important first, as fits into a number of bytes."""
    total = sum(part.size for section in sections for part in section)
    # Of those that are equally large the last go first.
    optional = [part for section in reversed(sections) for part in section if part.kind]
    for part in sorted(optional, key=lambda part: -part.size):
        if total <= room:
            break
        total -= part.size
        part.shed()
        total += part.size
    left = list(sections)
    while left and total > room:
        total -= sum(part.size for part in left.pop())
    return Fitted(left, len(sections) - len(left))

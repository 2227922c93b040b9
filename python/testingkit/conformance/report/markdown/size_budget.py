"""Makes a document fit a size: its largest blocks are left out first, then its last sections."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Block:
    """A block of a section.

    Attributes:
        text: Its Markdown.
        kind: A noun for it, in the singular; empty if the section needs it.
        is_left_out: Whether `text` is a note that it was left out.
    """

    text: str
    kind: str = ""
    is_left_out: bool = False

    @property
    def size(self) -> int:
        """Its bytes, with the empty line after it."""
        return len(self.text.encode()) + 2

    def leave_out(self) -> None:
        """Replaces it by a short note, if that is shorter."""
        note = f"({self.kind}: {self.size - 2:,} bytes, left out)"
        if len(note) < len(self.text):
            self.text, self.is_left_out = note, True


@dataclass(frozen=True, slots=True)
class Fitted:
    """The sections of a document that fit.

    Attributes:
        sections: The sections; blocks of them may be left out.
        dropped: How many sections do not fit.
    """

    sections: Sequence[Sequence[Block]]
    dropped: int

    @property
    def text(self) -> str:
        """All sections, with an empty line after every block."""
        blocks = itertools.chain.from_iterable(self.sections)
        return "".join(f"{block.text}\n\n" for block in blocks)

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many blocks of each kind are left out of the sections."""
        blocks = itertools.chain.from_iterable(self.sections)
        return Counter(block.kind for block in blocks if block.is_left_out)


def fit(sections: Sequence[Sequence[Block]], max_bytes: int) -> Fitted:
    """Returns as much of the sections as fits; the first are the most important."""
    total = sum(block.size for section in sections for block in section)
    # The sort is stable: of blocks of the same size the last is left out first.
    optional = [block for section in reversed(sections) for block in section if block.kind]
    for block in sorted(optional, key=lambda block: -block.size):
        if total <= max_bytes:
            break
        total -= block.size
        block.leave_out()
        total += block.size
    fitting = list(sections)
    while fitting and total > max_bytes:
        total -= sum(block.size for block in fitting.pop())
    return Fitted(fitting, len(sections) - len(fitting))

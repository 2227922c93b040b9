"""A mutant: one edit of one file of a kit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


class MutantError(Exception):
    """A mutant cannot be made, or its kit cannot be run; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit.

    Attributes:
        id: Unique, and the same in every run, such as ``python/number-equals-bool``.
        kit: ``python``, ``rust`` or ``go``.
        path: The file, relative to the checkout.
        offset: Where ``old`` starts in it, in code points.
        old: The text that is replaced.
        new: What replaces it.
        breaks: The rule that it breaks, in a few words.
    """

    id: str
    kit: str
    path: str
    offset: int
    old: str
    new: str
    breaks: str

    @property
    def line(self) -> int:
        """The line of the edit, from 1."""
        return (ROOT / self.path).read_text(encoding="utf-8").count("\n", 0, self.offset) + 1

    def apply(self, root: Path) -> None:
        """Edits the file in a copy of the checkout."""
        path = root / self.path
        text = path.read_text(encoding="utf-8")
        end = self.offset + len(self.old)
        if text[self.offset : end] != self.old:
            raise MutantError(f"{self.id}: {self.path} is not the file that it was made for")
        path.write_text(text[: self.offset] + self.new + text[end:], encoding="utf-8")

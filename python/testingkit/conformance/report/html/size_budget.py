"""Keeps a page small: what does not fit is left out, and what matters least goes first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(slots=True)
class Piece:
    """A part of the page; without text it was left out."""

    text: Markup


class Room:
    """So many characters for pieces of one kind."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._spare: list[Piece] = []
        self.is_full = False  # no more that does not matter will be taken

    def take(self, piece: Piece, *, matters: bool) -> bool:
        """Takes a piece, at the cost of the last that do not matter; tells whether it is in."""
        self._left -= len(piece.text)
        if not matters:
            self._spare.append(piece)
        while self._left < 0:
            self.is_full = True
            victim = self._spare.pop() if self._spare else piece
            self._left += len(victim.text)
            victim.text = Markup()
        return bool(piece.text)

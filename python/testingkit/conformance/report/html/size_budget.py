"""Keeps a page small: pieces that do not fit are left out, the least important first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(slots=True)
class Piece:
    """A piece of the page; its text is empty if it was left out."""

    text: Markup


class SizeBudget:
    """A number of characters for pieces of one kind."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._optional: list[Piece] = []
        self.is_full = False  # Optional pieces no longer fit.

    def add(self, piece: Piece, *, matters: bool) -> bool:
        """Adds a piece, for which the last optional ones may be dropped.

        Args:
            piece: The piece; its text is removed if it does not fit.
            matters: Whether it is kept in preference to pieces that do not matter.

        Returns:
            Whether it fits.
        """
        self._left -= len(piece.text)
        if not matters:
            self._optional.append(piece)
        while self._left < 0:
            self.is_full = True
            dropped = self._optional.pop() if self._optional else piece
            self._left += len(dropped.text)
            dropped.text = Markup()
        return bool(piece.text)

"""Reads the code points of a pattern."""

from __future__ import annotations


class Reader:
    """A place in a pattern."""

    def __init__(self, text: str) -> None:
        self.index = 0
        self._text = text

    def peek(self, ahead: int = 0) -> str:
        """Returns a code point without reading it, or the empty text behind the end."""
        place = self.index + ahead
        return self._text[place : place + 1]

    def take(self, expected: str) -> bool:
        """Reads this text if it is next, and returns whether it was."""
        found = self._text.startswith(expected, self.index)
        if found:
            self.index += len(expected)
        return found

    def read(self) -> str:
        """Reads and returns a code point, or returns the empty text at the end."""
        point = self.peek()
        self.index += len(point)
        return point

    def read_until(self, end: str) -> str | None:
        """Reads up to a code point and that as well; returns what is before it, or None."""
        place = self._text.find(end, self.index)
        if place < 0:
            return None
        between = self._text[self.index : place]
        self.index = place + 1
        return between

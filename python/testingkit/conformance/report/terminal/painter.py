"""Paints lines at the bottom of a terminal again and again, and erases them in the end.

The cursor stays at the beginning of the line below them and is never hidden, so the terminal works
after a process that was killed. No line is as wide as the terminal, so none is wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

_UP = "\x1b[{}A"
_CLEAR_LINE = "\x1b[K"
_CLEAR_BELOW = "\x1b[J"


class Painter:
    """Paints on a console that is a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._widths: Sequence[int] = ()  # in cells, of the lines on the screen

    def paint(self, lines: Sequence[Text]) -> None:
        """Replaces the lines; what does not fit the screen is cut."""
        size = self._console.size
        shown = lines[: max(1, size.height - 1)]
        for line in shown:
            line.truncate(max(1, size.width - 1), overflow="ellipsis")
        with self._console.capture() as capture:
            for line in shown:
                self._console.print(line, soft_wrap=True)
        text = capture.get().replace("\n", f"{_CLEAR_LINE}\n")
        self._write(self._back() + text + _CLEAR_BELOW)
        self._widths = [line.cell_len for line in shown]

    def erase(self) -> None:
        """Erases the lines."""
        if self._widths:
            self._write(self._back() + _CLEAR_BELOW)
            self._widths = ()

    def _back(self) -> str:
        """Returns the codes that move the cursor to the first line.

        A terminal that got narrower has wrapped the lines, so they may take more rows.
        """
        width = max(1, self._console.size.width)
        rows = sum(max(1, -(-cells // width)) for cells in self._widths)
        rows = min(rows, self._console.size.height - 1)
        return "\r" + (_UP.format(rows) if rows else "")

    def _write(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()

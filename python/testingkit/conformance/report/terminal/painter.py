"""Lines at the bottom of a terminal that are painted over again and again, and leave no trace.

The cursor waits at the beginning of the line below them and is never hidden: whatever ends the
process, nothing has to be put right. No line is as wide as the terminal, so that none is wrapped.
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
        """Puts lines where the last ones are; what does not fit the screen is cut."""
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
        """Takes the lines away."""
        if self._widths:
            self._write(self._back() + _CLEAR_BELOW)
            self._widths = ()

    def _back(self) -> str:
        """Moves the cursor to where the lines begin; a terminal that got narrower wrapped them."""
        width = max(1, self._console.size.width)
        rows = sum(max(1, -(-cells // width)) for cells in self._widths)
        rows = min(rows, self._console.size.height - 1)
        return "\r" + (_UP.format(rows) if rows else "")

    def _write(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()

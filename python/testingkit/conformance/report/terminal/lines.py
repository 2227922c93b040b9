"""Prints indented lines and headings.

For a narrow terminal lines are broken between words, never within one, so that names, paths and ids
can be copied. A line that may be copied as a whole, such as a command, is left to the terminal to
wrap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.text.escape import brief, safe_lines, shorten

INDENT = "   "
HANGING = "    "  # indent of the rest of a line that begins at the left
_MAX_TEXT = 4000  # characters
_MAX_LINES = 40
_WORD = re.compile(r"[^ ]+")  # A no-break space is part of a word.
_ANY_WIDTH = 1 << 20  # cells


def print_heading(console: Console, title: str, colour: str, name: str, end: str = "") -> None:
    """Prints a rule across the screen with a title, a name, and an id at its end.

    A name that is too long for the rule is printed below it.
    """
    rule = Text.assemble(("━━ ", colour), (f"{title:<9}", f"bold {colour}"))
    shown = Text(f" {brief(name)} ", "bold")
    end = f" {brief(end)}" if end else ""
    room = console.width - rule.cell_len - cell_len(end) - 2
    fits_rule = shown.cell_len <= room or not console.is_terminal
    rule.append(shown if fits_rule else " ")
    rule.append("━" * max(2, console.width - rule.cell_len - cell_len(end)), colour)
    console.print(rule.append(end, "bold"), soft_wrap=True)
    if not fits_rule:
        console.print(Text(INDENT + brief(name), "bold"), soft_wrap=True)


def print_line(console: Console, text: str, style: str = "") -> None:
    """Prints lines of text, indented; a very long text is cut."""
    for line in safe_lines(shorten(text, _MAX_TEXT))[:_MAX_LINES]:
        print_words(console, Text(INDENT + line, style), INDENT)


def print_data(console: Console, text: str) -> None:
    """Prints text that users may copy as one line: a request, an answer, a command."""
    console.print(Text(INDENT + text), soft_wrap=True)


def print_words(console: Console, text: Text, indent: str) -> None:
    """Prints a line; what a narrow terminal has no room for is indented below it."""
    first, *rest = text.divide(_breaks(text.plain, console, indent))
    first.rstrip()
    console.print(first, soft_wrap=True)
    for line in rest:
        line.rstrip()
        console.print(Text(indent, line.style) + line, soft_wrap=True)


def fits(console: Console, table: Table) -> bool:
    """Returns whether the screen is wide enough for a table."""
    options = console.options.update(max_width=_ANY_WIDTH)
    return console.measure(table, options=options).maximum <= console.width


def _breaks(text: str, console: Console, indent: str) -> Iterator[int]:
    """Yields where lines are broken: before words that would go beyond the screen."""
    if not console.is_terminal:
        return  # Programs search the output for lines, so none is broken.
    start, taken = 0, 0
    for number, word in enumerate(_WORD.finditer(text)):
        if number and taken + cell_len(text[start : word.end()]) > console.width:
            if word.start() > start:
                yield word.start()
            start, taken = word.start(), cell_len(indent)

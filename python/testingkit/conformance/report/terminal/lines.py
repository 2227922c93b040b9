"""Indented lines and headings: what every entry on the terminal is made of.

A narrow terminal gets its lines broken between words, and no word is: names, paths and ids can be
copied whole. What is copied as a line, such as a command, is left to the terminal to wrap.
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
HANGING = "    "  # of what goes on below a line that begins at the left
_MAX_TEXT = 4000  # characters
_MAX_LINES = 40
_WORD = re.compile(r"[^ ]+")  # no-break spaces hold together what is one
_ANY_WIDTH = 1 << 20  # cells


def print_heading(console: Console, title: str, colour: str, name: str, end: str = "") -> None:
    """Prints a rule across the screen with a title, what it is about, and an id at its end.

    A name that the rule has no room for is below it.
    """
    rule = Text.assemble(("━━ ", colour), (f"{title:<9}", f"bold {colour}"))
    shown = Text(f" {brief(name)} ", "bold")
    end = f" {brief(end)}" if end else ""
    room = console.width - rule.cell_len - cell_len(end) - 2
    is_beside = shown.cell_len <= room or not console.is_terminal
    rule.append(shown if is_beside else " ")
    rule.append("━" * max(2, console.width - rule.cell_len - cell_len(end)), colour)
    console.print(rule.append(end, "bold"), soft_wrap=True)
    if not is_beside:
        console.print(Text(INDENT + brief(name), "bold"), soft_wrap=True)


def print_line(console: Console, text: str, style: str = "") -> None:
    """Prints lines of text, indented; what is longer than anybody reads is cut."""
    for line in safe_lines(shorten(text, _MAX_TEXT))[:_MAX_LINES]:
        print_words(console, Text(INDENT + line, style), INDENT)


def print_data(console: Console, text: str) -> None:
    """Prints what somebody may copy as it is: a request, an answer, a command."""
    console.print(Text(INDENT + text), soft_wrap=True)


def print_words(console: Console, text: Text, indent: str) -> None:
    """Prints a line; a terminal that is too narrow gets the rest indented below it."""
    first, *rest = text.divide(_breaks(text.plain, console, indent))
    first.rstrip()
    console.print(first, soft_wrap=True)
    for line in rest:
        line.rstrip()
        console.print(Text(indent, line.style) + line, soft_wrap=True)


def fits(console: Console, table: Table) -> bool:
    """Whether the screen is wide enough for a table as it is."""
    options = console.options.update(max_width=_ANY_WIDTH)
    return console.measure(table, options=options).maximum <= console.width


def _breaks(text: str, console: Console, indent: str) -> Iterator[int]:
    """Where lines are broken: before words that would go beyond the screen."""
    if not console.is_terminal:
        return  # Others than people read it, and find a line by what is in it.
    start, taken = 0, 0
    for number, word in enumerate(_WORD.finditer(text)):
        if number and taken + cell_len(text[start : word.end()]) > console.width:
            if word.start() > start:
                yield word.start()
            start, taken = word.start(), cell_len(indent)

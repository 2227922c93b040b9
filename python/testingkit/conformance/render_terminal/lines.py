"""Indented lines and headings: what every entry on the terminal is made of."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from testingkit.conformance.render_terminal.text import brief, safe_lines, shorten

INDENT = "   "
_MAX_TEXT = 4000  # characters
_MAX_LINES = 40


def print_heading(console: Console, title: str, colour: str, name: str, end: str = "") -> None:
    """Prints a rule across the screen with a title, what it is about, and an id at its end."""
    rule = Text.assemble(
        ("━━ ", colour), (f"{title:<9}", f"bold {colour}"), (f" {brief(name)} ", "bold")
    )
    end = f" {brief(end)}" if end else ""
    rule.append("━" * max(2, console.width - rule.cell_len - len(end)), colour)
    console.print(rule.append(end, "bold"), soft_wrap=True)


def print_line(console: Console, text: str, style: str = "") -> None:
    """Prints lines of text, indented; what is longer than anybody reads is cut."""
    for line in safe_lines(shorten(text, _MAX_TEXT))[:_MAX_LINES]:
        console.print(Text(INDENT + line, style), soft_wrap=True)

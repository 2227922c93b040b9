"""Prints the fields in which answers differ: as a table if it fits, else one value a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.report.field_table import Row
from testingkit.conformance.report.terminal.lines import INDENT, fits, print_line, print_words
from testingkit.conformance.text.escape import brief

_MAX_VALUE = 600
_MAX_FIELDS = 12
# Of a value that is right, wrong, or only compared with the others.
_MARKS: Mapping[bool | None, tuple[str, str]] = {
    True: ("✓", "green"),
    False: ("✗", "red"),
    None: ("", ""),
}
_MAX_CELL = 20  # columns; with a wider value all values are printed below each other


def print_rows(console: Console, rows: Sequence[Row]) -> None:
    """Prints the first rows, and counts the others."""
    _print_some(console, rows[:_MAX_FIELDS])
    if len(rows) > _MAX_FIELDS:
        print_line(console, f"… {len(rows) - _MAX_FIELDS} more fields")


def _print_some(console: Console, rows: Sequence[Row]) -> None:
    texts = [text for row in rows for _, text, _ in row.answers]
    texts += [row.expected or "" for row in rows]
    if max(map(cell_len, texts)) <= _MAX_CELL:
        table = _table(rows)
        if fits(console, table):
            console.print(table)
            return
    for row in rows:
        _print_grouped(console, row)


def _table(rows: Sequence[Row]) -> Table:
    """Returns a table with a row for each field and a column for each runner."""
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    has_golden = any(row.expected is not None for row in rows)
    for name in [INDENT, *(["expected"] if has_golden else []), *names]:
        table.add_column(Text(name), no_wrap=True)
    for row in rows:
        cells = [Text(INDENT + brief(row.path))]
        if has_golden:
            cells.append(Text(brief(row.expected or "")))
        by_name = {name: (text, right) for name, text, right in row.answers}
        for name in names:
            text, right = by_name.get(name, ("", None))
            mark, style = _MARKS[right]
            cells.append(Text.assemble(brief(text), (f" {mark}".rstrip(), style)))
        table.add_row(*cells)
    return table


def _print_grouped(console: Console, row: Row) -> None:
    """Prints values below each other, each with its runners: for long values, narrow screens."""
    groups: dict[tuple[str, bool | None], list[str]] = {}
    for name, text, right in row.answers:
        groups.setdefault((text, right), []).append(name)
    lines = [] if row.expected is None else [("expected", row.expected, "")]
    for (text, right), names in groups.items():
        mark, style = _MARKS[right]
        as_expected = right and row.expected is not None
        label = f"{', '.join(names)} {mark}".rstrip()
        lines.append((label, "" if as_expected else text, style))
    print_line(console, row.path, "bold")
    _print_labelled(console, [(Text(label, style), text) for label, text, style in lines])


def _print_labelled(console: Console, lines: Sequence[tuple[Text, str]]) -> None:
    """Prints values after their labels, or below them if the screen is too narrow."""
    shown = [brief(text, _MAX_VALUE) for _, text in lines]
    width = max(label.cell_len for label, _ in lines)
    longest = len(INDENT * 2) + width + 2 + max(map(cell_len, shown))
    fits_width = longest <= console.width or width <= console.width // 3 or not console.is_terminal
    for (label, _), text in zip(lines, shown, strict=True):
        if fits_width:
            label.pad_right(width - label.cell_len)
            line = Text.assemble(INDENT * 2, label, "  ", text)
            line.rstrip()
            console.print(line, soft_wrap=True)
        else:
            print_words(console, Text(INDENT * 2) + label, INDENT * 2)
            if text:
                console.print(Text(INDENT * 3 + text), soft_wrap=True)

"""What became of every planned call, runner by runner: a table, or a line for each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.render_terminal.lines import fits, print_words
from testingkit.conformance.run_text import used_columns
from testingkit.conformance.v1.run_pb2 import Ledger

_INDENT = "  "


def print_ledgers(console: Console, names: Sequence[str], ledgers: Sequence[Ledger]) -> None:
    """Prints the ledgers of some runners; on a screen too narrow for the table, in words."""
    used = used_columns(ledgers)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(_INDENT, no_wrap=True)
    for _, label in used:
        table.add_column(label, justify="right", no_wrap=True)
    for name, ledger in zip(names, ledgers, strict=True):
        cells = [f"{getattr(ledger, column):,}" for column, _ in used]
        table.add_row(Text(_INDENT + name), *cells)
    if fits(console, table):
        console.print(table)
        return
    for name, ledger in zip(names, ledgers, strict=True):
        print_words(console, _in_words(name, ledger, used), _INDENT * 2)


def _in_words(name: str, ledger: Ledger, used: Sequence[tuple[str, str]]) -> Text:
    """Says what the row of a table would, but for the zeros."""
    counts = [
        f"{getattr(ledger, column):,}\N{NO-BREAK SPACE}{label}"
        for column, label in used
        if getattr(ledger, column)
    ]
    return Text(f"{_INDENT}{name}: {' · '.join(counts) or 'nothing'}")

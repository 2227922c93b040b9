"""Prints the ledgers of the runners: a table, or a line for each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.report.terminal.lines import fits, print_words
from testingkit.conformance.results.run_text import used_columns
from testingkit.conformance.text.numbers import percent
from testingkit.conformance.v1.run_pb2 import Ledger

_INDENT = "  "
# Columns, besides those that passed, that a conformant run may count.
_EXCUSED = (("unsupported", "unsupported"), ("known", "known to diverge"))


def is_passed_or_excused(ledgers: Sequence[Ledger]) -> bool:
    """Returns whether every call passed, or is excused."""
    return all(
        ledger.planned == sum(getattr(ledger, name) for name in ("passed", *dict(_EXCUSED)))
        for ledger in ledgers
    )


def print_shares(console: Console, names: Sequence[str], ledgers: Sequence[Ledger]) -> None:
    """Prints one line with the share that passed, and one with what is excused, if any."""
    shares = [_share(name, ledger) for name, ledger in zip(names, ledgers, strict=True)]
    print_words(console, Text.assemble(("  ✓ ", "green"), " · ".join(shares)), _INDENT * 2)
    excused = []
    for column, label in _EXCUSED:
        counts = [
            f"{name}\N{NO-BREAK SPACE}{getattr(ledger, column):,}"
            for name, ledger in zip(names, ledgers, strict=True)
            if getattr(ledger, column)
        ]
        if counts:
            excused.append(f"{label}: {', '.join(counts)}")
    if excused:
        print_words(console, Text(_INDENT * 2 + " · ".join(excused)), _INDENT * 2)


def _share(name: str, ledger: Ledger) -> str:
    share = percent(ledger.passed / ledger.planned) if ledger.planned else "0 %"
    return f"{name} {ledger.passed:,}/{ledger.planned:,} ({share})"


def print_ledgers(console: Console, names: Sequence[str], ledgers: Sequence[Ledger]) -> None:
    """Prints ledgers as a table, or as text if the screen is too narrow for the table."""
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
        print_words(console, _ledger_text(name, ledger, used), _INDENT * 2)


def _ledger_text(name: str, ledger: Ledger, used: Sequence[tuple[str, str]]) -> Text:
    """Returns the row of a table as text, without zeros."""
    counts = [
        f"{getattr(ledger, column):,}\N{NO-BREAK SPACE}{label}"
        for column, label in used
        if getattr(ledger, column)
    ]
    return Text(f"{_INDENT}{name}: {' · '.join(counts) or 'nothing'}")

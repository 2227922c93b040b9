"""What became of every planned call, runner by runner: a table, or a line for each."""

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
# What need not be looked at where a run is conformant, beside what passed.
_EXCUSED = (("unsupported", "unsupported"), ("known", "known to diverge"))


def is_passed_or_excused(ledgers: Sequence[Ledger]) -> bool:
    """Whether every call passed, or is excused."""
    return all(
        ledger.planned == sum(getattr(ledger, name) for name in ("passed", *dict(_EXCUSED)))
        for ledger in ledgers
    )


def print_shares(console: Console, names: Sequence[str], ledgers: Sequence[Ledger]) -> None:
    """Prints in a line what passed, and in one below it what is excused, if anything is."""
    shares = [_share(name, ledger) for name, ledger in zip(names, ledgers, strict=True)]
    print_words(console, Text.assemble(("  ✓ ", "green"), " · ".join(shares)), _INDENT * 2)
    excused = []
    for column, said in _EXCUSED:
        counts = [
            f"{name}\N{NO-BREAK SPACE}{getattr(ledger, column):,}"
            for name, ledger in zip(names, ledgers, strict=True)
            if getattr(ledger, column)
        ]
        if counts:
            excused.append(f"{said}: {', '.join(counts)}")
    if excused:
        print_words(console, Text(_INDENT * 2 + " · ".join(excused)), _INDENT * 2)


def _share(name: str, ledger: Ledger) -> str:
    share = percent(ledger.passed / ledger.planned) if ledger.planned else "0 %"
    return f"{name} {ledger.passed:,}/{ledger.planned:,} ({share})"


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

"""A whole run on the terminal."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.descriptors import Schema
from testingkit.conformance.model import MAX_FINDINGS
from testingkit.conformance.render_terminal.finding import print_finding
from testingkit.conformance.render_terminal.text import brief, count
from testingkit.conformance.report import RunRecord
from testingkit.conformance.run_text import (
    DECISIONS,
    say_header,
    say_parity,
    say_problems,
    used_columns,
)
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Ledger, RunEvent, RunFooter

_STYLES = {
    run_pb2.DECISION_CONFORMANT: "bold green",
    run_pb2.DECISION_INTERRUPTED: "bold yellow",
}
_MAX_HEADER = 2000  # characters
_PROGRESS_SECONDS = 10.0
_LIVE_SECONDS = 0.1


class TerminalRun:
    """Takes the events of a run and prints it: progress while it goes on, the result at its end."""

    def __init__(
        self, console: Console, *, progress: bool = True, max_findings: int = MAX_FINDINGS
    ) -> None:
        """``max_findings`` are shown in full; the others are counted."""
        self._console = console
        self._record = RunRecord()
        self._live = progress and console.is_terminal
        self._progress = progress
        self._max_findings = max_findings
        self._shown_at = time.monotonic()
        self._done = 0

    def __call__(self, event: RunEvent) -> None:
        """Takes the next event."""
        self._record.add(event)
        match event.WhichOneof("event"):
            case "header":
                self._shown_at = time.monotonic()
                self._clear_progress()
                self._print_header()
            case "footer":
                self._print_result(event.footer)

    def reading(self, done: int, total: int) -> None:
        """Takes that so many case files are read."""
        if self._is_time():
            self._show_progress(f"reading case files: {done:,} of {total:,}")

    def done(self) -> None:
        """Takes that one more case is done."""
        self._done += 1
        if self._is_time():
            self._show_progress(f"{self._done:,} of {self._record.header.cases:,} cases")

    def _print_header(self) -> None:
        text = brief(say_header(self._record.header), _MAX_HEADER)
        self._console.print(Text(text), soft_wrap=True)

    def _is_time(self) -> bool:
        """Whether progress is to be shown: often on a terminal, and elsewhere now and then."""
        if not self._progress:
            return False
        now = time.monotonic()
        is_time = now - self._shown_at >= (_LIVE_SECONDS if self._live else _PROGRESS_SECONDS)
        if is_time:
            self._shown_at = now
        return is_time

    def _show_progress(self, text: str) -> None:
        """On a terminal in a line that changes, elsewhere in a line of its own."""
        if self._live:
            self._console.file.write(f"\r  {text}\x1b[K")
            self._console.file.flush()
        else:
            self._console.print(Text(f"  {text}"))

    def _clear_progress(self) -> None:
        if self._live:
            self._console.file.write("\r\x1b[K")

    def _print_result(self, footer: RunFooter) -> None:
        self._clear_progress()
        schema = Schema(self._record.header.descriptors.file)
        if self._record.findings:
            self._console.print()
        for finding in self._record.findings[: self._max_findings]:
            print_finding(self._console, finding, self._record, schema)
        more = len(self._record.findings) - self._max_findings
        if more > 0:
            text = f"{count(more, 'more finding')}: testingkit show --json has all of them"
            self._console.print(Text(f"… {text}\n"), soft_wrap=True)
        self._print_ledgers(footer)
        self._print_parity(footer)
        self._print_decision(footer)

    def _print_ledgers(self, footer: RunFooter) -> None:
        """In a table; where all is as it should be, in a line."""
        ledgers = footer.ledgers
        if footer.decision == run_pb2.DECISION_CONFORMANT and all(
            ledger.passed == ledger.planned for ledger in ledgers
        ):
            shown = " · ".join(self._share(ledger) for ledger in ledgers)
            self._console.print(Text.assemble(("  ✓ ", "green"), shown), soft_wrap=True)
            return
        used = used_columns(ledgers)
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("  ")
        for _, label in used:
            table.add_column(label, justify="right", no_wrap=True)
        for ledger in ledgers:
            cells = [f"{getattr(ledger, name):,}" for name, _ in used]
            table.add_row(Text(f"  {self._name(ledger)}"), *cells)
        self._console.print(table)

    def _share(self, ledger: Ledger) -> str:
        share = 100 * ledger.passed / ledger.planned if ledger.planned else 0
        return f"{self._name(ledger)} {ledger.passed:,}/{ledger.planned:,} ({share:.0f} %)"

    def _name(self, ledger: Ledger) -> str:
        return brief(self._record.header.runners[ledger.runner])

    def _print_parity(self, footer: RunFooter) -> None:
        text = f"  {say_parity(footer.parity, self._record.header.weakened_cases)}"
        wall = footer.wall_nanos / 1e9
        self._console.print(Text.assemble(text, (f"   {wall:.1f}s", "dim")), soft_wrap=True)

    def _print_decision(self, footer: RunFooter) -> None:
        style = _STYLES.get(footer.decision, "bold red")
        line = Text.assemble((DECISIONS[footer.decision], style))
        problems = say_problems(self._record.findings)
        if problems:
            line.append(f"   {brief(problems)}")
        if footer.exit_code:
            line.append(f"   exit {footer.exit_code}")
        self._console.print(line, soft_wrap=True)


def make_console(*, colour: bool | None = None) -> Console:
    """A console for standard output: as wide as the terminal, and 120 where there is none."""
    width = None if sys.stdout.isatty() else 120
    return Console(highlight=False, width=width, no_color=colour is False or None)

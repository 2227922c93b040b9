"""Prints a whole run: its progress, findings, ledgers and decision."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Literal

from rich.console import Console
from rich.text import Text

from testingkit.conformance.engine.progress import Progress
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.report.terminal import MAX_FINDINGS
from testingkit.conformance.report.terminal.finding import print_finding
from testingkit.conformance.report.terminal.ledgers import (
    is_passed_or_excused,
    print_ledgers,
    print_shares,
)
from testingkit.conformance.report.terminal.lines import print_words
from testingkit.conformance.report.terminal.progress import make_progress
from testingkit.conformance.results.run_text import (
    DECISIONS,
    format_header,
    format_parity,
    format_problems,
    show_all_command,
)
from testingkit.conformance.text.escape import brief
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Ledger, RunEvent, RunFooter

_STYLES = {
    run_pb2.DECISION_CONFORMANT: "bold green",
    run_pb2.DECISION_INTERRUPTED: "bold yellow",
}
_MAX_HEADER = 2000  # characters


class TerminalRun:
    """Takes the events of a run and prints its progress, then its result."""

    def __init__(
        self, console: Console, *, progress: bool = True, max_findings: int = MAX_FINDINGS
    ) -> None:
        """Creates it; findings beyond ``max_findings`` are only counted."""
        self._console = console
        self._record = RunRecord()
        self._progress = make_progress(console, wanted=progress)
        self._max_findings = max_findings

    def __call__(self, event: RunEvent) -> None:
        """Takes the next event."""
        self._record.add(event)
        match event.WhichOneof("event"):
            case "header":
                text = brief(format_header(event.header), _MAX_HEADER)
                self._progress.head(Text(text))
            case "footer":
                self._print_result(event.footer)

    def reading(self, done: int, total: int) -> None:
        """Shows that so many case files have been read."""
        self._progress.reading(done, total)

    def progress(self, progress: Progress) -> None:
        """Shows how far the run is."""
        self._progress.progress(progress)

    def close(self) -> None:
        """Erases the progress of a run that did not end."""
        with contextlib.suppress(OSError):  # The output is closed, so there is nothing to erase.
            self._progress.end()

    def _print_result(self, footer: RunFooter) -> None:
        self._progress.end()
        schema = Schema(self._record.header.descriptors.file)
        if self._record.findings:
            self._console.print()
        for finding in self._record.findings[: self._max_findings]:
            print_finding(self._console, finding, self._record, schema)
        more = len(self._record.findings) - self._max_findings
        if more > 0:
            text = f"{count(more, 'more finding')}: {show_all_command(self._record.header)}"
            self._console.print(Text(f"… {brief(text)} has all of them\n"), soft_wrap=True)
        self._print_ledgers(footer)
        self._print_parity(footer)
        self._print_decision(footer)

    def _print_ledgers(self, footer: RunFooter) -> None:
        names = [self._name(ledger) for ledger in footer.ledgers]
        is_conformant = footer.decision == run_pb2.DECISION_CONFORMANT
        if is_conformant and is_passed_or_excused(footer.ledgers):
            print_shares(self._console, names, footer.ledgers)
        else:
            print_ledgers(self._console, names, footer.ledgers)

    def _name(self, ledger: Ledger) -> str:
        return brief(self._record.header.runners[ledger.runner])

    def _print_parity(self, footer: RunFooter) -> None:
        text = f"  {format_parity(footer.parity, self._record.header.weakened_cases)}"
        wall = footer.wall_nanos / 1e9
        line = Text.assemble(text, (f"   {wall:.1f}s", "dim"))
        print_words(self._console, line, "    ")

    def _print_decision(self, footer: RunFooter) -> None:
        style = _STYLES.get(footer.decision, "bold red")
        line = Text.assemble((DECISIONS[footer.decision], style))
        problems = format_problems(self._record.findings)
        if problems:
            line.append(f"   {brief(problems)}")
        if footer.exit_code:
            line.append(f"   exit {footer.exit_code}")
        print_words(self._console, line, "  ")


def make_console() -> Console:
    """Returns a console for standard output: as wide as the terminal, or 120 without one.

    With NO_COLOR nothing is bold or dim either.
    """
    width = None if sys.stdout.isatty() else 120
    system: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(highlight=False, width=width, color_system=system)

"""Prints the checks of `doctor`: one line each, and the fix if one failed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from testingkit.conformance.doctor import CheckResult, CheckStatus
from testingkit.conformance.report.terminal.lines import print_words
from testingkit.conformance.text.escape import brief
from testingkit.conformance.text.numbers import count

_MARKS = {
    CheckStatus.OK: ("✓", "green"),
    CheckStatus.WARNING: ("!", "bold yellow"),
    CheckStatus.FAILED: ("✗", "bold red"),
    CheckStatus.SKIPPED: ("-", "dim"),
}
_NAME_WIDTH = 15
_MAX_LINE = 600  # characters
_LOG_LINES = 10
_INDENT = " " * 6  # of the lines below a check


def print_section(console: Console, title: str, results: Sequence[CheckResult]) -> None:
    """Prints the checks of the project, or of one runner."""
    console.print(Text(brief(title), "bold"), soft_wrap=True)
    for name, result in _joined(results):
        mark, style = _MARKS[result.note.status]
        found = brief(result.note.text, _MAX_LINE)
        line = Text.assemble("  ", (mark, style), f" {name:<{_NAME_WIDTH}} {found}")
        print_words(console, line, _INDENT)
        for text in result.note.log[-_LOG_LINES:]:
            shown = Text(f"{_INDENT}│ {brief(text, _MAX_LINE)}", "dim")
            print_words(console, shown, f"{_INDENT}│ ")
        if result.note.advice:
            advice = brief(result.note.advice, _MAX_LINE)
            console.print(Text(f"{_INDENT}to do   {advice}"), soft_wrap=True)


def _joined(results: Sequence[CheckResult]) -> Iterator[tuple[str, CheckResult]]:
    """Yields each check with its name; checks that were skipped for one reason are one line."""
    for note, group in itertools.groupby(results, lambda result: result.note):
        members = list(group)
        if note.status is CheckStatus.SKIPPED and len(members) > 1:
            names = ", ".join(_check_name(member.check) for member in members)
            yield f"{names}:", members[0]
        else:
            yield from ((_check_name(member.check), member) for member in members)


def _check_name(check: str) -> str:
    return check.replace("_", " ")


def print_summary(console: Console, results: Sequence[CheckResult]) -> None:
    """Prints the number of problems and warnings."""
    statuses = [result.note.status for result in results]
    failures, warnings = (statuses.count(s) for s in (CheckStatus.FAILED, CheckStatus.WARNING))
    parts = [
        count(number, noun)
        for number, noun in ((failures, "problem"), (warnings, "warning"))
        if number
    ]
    style = "bold red" if failures else "bold yellow" if warnings else "bold green"
    console.print(Text(", ".join(parts) or "no problems", style))

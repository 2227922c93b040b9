"""Prints the checks of `doctor`: one line each, and the fix if one failed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from testingkit.conformance.doctor import Diagnosis, Outcome
from testingkit.conformance.report.terminal.lines import print_words
from testingkit.conformance.text.escape import brief
from testingkit.conformance.text.numbers import count

_MARKS = {
    Outcome.OK: ("✓", "green"),
    Outcome.WARNING: ("!", "bold yellow"),
    Outcome.FAILED: ("✗", "bold red"),
    Outcome.SKIPPED: ("-", "dim"),
}
_NAME_WIDTH = 15
_MAX_LINE = 600  # characters
_LOG_LINES = 10
_INDENT = " " * 6  # of the lines below a check


def print_section(console: Console, title: str, diagnoses: Sequence[Diagnosis]) -> None:
    """Prints the checks of the project, or of one runner."""
    console.print(Text(brief(title), "bold"), soft_wrap=True)
    for name, diagnosis in _joined(diagnoses):
        mark, style = _MARKS[diagnosis.remark.outcome]
        found = brief(diagnosis.remark.found, _MAX_LINE)
        line = Text.assemble("  ", (mark, style), f" {name:<{_NAME_WIDTH}} {found}")
        print_words(console, line, _INDENT)
        for text in diagnosis.remark.log[-_LOG_LINES:]:
            shown = Text(f"{_INDENT}│ {brief(text, _MAX_LINE)}", "dim")
            print_words(console, shown, f"{_INDENT}│ ")
        if diagnosis.remark.advice:
            advice = brief(diagnosis.remark.advice, _MAX_LINE)
            console.print(Text(f"{_INDENT}to do   {advice}"), soft_wrap=True)


def _joined(diagnoses: Sequence[Diagnosis]) -> Iterator[tuple[str, Diagnosis]]:
    """Yields each check with its name; checks that were skipped for one reason are one line."""
    for remark, group in itertools.groupby(diagnoses, lambda d: d.remark):
        members = list(group)
        if remark.outcome is Outcome.SKIPPED and len(members) > 1:
            names = ", ".join(_check_name(member.check) for member in members)
            yield f"{names}:", members[0]
        else:
            yield from ((_check_name(member.check), member) for member in members)


def _check_name(check: str) -> str:
    return check.replace("_", " ")


def print_summary(console: Console, diagnoses: Sequence[Diagnosis]) -> None:
    """Prints the number of problems and warnings."""
    outcomes = [d.remark.outcome for d in diagnoses]
    failures, warnings = (outcomes.count(o) for o in (Outcome.FAILED, Outcome.WARNING))
    parts = [
        count(number, noun)
        for number, noun in ((failures, "problem"), (warnings, "warning"))
        if number
    ]
    style = "bold red" if failures else "bold yellow" if warnings else "bold green"
    console.print(Text(", ".join(parts) or "no problems", style))

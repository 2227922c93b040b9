"""Prints the changes to golden files that `accept` proposes, before any is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from testingkit.conformance.accept.proposals import (
    GoldenProposal,
    GoldenProposals,
    GoldenStatus,
    describe_unusable,
    is_acceptable,
)
from testingkit.conformance.report.field_table import Row, field_rows
from testingkit.conformance.report.terminal.field_rows import print_rows
from testingkit.conformance.report.terminal.lines import INDENT, print_heading, print_line
from testingkit.conformance.report.terminal.request import print_request
from testingkit.conformance.results.answer_classes import NOT_THERE
from testingkit.conformance.results.provenance import format_provenance, format_witnesses
from testingkit.conformance.text.escape import brief, safe, shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.verdict_pb2 import Difference

_TITLES: Mapping[GoldenStatus, tuple[str, str]] = {
    GoldenStatus.NEW: ("NEW", "green"),
    GoldenStatus.CHANGED: ("CHANGE", "yellow"),
    GoldenStatus.REFUSED: ("REFUSED", "red"),
}
_MAX_VALUE = 600
_MAX_FIELDS = 12
_MAX_LINES = 40
_MAX_NAMES = 5


def print_proposals(console: Console, proposals: GoldenProposals) -> None:
    """Prints every proposal: the new golden, the runners that gave it, and those that did not."""
    for name, problem in proposals.problems.items():
        print_line(console, f"{name} did not start and takes no part: {problem}", "yellow")
    for proposal in proposals.proposals:
        if proposal.status in _TITLES:
            _print_proposal(console, proposal, proposals)
    unchanged = [proposal.case.id for proposal in proposals.with_status(GoldenStatus.UNCHANGED)]
    if unchanged:
        verb = "stays" if len(unchanged) == 1 else "stay"
        text = f"{count(len(unchanged), 'golden')} {verb} the same: {_names(unchanged)}"
        console.print(Text(safe(text)), soft_wrap=True)


def _print_proposal(console: Console, proposal: GoldenProposal, proposals: GoldenProposals) -> None:
    case = proposal.case
    title, colour = _TITLES[proposal.status]
    print_heading(console, title, colour, case.id)
    print_line(console, _place(proposal), "cyan")
    console.print()
    print_request(console, case.method.name, case.request, proposals.schema)
    console.print()
    if proposal.status is GoldenStatus.NEW:
        _print_text(console, proposal.text)
    elif proposal.status is GoldenStatus.CHANGED:
        _print_change(console, proposal.differences)
    _print_others(console, proposal, proposals)
    if proposal.status is GoldenStatus.REFUSED:
        _print_refusal(console, proposal, proposals.runners)
    elif proposal.golden is not None:
        witnesses = format_witnesses(proposal.golden.provenance.witnesses)
        print_line(console, f"→ from {witnesses}", "bold")
    console.print()


def _place(proposal: GoldenProposal) -> str:
    golden = proposal.case.golden
    if golden is None or not golden.exists:
        return "" if golden is None else golden.path
    known = golden.provenance
    return f"{golden.path} · {'written by hand' if known is None else format_provenance(known)}"


def _print_text(console: Console, text: str) -> None:
    """Prints the answer as it will be in the file, without header and provenance."""
    answer = text.partition("\n\n")[2].partition("\nprovenance {\n")[0]
    lines = answer.rstrip().splitlines()
    for line in lines[:_MAX_LINES]:
        print_line(console, f"+ {shorten(line, _MAX_VALUE)}", "green")
    if len(lines) > _MAX_LINES:
        print_line(console, f"… {count(len(lines) - _MAX_LINES, 'more line')}")


def _print_change(console: Console, differences: Sequence[Difference]) -> None:
    """Prints the old and the new value of every field that changes."""
    for difference in differences[:_MAX_FIELDS]:
        print_line(console, difference.field_path or "answer", "bold")
        for mark, side, colour in (
            ("-", difference.expected, "red"),
            ("+", difference.actual, "green"),
        ):
            text = shorten(side or NOT_THERE, _MAX_VALUE)
            console.print(Text(f"{INDENT * 2}{mark} {safe(text)}", colour), soft_wrap=True)
    if len(differences) > _MAX_FIELDS:
        print_line(console, f"… {count(len(differences) - _MAX_FIELDS, 'more field')}")


def _print_others(console: Console, proposal: GoldenProposal, proposals: GoldenProposals) -> None:
    """Prints the fields in which runners differ, and what happened to those without an answer."""
    results, runners = proposal.finished.results, proposals.runners
    answers = [result for result in results if is_acceptable(result)]
    if len({result.answer_class for result in answers}) > 1:
        has_golden = proposal.case.golden is not None and proposal.case.golden.exists
        rows = field_rows(answers, runners, has_golden=has_golden)
        if proposal.source is not None:
            rows = [_as_accepted(row, brief(runners[proposal.source])) for row in rows]
        print_rows(console, rows)
    for result in results:
        takes_part = runners[result.runner] not in proposals.problems
        if takes_part and not is_acceptable(result):
            print_line(console, f"{runners[result.runner]}: {describe_unusable(result)}")


def _as_accepted(row: Row, source: str) -> Row:
    """Returns a row in which the values of the accepted runner are the right ones."""
    accepted = next((text for name, text, _ in row.answers if name == source), row.expected)
    return replace(row, answers=[(name, text, text == accepted) for name, text, _ in row.answers])


def _print_refusal(console: Console, proposal: GoldenProposal, runners: Sequence[str]) -> None:
    print_line(console, f"→ {proposal.reason}", "bold")
    able = [runners[source] for source in proposal.sources]
    if able:
        command = f"testingkit accept {proposal.case.id} --from NAME"
        print_line(console, f"{command}   keeps what one of them answers: {', '.join(able)}")


def _names(case_ids: Iterable[str]) -> str:
    names = list(case_ids)
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return ", ".join(names[:_MAX_NAMES]) + more

"""Prints one finding: failing runners, differences, place, and the command that reproduces it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.report.field_table import case_field_rows
from testingkit.conformance.report.request_text import answer_text
from testingkit.conformance.report.terminal.field_rows import print_rows
from testingkit.conformance.report.terminal.lines import (
    INDENT,
    print_data,
    print_heading,
    print_line,
    print_words,
)
from testingkit.conformance.report.terminal.request import print_request
from testingkit.conformance.results.answer_classes import answer_sides, side_label
from testingkit.conformance.results.finding_text import (
    ONE_RUNNER_KINDS,
    TITLES,
    failing_notes,
    format_alone_note,
    format_choices_note,
    format_method,
    format_similar_cases,
    format_subject,
    is_rerun_command,
    other_runners,
)
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase, PlannedCase

# Kinds that are fixed in the cases, not in a runner.
_YELLOW = frozenset(
    {
        run_pb2.FINDING_KIND_GOLDEN_SUSPECT,
        run_pb2.FINDING_KIND_STALE,
        run_pb2.FINDING_KIND_WEAK,
    }
)
_MAX_NOTE_LINES = 12
_MAX_ADVICE = 2000  # characters


def print_finding(console: Console, finding: Finding, record: RunRecord, schema: Schema) -> None:
    """Prints one finding."""
    colour = "yellow" if finding.kind in _YELLOW else "red"
    name = format_subject(finding, record.header.runners)
    if not finding.gated:
        name += "  (not binding)"
    print_heading(console, TITLES[finding.kind], colour, name, finding.id)
    _print_place(console, finding, record)
    case = record.case(finding.case_id)
    if case is not None:
        _print_case(console, finding, *case, record, schema)
    else:
        print_line(console, finding.text)
    if finding.similar_case_ids:
        print_line(console, format_similar_cases(finding))
    if finding.advice:
        label = "repro   " if is_rerun_command(finding) else "to do   "
        console.print(
            Text.assemble(INDENT, (label, "dim"), brief(finding.advice, _MAX_ADVICE)),
            soft_wrap=True,
        )
    console.print()


def _print_place(console: Console, finding: Finding, record: RunRecord) -> None:
    if not finding.path:
        return
    place = f"{finding.path}:{finding.line}"
    planned = record.planned.get(finding.case_id)
    if planned is not None:
        place += f" · {format_method(planned)}"
    print_words(console, Text(INDENT + brief(place), "cyan"), INDENT)


def _print_case(
    console: Console,
    finding: Finding,
    planned: PlannedCase,
    finished: FinishedCase,
    record: RunRecord,
    schema: Schema,
) -> None:
    if planned.description:
        print_line(console, planned.description, "italic")
    console.print()
    print_request(console, planned.method, planned.request, schema)
    if finding.kind in ONE_RUNNER_KINDS:
        print_line(console, f"→ {finding.text}{format_alone_note(finding, finished)}", "bold")
        _print_notes(console, finding, finished)
        _print_others(console, finding, planned, finished, record)
        return
    rows = case_field_rows(planned, finished, record.header.runners)
    if rows:
        console.print()
        print_rows(console, rows)
    if rows and (choices := format_choices_note(planned, finished)):
        print_line(console, choices, "dim")
    if not rows and finding.kind == run_pb2.FINDING_KIND_DIVERGENCE:
        _print_sides(console, planned, finished, record, schema)
    if planned.HasField("provenance") and finding.kind != run_pb2.FINDING_KIND_GOLDEN_SUSPECT:
        print_line(console, f"the golden was {format_provenance(planned.provenance)}", "dim")
    print_line(console, f"→ {finding.text}", "bold")


def _print_sides(
    console: Console,
    planned: PlannedCase,
    finished: FinishedCase,
    record: RunRecord,
    schema: Schema,
) -> None:
    """Prints each class of equal answers, if their differences are not known field by field."""
    console.print()
    for side in answer_sides(finished):
        label = brief(side_label(side, record.header.runners))
        answer = answer_text(planned.method, result_observation(finished, side[0]), schema)
        print_data(console, f"{label}   {answer}")


def _print_notes(console: Console, finding: Finding, finished: FinishedCase) -> None:
    for text in failing_notes(finding, finished):
        for line in text.rstrip().split("\n")[-_MAX_NOTE_LINES:]:
            shown = brief(line.removesuffix("\r"))
            print_words(console, Text(f"{INDENT}│ {shown}", "dim"), f"{INDENT}│ ")


def _print_others(
    console: Console,
    finding: Finding,
    planned: PlannedCase,
    finished: FinishedCase,
    record: RunRecord,
) -> None:
    """Prints whether each of the other runners passed."""
    # A no-break space keeps a name and its mark on one line.
    marks = [
        f"{record.header.runners[runner]}\N{NO-BREAK SPACE}{mark}".rstrip()
        for runner, mark in other_runners(finding, planned, finished)
    ]
    if marks:
        print_line(console, f"the others: {', '.join(marks)}")

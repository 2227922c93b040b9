"""Prints one case of a recorded run, with the answer of every runner."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from testingkit.conformance.judging.expectation import describe_expectation
from testingkit.conformance.judging.verdicts import observations_with_counts
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.rows import DIVERGENCE, Entry, Status, entries_of
from testingkit.conformance.report.request_text import answer_text, message_text
from testingkit.conformance.report.terminal.lines import (
    INDENT,
    print_data,
    print_heading,
    print_line,
    print_words,
)
from testingkit.conformance.report.terminal.request import print_request
from testingkit.conformance.results.finding_text import TITLES
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.run_pb2 import (
    FINDING_KIND_DIVERGENCE,
    FinishedCase,
    PlannedCase,
    RunHeader,
)

_COLOURS = {Status.PASSED: "green", Status.FAILED: "red", Status.ERROR: "red"}
_NANOS_PER_MS = 1e6


def print_case(
    console: Console,
    planned: PlannedCase,
    finished: FinishedCase,
    header: RunHeader,
    schema: Schema,
) -> None:
    """Prints the request, the expected answer, and the result of every runner."""
    *own, parity = entries_of(planned, finished, header.runners, header.families)
    colour = _COLOURS.get(parity.status, "yellow")
    print_heading(console, _title(parity), colour, planned.case_id)
    place = f"{planned.path}:{planned.line} · {planned.method}"
    print_words(console, Text(INDENT + brief(place), "cyan"), INDENT)
    if planned.description:
        print_line(console, planned.description, "italic")
    console.print()
    print_request(console, planned.method, planned.request, schema)
    print_data(console, f"expected {_expected(planned, planned.expect, schema)}")
    for entry, result in zip(own, finished.results, strict=True):
        console.print()
        _print_entry(console, entry)
        for times, observation in observations_with_counts(finished, result):
            answer = answer_text(planned.method, observation, schema)
            print_data(console, f"{times}: {answer}" if times else answer)
        if entry.detail:
            print_line(console, entry.detail, "dim")
    console.print()
    print_line(
        console, f"→ {parity.column}{f': {parity.message}' if parity.message else ''}", "bold"
    )


def _title(parity: Entry) -> str:
    """Returns the parity of the case; for a divergence the title of that finding."""
    return TITLES[FINDING_KIND_DIVERGENCE] if parity.type == DIVERGENCE else parity.type.upper()


def _print_entry(console: Console, entry: Entry) -> None:
    took = f"   {entry.nanos / _NANOS_PER_MS:.3f} ms" if entry.nanos else ""
    colour = _COLOURS.get(entry.status, "yellow")
    line = Text.assemble(INDENT, (brief(entry.runner), "bold"), "  ", (entry.type, colour))
    console.print(line.append(took, "dim"), soft_wrap=True)


def _expected(planned: PlannedCase, expect: Expectation, schema: Schema) -> str:
    if not expect.HasField("response"):
        return describe_expectation(expect)
    method = schema.method(planned.method)
    descriptor = None if method is None else method.output_type
    return message_text(descriptor, expect.response.value, schema)

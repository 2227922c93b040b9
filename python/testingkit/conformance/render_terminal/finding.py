"""One finding on the terminal: who is odd, the smallest difference, the place, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from testingkit.conformance.descriptors import Schema
from testingkit.conformance.provenance import say_provenance
from testingkit.conformance.render_terminal.lines import INDENT, print_heading, print_line
from testingkit.conformance.render_terminal.request import answer_text, print_request
from testingkit.conformance.render_terminal.rows import print_rows, rows_of
from testingkit.conformance.render_terminal.text import brief
from testingkit.conformance.report import RunRecord
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FindingKind,
    FinishedCase,
    PlannedCase,
    RunnerResult,
)
from testingkit.conformance.verdicts import deed_of, result_observation

_TITLES: Mapping[FindingKind.ValueType, tuple[str, str]] = {
    run_pb2.FINDING_KIND_RUNNER: ("RUNNER", "red"),
    run_pb2.FINDING_KIND_PROTOCOL: ("PROTOCOL", "red"),
    run_pb2.FINDING_KIND_CRASH: ("CRASH", "red"),
    run_pb2.FINDING_KIND_TIMEOUT: ("TIMEOUT", "red"),
    run_pb2.FINDING_KIND_PANIC: ("PANIC", "red"),
    run_pb2.FINDING_KIND_DIVERGENCE: ("DIVERGE", "red"),
    run_pb2.FINDING_KIND_GOLDEN_SUSPECT: ("GOLDEN?", "yellow"),
    run_pb2.FINDING_KIND_FAILURE: ("FAIL", "red"),
    run_pb2.FINDING_KIND_INCOMPLETE: ("NO ANSWER", "red"),
    run_pb2.FINDING_KIND_STALE: ("STALE", "yellow"),
    run_pb2.FINDING_KIND_FLAKY: ("FLAKY", "red"),
    run_pb2.FINDING_KIND_WEAK: ("WEAK", "yellow"),
}
# Findings about what one runner did instead of answering.
_OWN_KINDS = frozenset(
    {
        run_pb2.FINDING_KIND_PROTOCOL,
        run_pb2.FINDING_KIND_CRASH,
        run_pb2.FINDING_KIND_TIMEOUT,
        run_pb2.FINDING_KIND_PANIC,
        run_pb2.FINDING_KIND_INCOMPLETE,
        run_pb2.FINDING_KIND_FLAKY,
    }
)
_UNANSWERED = frozenset({run_pb2.FINDING_KIND_PROTOCOL, run_pb2.FINDING_KIND_INCOMPLETE})
_MAX_SIMILAR = 5
_MAX_NOTE_LINES = 12
_MAX_ADVICE = 2000  # characters


def print_finding(console: Console, finding: Finding, record: RunRecord, schema: Schema) -> None:
    """Prints one finding."""
    title, colour = _TITLES[finding.kind]
    name = finding.case_id or _runner_names(finding, record) or _about(finding)
    if not finding.gated:
        name += "  (not binding)"
    print_heading(console, title, colour, name, finding.id)
    _print_place(console, finding, record)
    found = record.case(finding.case_id)
    if found is not None:
        _print_case(console, finding, *found, record, schema)
    else:
        print_line(console, finding.text)
    _print_similar(console, finding)
    if finding.advice:
        is_command = bool(finding.case_id) and finding.advice.startswith("testingkit ")
        label = "repro   " if is_command else "to do   "
        console.print(
            Text.assemble(INDENT, (label, "dim"), brief(finding.advice, _MAX_ADVICE)),
            soft_wrap=True,
        )
    console.print()


def _about(finding: Finding) -> str:
    """What a finding is about that names neither a case nor a runner."""
    kinds = {run_pb2.FINDING_KIND_STALE: "known divergence", run_pb2.FINDING_KIND_WEAK: "suite"}
    return kinds.get(finding.kind, "this run")


def _runner_names(finding: Finding, record: RunRecord) -> str:
    return ", ".join(record.header.runners[index] for index in finding.runners)


def _print_place(console: Console, finding: Finding, record: RunRecord) -> None:
    if not finding.path:
        return
    place = f"{finding.path}:{finding.line}"
    planned = record.planned.get(finding.case_id)
    if planned is not None:
        service, _, method = planned.method.rpartition("/")
        place += f" · {service.rpartition('.')[2]}.{method}"
    console.print(Text(INDENT + brief(place), "cyan"), soft_wrap=True)


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
    if finding.kind in _OWN_KINDS:
        print_line(console, f"→ {finding.text}{_alone(finding, finished)}", "bold")
        _print_notes(console, finding, finished)
        _print_others(console, finding, finished, record)
        return
    has_golden = planned.expect.WhichOneof("kind") != "agree"
    results = [deed_of(result) or result for result in finished.results]
    rows = rows_of(results, record.header.runners, has_golden=has_golden)
    if rows:
        console.print()
        print_rows(console, rows)
    choices = len(planned.expect.any_of.choices)
    if rows and choices:
        print_line(
            console, f"any of {choices} answers is expected: the closest one is shown", "dim"
        )
    if not rows and finding.kind == run_pb2.FINDING_KIND_DIVERGENCE:
        _print_sides(console, planned, finished, record, schema)
    if planned.HasField("provenance") and finding.kind != run_pb2.FINDING_KIND_GOLDEN_SUSPECT:
        print_line(console, f"the golden was {say_provenance(planned.provenance)}", "dim")
    print_line(console, f"→ {finding.text}", "bold")


def _print_sides(
    console: Console,
    planned: PlannedCase,
    finished: FinishedCase,
    record: RunRecord,
    schema: Schema,
) -> None:
    """What each side answered, where all that they did is right."""
    sides: dict[int, list[RunnerResult]] = {}
    for result in finished.results:
        if result.answer_class:
            sides.setdefault(result.answer_class, []).append(result)
    console.print()
    for results in sides.values():
        names = ", ".join(brief(record.header.runners[result.runner]) for result in results)
        answer = answer_text(planned.method, result_observation(finished, results[0]), schema)
        print_line(console, f"{names}   {answer}")


def _alone(finding: Finding, finished: FinishedCase) -> str:
    """Whether the call did it again when it was the only one."""
    alone = any(o.crash.alone or o.timeout.alone for o in _deeds(finding, finished))
    return "; the same when run alone" if alone else ""


def _print_notes(console: Console, finding: Finding, finished: FinishedCase) -> None:
    for text in _notes(finding, finished):
        for line in text.rstrip().split("\n")[-_MAX_NOTE_LINES:]:
            shown = brief(line.removesuffix("\r"))
            console.print(Text(f"{INDENT}│ {shown}", "dim"), soft_wrap=True)


def _print_others(
    console: Console, finding: Finding, finished: FinishedCase, record: RunRecord
) -> None:
    """How the other runners did: what breaks one is often fine with its neighbours."""
    marks = [
        f"{record.header.runners[result.runner]} "
        + ("✓" if result.verdict == verdict_pb2.VERDICT_PASS else "✗")
        for result in finished.results
        if result.runner not in finding.runners
    ]
    if marks and finding.runners:
        print_line(console, f"the others: {', '.join(marks)}")


def _notes(finding: Finding, finished: FinishedCase) -> Iterator[str]:
    """Standard error and backtraces of the runners at fault."""
    for observation in _deeds(finding, finished):
        yield from filter(
            None,
            (observation.crash.stderr, observation.timeout.stderr, observation.panic.backtrace),
        )


def _deeds(finding: Finding, finished: FinishedCase) -> Iterator[Observation]:
    """What the runners at fault did: of calls left unanswered there is no more to tell."""
    if finding.kind in _UNANSWERED:
        return
    for result in finished.results:
        deed = deed_of(result)
        if deed is not None and result.runner in finding.runners:
            yield from (o.observation for o in deed.outcomes or [deed])


def _print_similar(console: Console, finding: Finding) -> None:
    names = finding.similar_case_ids
    if names:
        shown = ", ".join(names[:_MAX_SIMILAR])
        more = f" and {len(names) - _MAX_SIMILAR} more" if len(names) > _MAX_SIMILAR else ""
        plural = "case" if len(names) == 1 else "cases"
        print_line(console, f"Same signature in {len(names)} more {plural}: {shown}{more}")

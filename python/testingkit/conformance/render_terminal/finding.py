"""One finding on the terminal: who is odd, the smallest difference, the place, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.descriptors import Schema
from testingkit.conformance.render_terminal.text import safe, shorten
from testingkit.conformance.report import RunRecord
from testingkit.conformance.textproto import print_line
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FindingKind, FinishedCase, PlannedCase

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
_INDENT = "   "
_MAX_REQUEST = 400
_MAX_VALUE = 600
_MAX_FIELDS = 12
_MAX_SIMILAR = 5
_MAX_NOTE_LINES = 12
_TABLE_CELL = 24  # wider values are listed below each other instead


@dataclass(frozen=True, slots=True)
class _Row:
    """One differing field: the expected text, and every runner's with whether it is right."""

    path: str
    expected: str | None
    answers: Sequence[tuple[str, str, bool]]  # runner, text, right


def print_finding(console: Console, finding: Finding, record: RunRecord, schema: Schema) -> None:
    """Prints one finding."""
    title, colour = _TITLES[finding.kind]
    name = safe(finding.case_id or _runner_names(finding, record) or _about(finding))
    if not finding.gated:
        name += "  (not binding)"
    rule = Text.assemble(("━━ ", colour), (f"{title:<9}", f"bold {colour}"), (f" {name} ", "bold"))
    room = console.width - rule.cell_len - len(finding.id) - 1
    rule.append("━" * max(2, room), colour)
    console.print(rule.append(f" {finding.id}", "bold"), soft_wrap=True)
    _print_place(console, finding, record)
    found = record.case(finding.case_id)
    if found is not None:
        _print_case(console, finding, *found, record, schema)
    else:
        _line(console, finding.text)
    _print_similar(console, finding)
    if finding.advice:
        is_command = bool(finding.case_id) and finding.advice.startswith("testingkit ")
        label = "repro   " if is_command else "to do   "
        console.print(Text.assemble(_INDENT, (label, "dim"), safe(finding.advice)), soft_wrap=True)
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
    console.print(Text(_INDENT + safe(place), "cyan"), soft_wrap=True)


def _print_case(
    console: Console,
    finding: Finding,
    planned: PlannedCase,
    finished: FinishedCase,
    record: RunRecord,
    schema: Schema,
) -> None:
    if planned.description:
        _line(console, planned.description, "italic")
    console.print()
    request = shorten(_request_text(planned, schema), _MAX_REQUEST)
    console.print(Text.assemble(_INDENT, ("request ", "dim"), safe(request)), soft_wrap=True)
    if finding.kind in _OWN_KINDS:
        _line(console, f"→ {finding.text}{_alone(finding, finished)}", "bold")
        _print_notes(console, finding, finished)
        _print_others(console, finding, finished, record)
        return
    rows = _rows(finished, record, has_golden=planned.expect.WhichOneof("kind") != "agree")
    if rows:
        console.print()
        _print_rows(console, rows[:_MAX_FIELDS])
        if len(rows) > _MAX_FIELDS:
            _line(console, f"… {len(rows) - _MAX_FIELDS} more fields")
    _line(console, f"→ {finding.text}", "bold")


def _request_text(planned: PlannedCase, schema: Schema) -> str:
    method = schema.method(planned.method)
    if method is None:
        return repr(planned.request)
    message = schema.new(method.input_type)
    try:
        message.ParseFromString(planned.request)
    except DecodeError:
        return repr(planned.request)
    return print_line(message, schema.pool) or "{}"


def _rows(finished: FinishedCase, record: RunRecord, *, has_golden: bool) -> Sequence[_Row]:
    """Every field in which some answer differs, in the order in which it first appears."""
    expected: dict[str, str] = {}
    for result in finished.results:
        for difference in result.differences:
            expected.setdefault(difference.field_path, difference.expected)
    rows = []
    for path, golden in expected.items():
        answers = []
        for result in finished.results:
            name = record.header.runners[result.runner]
            own = next((d for d in result.differences if d.field_path == path), None)
            if own is not None:
                answers.append((name, own.actual or "(not there)", False))
            elif result.answer_class and not result.differences:
                right = result.verdict == verdict_pb2.VERDICT_PASS
                answers.append((name, golden or "(not there)", right))
        shown = (golden or "(not there)") if has_golden else None
        rows.append(_Row(path or "answer", shown, answers))
    return rows


def _print_rows(console: Console, rows: Sequence[_Row]) -> None:
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    texts = [text for row in rows for _, text, _ in row.answers]
    texts += [row.expected or "" for row in rows]
    width = len(_INDENT) + max(len(row.path) for row in rows) + (len(names) + 1) * _TABLE_CELL
    if max(map(len, texts)) <= _TABLE_CELL - 4 and width <= console.width:
        _print_table(console, rows, names)
        return
    for row in rows:
        _print_grouped(console, row)


def _print_table(console: Console, rows: Sequence[_Row], names: Sequence[str]) -> None:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(_INDENT)
    has_golden = any(row.expected is not None for row in rows)
    for name in (["expected"] if has_golden else []) + list(names):
        table.add_column(name, no_wrap=True)
    for row in rows:
        cells = [Text(_INDENT + safe(row.path))]
        if has_golden:
            cells.append(Text(safe(row.expected or "")))
        by_name = {name: (text, right) for name, text, right in row.answers}
        for name in names:
            text, right = by_name.get(name, ("", True))
            mark = (" ✓", "green") if right else (" ✗", "red")
            cells.append(Text.assemble(safe(text), mark) if text else Text(""))
        table.add_row(*cells)
    console.print(table)


def _print_grouped(console: Console, row: _Row) -> None:
    """Values below each other, each with who gave it: for long ones and narrow screens."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for name, text, right in row.answers:
        groups.setdefault((text, right), []).append(name)
    lines = [] if row.expected is None else [("expected", row.expected, "")]
    for (text, right), names in groups.items():
        mark, style = ("✓", "green") if right else ("✗", "red")
        as_expected = right and row.expected is not None
        lines.append((f"{', '.join(names)} {mark}", "" if as_expected else text, style))
    width = max(len(label) for label, _, _ in lines)
    _line(console, row.path, "bold")
    for label, text, style in lines:
        shown = safe(shorten(text, _MAX_VALUE))
        line = Text.assemble(_INDENT * 2, (f"{label:<{width}}", style), "  ", shown)
        line.rstrip()
        console.print(line, soft_wrap=True)


def _alone(finding: Finding, finished: FinishedCase) -> str:
    """Whether the call did it again when it was the only one."""
    alone = any(
        result.observation.crash.alone or result.observation.timeout.alone
        for result in finished.results
        if result.runner in finding.runners
    )
    return "; the same when run alone" if alone else ""


def _print_notes(console: Console, finding: Finding, finished: FinishedCase) -> None:
    for text in _notes(finding, finished):
        for line in text.splitlines()[-_MAX_NOTE_LINES:]:
            console.print(Text(f"{_INDENT}│ {safe(line)}", "dim"), soft_wrap=True)


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
    if marks:
        _line(console, f"the others: {', '.join(marks)}")


def _notes(finding: Finding, finished: FinishedCase) -> Iterator[str]:
    """Standard error and backtraces of the runners at fault."""
    for result in finished.results:
        if result.runner not in finding.runners:
            continue
        observation = result.observation
        yield from filter(
            None,
            (observation.crash.stderr, observation.timeout.stderr, observation.panic.backtrace),
        )


def _print_similar(console: Console, finding: Finding) -> None:
    names = finding.similar_case_ids
    if names:
        shown = ", ".join(names[:_MAX_SIMILAR])
        more = f" and {len(names) - _MAX_SIMILAR} more" if len(names) > _MAX_SIMILAR else ""
        plural = "case" if len(names) == 1 else "cases"
        _line(console, f"Same signature in {len(names)} more {plural}: {shown}{more}")


def _line(console: Console, text: str, style: str = "") -> None:
    for line in safe(text).splitlines():
        console.print(Text(_INDENT + line, style), soft_wrap=True)

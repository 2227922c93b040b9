"""Writes a recorded run as a step summary in GitHub-flavoured Markdown: totals, findings, reasons.

GitHub drops a summary that is larger than 1 MiB as a whole, so this one is always smaller and
lists what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.run_log import RunLog, read_schema
from testingkit.conformance.report.field_table import Row, case_field_rows, runner_columns
from testingkit.conformance.report.markdown.size_budget import Block, Fitted, fit
from testingkit.conformance.report.markdown.syntax import code, fenced, html_code, prose, table
from testingkit.conformance.report.request_text import answer_text, request_text
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
    split_advice,
    worst_first,
)
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.results.run_text import (
    DECISIONS,
    format_header,
    format_left_out,
    format_not_shown,
    format_parity,
    format_problems,
    show_all_command,
    used_columns,
)
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase, PlannedCase, RunHeader

MAX_BYTES = 1_000_000  # GitHub takes 1,048,576 of a step, which may have written other text too
_MAX_FINDINGS = 500
_MAX_OPEN = 3  # findings that are unfolded
_MAX_RUNNERS = 100
_MAX_REASONS = 110
_MAX_REASON = 300  # characters
_MAX_NAME = 200
_MAX_HEADER = 2000
_MAX_TEXT = 1000
_MAX_VALUE = 600
_MAX_FIELDS = 12
_MAX_COLUMNS = 20  # runners
_MAX_SIDES = 20
_MAX_NOTE = 4000
_MAX_NOTE_LINES = 40
# Of a value that is right, wrong, or only compared with the others.
_MARKS: Mapping[bool | None, str] = {True: " ✓", False: " ✗", None: ""}


def write(log: RunLog, out: BinaryIO) -> None:
    """Writes the summary of a run.

    Raises:
        OutputError: The log contradicts itself, or has changed since it was opened.
    """
    head, tail = _head(log), _reasons(log)
    max_bytes = MAX_BYTES - len((head + tail).encode()) - 1000  # for the note on what is left out
    findings = worst_first(log.findings)
    fitted = fit(list(_sections(log, findings[:_MAX_FINDINGS])), max_bytes)
    out.write((head + fitted.text + _left_out(fitted, findings, log.header) + tail).encode())


def _head(log: RunLog) -> str:
    """Returns the decision and all totals."""
    footer = log.footer
    decision = DECISIONS[footer.decision]
    mark = "✓" if footer.decision == run_pb2.DECISION_CONFORMANT else "✗"
    parts = [f"## {mark} {decision}", code(shorten(format_header(log.header), _MAX_HEADER))]
    if problems := format_problems(log.findings):
        parts.append(prose(problems))
    parts.append(_ledgers(log))
    wall = f"{footer.wall_nanos / 1e9:.1f} s"
    parts.append(f"{format_parity(footer.parity, log.header.weakened_cases)} · {wall}")
    if left_out := format_left_out(log.left_out):
        parts.append(prose(shorten(left_out, _MAX_TEXT)))
    if log.findings:
        parts.append("### Findings")
    return "".join(f"{part}\n\n" for part in parts)


def _ledgers(log: RunLog) -> str:
    ledgers = log.footer.ledgers
    used = used_columns(ledgers)
    rows = [
        [_name(log, ledger.runner), *(f"{getattr(ledger, name):,}" for name, _ in used)]
        for ledger in ledgers[:_MAX_RUNNERS]
    ]
    shown = table(["runner", *(label for _, label in used)], rows, numbers=True)
    return shown + _more(len(ledgers) - _MAX_RUNNERS, "runner")


def _more(number: int, noun: str) -> str:
    """Returns a note on how many rows or columns a table does not show."""
    return f"\n\n… {count(number, f'more {noun}')}" if number > 0 else ""


def _name(log: RunLog, runner: int) -> str:
    return code(shorten(log.header.runners[runner], _MAX_NAME))


def _reasons(log: RunLog) -> str:
    reasons = log.footer.reasons
    if not reasons:
        return ""
    lines = [f"- {prose(shorten(reason, _MAX_REASON))}" for reason in reasons[:_MAX_REASONS]]
    if len(reasons) > _MAX_REASONS:
        lines.append(f"- … {count(len(reasons) - _MAX_REASONS, 'more reason')}")
    return "\n".join(["### Reasons", "", *lines, ""])


def _left_out(fitted: Fitted, findings: Sequence[Finding], header: RunHeader) -> str:
    """Returns a note on what is not shown; empty if everything is."""
    more = len(findings) - len(fitted.sections)
    lines = []
    if more:
        command = code(show_all_command(header))
        lines.append(f"{format_not_shown(more)}: {command} has all of them.\n")
    if fitted.left_out:
        blocks = ", ".join(count(number, kind) for kind, number in sorted(fitted.left_out.items()))
        lines.append(f"Left out above, because GitHub takes no more than 1 MiB: {blocks}.\n")
    return "".join(f"{line}\n" for line in lines)


def _sections(log: RunLog, findings: Sequence[Finding]) -> Iterator[Sequence[Block]]:
    """Yields a section for each finding; only the text of a case is kept, not its messages."""
    schema = read_schema(log.path, log.header)
    by_case: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        by_case.setdefault(finding.case_id, []).append(number)
    shown: dict[int, tuple[str, list[Block]]] = {}
    for planned, finished in log.examples(findings):
        for number in by_case[planned.case_id]:
            blocks = _case(log, findings[number], planned, finished, schema)
            shown[number] = format_method(planned), blocks
    for number, finding in enumerate(findings):
        method, blocks = shown.get(number, ("", [Block(_text(finding.text))]))
        start = "<details open>" if number < _MAX_OPEN else "<details>"
        place = [Block(_place(finding, method))] if finding.path else []
        yield [Block(start + _summary(log, finding)), *place, *blocks, *_end(finding)]


def _summary(log: RunLog, finding: Finding) -> str:
    """Returns the line of a folded finding: title, subject, failing runners, id."""
    parts = [html_code(shorten(format_subject(finding, log.header.runners), _MAX_NAME))]
    if finding.case_id and finding.runners:
        names = ", ".join(log.header.runners[runner] for runner in finding.runners)
        parts.append(html_code(shorten(names, _MAX_NAME)))
    if not finding.gated:
        parts.append("not binding")
    parts.append(html_code(shorten(finding.id, _MAX_NAME)))
    return f"<summary><b>{TITLES[finding.kind]}</b> {' · '.join(parts)}</summary>"


def _place(finding: Finding, method: str) -> str:
    line = f":{finding.line}" if finding.line else ""
    place = code(shorten(f"{finding.path}{line}", _MAX_NAME))
    return f"{place} · {code(shorten(method, _MAX_NAME))}" if method else place


def _text(text: str) -> str:
    """Returns the text of a finding; lines after the first, written by a process, stay lines."""
    first, _, rest = shorten(text, _MAX_TEXT).partition("\n")
    return f"→ {prose(first.rstrip())}" + (f"\n\n{fenced(rest)}" if rest else "")


def _end(finding: Finding) -> Iterator[Block]:
    if finding.similar_case_ids:
        yield Block(prose(shorten(format_similar_cases(finding), _MAX_TEXT)), "similar-case list")
    if finding.advice:
        yield Block(_advice(finding))
    yield Block("</details>")


def _advice(finding: Finding) -> str:
    """Returns what to do; a command in it is a block of code, which one click copies."""
    before, command, after = split_advice(shorten(finding.advice, _MAX_TEXT).replace("\n", " "))
    if is_rerun_command(finding) and not after:
        return fenced(command, "sh")
    parts = [f"To do: {prose(before)}".rstrip()]
    parts += [fenced(command, "sh")] if command else []
    parts += [prose(after)] if after else []
    return "\n\n".join(parts)


def _case(
    log: RunLog, finding: Finding, planned: PlannedCase, finished: FinishedCase, schema: Schema
) -> list[Block]:
    """Returns what a finding shows of its case."""
    alone = format_alone_note(finding, finished) if finding.kind in ONE_RUNNER_KINDS else ""
    blocks = [Block(_text(finding.text + alone))]
    if planned.description:
        blocks.append(Block(prose(shorten(planned.description, _MAX_TEXT)), "description"))
    request = request_text(planned.method, planned.request, schema)
    blocks.append(Block(f"request {code(request)}", "request"))
    if finding.kind in ONE_RUNNER_KINDS:
        return [*blocks, *_runner_output(log, finding, planned, finished)]
    return [*blocks, *_answers(log, finding, planned, finished, schema)]


def _runner_output(
    log: RunLog, finding: Finding, planned: PlannedCase, finished: FinishedCase
) -> Iterator[Block]:
    """Yields what a failing runner wrote, and whether the other runners passed."""
    for note in failing_notes(finding, finished):
        last = "\n".join(note.rstrip()[-_MAX_NOTE:].split("\n")[-_MAX_NOTE_LINES:])
        yield Block(fenced(last), "runner output")
    marks = [
        f"{_name(log, runner)} {mark}".rstrip()
        for runner, mark in other_runners(finding, planned, finished)
    ]
    if marks:
        more = len(marks) - _MAX_RUNNERS
        rest = f", … {count(more, 'more runner')}" if more > 0 else ""
        yield Block(f"the others: {', '.join(marks[:_MAX_RUNNERS])}{rest}", "list")


def _answers(
    log: RunLog, finding: Finding, planned: PlannedCase, finished: FinishedCase, schema: Schema
) -> Iterator[Block]:
    """Yields the fields in which answers differ, or the answers if all of them are right."""
    rows = case_field_rows(planned, finished, log.header.runners)
    if rows:
        yield Block(_fields(rows), "field table")
        if choices := format_choices_note(planned, finished):
            yield Block(choices)
    elif finding.kind == run_pb2.FINDING_KIND_DIVERGENCE:
        sides = answer_sides(finished)
        cells = []
        for side in sides[:_MAX_SIDES]:
            label = side_label(side, log.header.runners)
            answer = answer_text(planned.method, result_observation(finished, side[0]), schema)
            cells.append([code(shorten(label, _MAX_NAME)), code(answer)])
        shown = table(["runners", "answer"], cells)
        yield Block(shown + _more(len(sides) - _MAX_SIDES, "answer"), "answer table")
    if planned.HasField("provenance") and finding.kind != run_pb2.FINDING_KIND_GOLDEN_SUSPECT:
        origin = shorten(format_provenance(planned.provenance), _MAX_TEXT)
        yield Block(f"the golden was {prose(origin)}", "origin")


def _fields(rows: Sequence[Row]) -> str:
    """Returns a table with a row for each field: the expected value, and that of each runner."""
    total, names = runner_columns(rows, _MAX_COLUMNS)
    has_golden = any(row.expected is not None for row in rows)
    head = ["field", *(["expected"] if has_golden else []), *map(code, names)]
    cells = []
    for row in rows[:_MAX_FIELDS]:
        by_name = {name: f"{_value(text)}{_MARKS[right]}" for name, text, right in row.answers}
        expected = [_value(row.expected or "")] if has_golden else []
        path = code(shorten(row.path, _MAX_NAME))
        cells.append([path, *expected, *(by_name.get(name, "") for name in names)])
    hidden = _more(len(rows) - _MAX_FIELDS, "field") + _more(total - len(names), "runner")
    return table(head, cells) + hidden


def _value(text: str) -> str:
    return code(shorten(text, _MAX_VALUE))

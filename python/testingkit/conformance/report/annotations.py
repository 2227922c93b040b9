"""Writes a recorded run as workflow commands of GitHub Actions, which annotate files.

GitHub shows at most ten errors and ten warnings of a step, so the worst findings are written, and
the last line counts the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from testingkit.conformance.judging.verdicts import outcome_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.results.answer_classes import (
    NOT_THERE,
    class_lines,
    compares_classes,
)
from testingkit.conformance.results.finding_text import (
    ONE_RUNNER_KINDS,
    TITLES,
    format_similar_cases,
    format_subject,
    is_rerun_command,
    worst_first,
)
from testingkit.conformance.results.run_text import (
    DECISIONS,
    format_left_out,
    format_not_shown,
    format_parity,
    used_columns,
)
from testingkit.conformance.text.escape import brief, safe, shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase

MAX_PER_LEVEL = 10
MAX_MESSAGE = 4096  # code units of UTF-16: GitHub's runner is a .NET program
_MAX_TITLE = 200
_MAX_LINE = 440  # characters: nine lines fit
_MAX_VALUE = 100
_MAX_FIELDS = 5


def write(log: RunLog, out: BinaryIO, folder: str = "") -> None:
    """Writes an error for each gated finding, a warning for each other one, and the totals.

    Args:
        log: The run.
        out: The file to write to.
        folder: Path of the project's folder within the repository; empty if it is the root.

    Raises:
        OutputError: The log has changed since it was opened.
    """
    findings = worst_first(log.findings)
    errors = [finding for finding in findings if finding.gated][:MAX_PER_LEVEL]
    warnings = [finding for finding in findings if not finding.gated][:MAX_PER_LEVEL]
    shown = [*errors, *warnings]
    differences = {
        planned.case_id: _differences(finished, log.header.runners)
        for planned, finished in log.examples(shown)
    }
    for finding in shown:
        subject = format_subject(finding, log.header.runners)
        title = brief(f"{finding.id} {TITLES[finding.kind]} {subject}", _MAX_TITLE)
        path = f"{folder}/{finding.path}" if folder and finding.path else finding.path
        place = {"file": safe(path), "line": str(finding.line or "")}
        own_differences = (
            () if finding.kind in ONE_RUNNER_KINDS else differences.get(finding.case_id, ())
        )
        name = "error" if finding.gated else "warning"
        out.write(_command(name, {**place, "title": title}, _lines(finding, own_differences)))
    title = f"testingkit: {DECISIONS[log.footer.decision]}"
    out.write(_command("notice", {"title": title}, _totals(log, len(findings) - len(shown))))


def _command(name: str, properties: Mapping[str, str], lines: Iterator[str]) -> bytes:
    """Returns a workflow command whose message has the given lines."""
    arguments = ",".join(
        f"{key}={_escape(value).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value
    )
    message = _cut("\n".join(brief(line, _MAX_LINE) for line in lines))
    return f"::{name} {arguments}::{_escape(message)}\n".encode()


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _cut(text: str) -> str:
    """Returns a message cut to the length that GitHub shows."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_MESSAGE:
        return text
    return units[: 2 * (MAX_MESSAGE - 1)].decode("utf-16-le", "ignore") + "…"


def _differences(finished: FinishedCase, runners: Sequence[str]) -> Sequence[str]:
    """Returns the differences from the expected answer, each once with all its runners.

    If nothing is expected, these are the values of all classes of equal answers.
    """
    if compares_classes(finished):
        return class_lines(finished, runners)
    names: dict[str, list[str]] = {}
    for result in finished.results:
        answered = outcome_of(result)
        for difference in () if answered is None else answered.differences:
            path, expected, actual = (
                shorten(text, _MAX_VALUE)
                for text in (
                    difference.field_path or "answer",
                    difference.expected or NOT_THERE,
                    difference.actual or NOT_THERE,
                )
            )
            text = f"{path}: expected {expected}, got {actual}"
            names.setdefault(text, []).append(runners[result.runner])
    return [f"{shorten(', '.join(own), _MAX_VALUE)}: {text}" for text, own in names.items()]


def _lines(finding: Finding, differences: Sequence[str]) -> Iterator[str]:
    """Yields the lines of the message about a finding."""
    yield from (finding.text or TITLES[finding.kind]).split("\n")
    yield from differences[:_MAX_FIELDS]
    if len(differences) > _MAX_FIELDS:
        yield f"… {count(len(differences) - _MAX_FIELDS, 'more difference')}"
    if finding.similar_case_ids:
        yield format_similar_cases(finding)
    if finding.advice:
        yield f"{'repro' if is_rerun_command(finding) else 'to do'}: {finding.advice}"


def _totals(log: RunLog, more: int) -> Iterator[str]:
    """Yields what is not shown, then the totals; with very many runners the end may be cut off."""
    if more:
        yield format_not_shown(more)
    if left_out := format_left_out(log.left_out):
        yield left_out
    yield format_parity(log.footer.parity, log.header.weakened_cases)
    used = used_columns(log.footer.ledgers)
    for ledger in log.footer.ledgers:
        counts = ", ".join(f"{getattr(ledger, name):,} {label}" for name, label in used)
        yield f"{shorten(log.header.runners[ledger.runner], _MAX_VALUE)}: {counts}"

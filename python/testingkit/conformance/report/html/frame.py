"""Returns what the page shows of the run as a whole: decision, runners, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, NamedTuple

from testingkit.conformance.config import PARITY
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.html.problems import MAX_PROBLEMS
from testingkit.conformance.report.html.status_style import MARKS, Bar, bar_of
from testingkit.conformance.report.html.templates import policy, script, style
from testingkit.conformance.results.run_text import (
    DECISIONS,
    format_header,
    format_left_out,
    format_parity,
    used_columns,
)
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Ledger, ParityTotals, RunnerReady

_MAX_HEADER = 2000
_MAX_TEXT = 1000
_MAX_NAME = 200
_MAX_REASONS = 110
_MAX_LINKS = 12  # from a runner to its problems
_TONES = {run_pb2.DECISION_CONFORMANT: "good", run_pb2.DECISION_INTERRUPTED: "warn"}


class RunnerView(NamedTuple):
    """A runner: its identity, its ledger, and the problems in which it fails."""

    name: str
    about: str
    problem: str  # why it did not start
    counts: Sequence[int]
    bar: Bar
    problem_ids: Sequence[str]
    more_problem_ids: int


def frame(log: RunLog) -> Mapping[str, Any]:
    """Returns the values for the template of the page, except cases and findings."""
    header, footer = log.header, log.footer
    names = [shorten(name, _MAX_NAME) for name in (*header.runners, PARITY)]
    own_style, own_script = style(names), script()
    gated = [finding for finding in log.findings if finding.gated]
    runners = list(_runners(log, names))
    failing = [runner for runner in runners if runner.problem_ids]
    started = header.started.ToDatetime(UTC) if header.HasField("started") else None
    return {
        "style": own_style,
        "script": own_script,
        "policy": policy(own_style, own_script),
        "decision": DECISIONS[footer.decision],
        "tone": _TONES.get(footer.decision, "bad"),
        "exit_code": footer.exit_code,
        "problem_count": count(len(gated), "problem") if gated else "",
        "failing": [
            (runner.name, len(runner.problem_ids) + runner.more_problem_ids) for runner in failing
        ],
        "header": shorten(format_header(header), _MAX_HEADER),
        "started": f"{started:%Y-%m-%d %H:%M:%S} UTC" if started else "",
        "wall": f"{footer.wall_nanos / 1e9:.1f} s",
        "parity": format_parity(footer.parity, header.weakened_cases),
        "parity_bar": bar_of(PARITY, _counter(footer.parity)),
        "left_out": shorten(format_left_out(log.left_out), _MAX_TEXT),
        "columns": [label for _, label in used_columns(footer.ledgers)],
        "runners": runners,
        "names": names,
        "reasons": [shorten(reason, _MAX_TEXT) for reason in footer.reasons[:_MAX_REASONS]],
        "more_reasons": max(0, len(footer.reasons) - _MAX_REASONS),
        "more_problems": max(0, len(log.findings) - MAX_PROBLEMS),
        "marks": MARKS,
        "cases": header.cases,
    }


def _runners(log: RunLog, names: Sequence[str]) -> Sequence[RunnerView]:
    used = [column for column, _ in used_columns(log.footer.ledgers)]
    problem_ids: dict[int, list[str]] = {}
    for finding in log.findings:
        for index in finding.runners if finding.gated else ():
            problem_ids.setdefault(index, []).append(finding.id)
    views = []
    for index, (ready, ledger) in enumerate(zip(log.runners, log.footer.ledgers, strict=True)):
        ids = problem_ids.get(index, [])
        views.append(
            RunnerView(
                names[index],
                shorten(_about(ready), _MAX_NAME),
                shorten(ready.problem, _MAX_TEXT),
                [getattr(ledger, column) for column in used],
                bar_of(names[index], _counter(ledger)),
                ids[:_MAX_LINKS],
                max(0, len(ids) - _MAX_LINKS),
            )
        )
    return views


def _about(ready: RunnerReady) -> str:
    it = ready.description
    parts = (f"{it.name} {it.version}".strip(), it.language, it.runtime)
    return " · ".join(part for part in parts if part)


def _counter(totals: Ledger | ParityTotals) -> Counter[str]:
    """Returns totals of the footer by column."""
    return Counter({name: getattr(totals, name) for name in MARKS if hasattr(totals, name)})

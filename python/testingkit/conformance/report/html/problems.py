"""Returns findings as the page shows them: the line of a folded one, and its content."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from testingkit.conformance.record.rows import Entry
from testingkit.conformance.report.html.details import Detail, only_output_of
from testingkit.conformance.results.finding_text import (
    ONE_RUNNER_KINDS,
    TITLES,
    format_alone_note,
    format_subject,
    is_rerun_command,
    other_runners,
    split_advice,
)
from testingkit.conformance.results.run_text import name_if_part
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase, RunHeader

MAX_PROBLEMS = 1000
_MAX_NAME = 300
_MAX_TEXT = 4000
_MAX_GIST = 160
_MAX_LINKS = 200  # to similar cases
_MAX_NAMED = 20  # runners
# Users paste commands into a shell, and a log may come from anywhere, so that only a command of
# these characters is offered.
_PLAIN = re.compile(r"[A-Za-z0-9_./:=@%+, -]+")
# Kinds that are fixed in the cases, not in a runner.
_KINDS_FIXED_IN_CASES = frozenset(
    {
        run_pb2.FINDING_KIND_GOLDEN_SUSPECT,
        run_pb2.FINDING_KIND_STALE,
        run_pb2.FINDING_KIND_WEAK,
    }
)


class Similar(NamedTuple):
    """A case with the same signature; without a row it is not a link."""

    case_id: str
    row: int | None


class Advice(NamedTuple):
    """What to do: the text before a command, the command, and the text after it."""

    before: str = ""
    command: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A finding on the page."""

    id: str
    title: str
    is_doubt: bool  # its kind is fixed in the cases
    subject: str
    gist: str  # the first difference, or what happened
    failing: str  # names of runners
    others: str  # the other runners, and whether they passed
    is_gated: bool
    text: str  # its first line
    output: str  # its other lines, which a process wrote
    place: str
    size: str  # the number of its cases
    similar: Sequence[Similar]
    more_similar: int
    rows: str  # the row numbers of all its cases, for the filter
    command: str  # reproduces it
    repro: str  # writes it as files
    to_do: Advice
    detail: Detail | None
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a finding shows of its case."""

    text: str
    gist: str = ""
    others: str = ""
    detail: Detail | None = None


def case_summary(
    finding: Finding, finished: FinishedCase, entries: Sequence[Entry], detail: Detail
) -> CaseSummary:
    """Returns what a finding shows of its case; `entries` are those of the runners."""
    if finding.kind in ONE_RUNNER_KINDS:
        text = finding.text + format_alone_note(finding, finished)
        failing = {entries[runner].runner for runner in finding.runners}
        others = _others(finding, finished, entries)
        return CaseSummary(text, text, others, only_output_of(detail, failing))
    own = [entries[runner] for runner in finding.runners] or entries
    gist = next((entry.message for entry in own if entry.message), finding.text)
    return CaseSummary(finding.text, gist, "", detail)


def _others(finding: Finding, finished: FinishedCase, entries: Sequence[Entry]) -> str:
    """Returns the runners that the finding does not name, each with whether it passed."""
    marks = [
        f"{entries[runner].runner} {mark}".rstrip()
        for runner, mark in other_runners(finding, entries[0].case, finished)
    ]
    more = f", … {count(len(marks) - _MAX_NAMED, 'more runner')}" if marks[_MAX_NAMED:] else ""
    return ", ".join(marks[:_MAX_NAMED]) + more


def problem_view(
    finding: Finding,
    header: RunHeader,
    summary: CaseSummary,
    rows: Mapping[str, int],
) -> ProblemView:
    """Returns a finding as the page shows it; `rows` are the row numbers of cases by id."""
    runners = header.runners
    similar = finding.similar_case_ids
    own = [finding.case_id, *similar] if finding.case_id else []
    names = [runners[index] for index in finding.runners[:_MAX_NAMED]]
    names += ["…"] if len(finding.runners) > _MAX_NAMED else []
    line = f":{finding.line}" if finding.line else ""
    advice = _advice(shorten(finding.advice, _MAX_TEXT))
    shows_again = is_rerun_command(finding) and bool(advice.command) and not advice.after
    text, _, output = shorten(summary.text, _MAX_TEXT).partition("\n")
    name = shorten(name_if_part(header), _MAX_NAME)
    repro = shlex.join(["testingkit", "repro", finding.id, *(["--run", name] if name else [])])
    return ProblemView(
        id=shorten(finding.id, _MAX_NAME),
        title=TITLES[finding.kind],
        is_doubt=finding.kind in _KINDS_FIXED_IN_CASES,
        subject=shorten(format_subject(finding, runners), _MAX_NAME),
        failing=", ".join(names) if finding.case_id else "",
        is_gated=finding.gated,
        gist=shorten(summary.gist.partition("\n")[0], _MAX_GIST),
        others=summary.others,
        text=text.rstrip(),
        output=output,
        place=shorten(f"{finding.path}{line}" if finding.path else "", _MAX_NAME),
        size=count(len(own), "case") if own else "",
        similar=[
            Similar(shorten(name, _MAX_NAME), rows.get(name)) for name in similar[:_MAX_LINKS]
        ],
        more_similar=max(0, len(similar) - _MAX_LINKS),
        rows=" ".join(str(rows[name]) for name in own if name in rows),
        command=advice.command if shows_again else "",
        repro=repro if finding.case_id and _PLAIN.fullmatch(repro) else "",
        to_do=Advice() if shows_again else advice,
        detail=summary.detail,
    )


def _advice(text: str) -> Advice:
    """Splits an advice; a command with characters that mean something to a shell stays text."""
    advice = Advice(*split_advice(text))
    return advice if _PLAIN.fullmatch(advice.command) else Advice(text)

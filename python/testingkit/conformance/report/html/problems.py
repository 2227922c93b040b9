"""Findings as they are on the page: what is seen of one that is folded, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from testingkit.conformance.record.rows import Entry
from testingkit.conformance.report.html.details import Detail, only
from testingkit.conformance.results.finding_text import (
    ONE_RUNNER_KINDS,
    TITLES,
    format_alone_note,
    format_subject,
    is_rerun_command,
    other_runners,
    split_advice,
)
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase

MAX_PROBLEMS = 1000
_MAX_NAME = 300
_MAX_TEXT = 4000
_MAX_GIST = 160
_MAX_LINKS = 200  # to similar cases
_MAX_NAMED = 20  # runners
# Words to a shell, and nothing else: a log may come from anywhere, and commands are pasted.
_PLAIN = re.compile(r"[A-Za-z0-9_./:=@%+, -]+")
# What is to be mended in the cases and not in a runner.
_DOUBTS = frozenset(
    {
        run_pb2.FINDING_KIND_GOLDEN_SUSPECT,
        run_pb2.FINDING_KIND_STALE,
        run_pb2.FINDING_KIND_WEAK,
    }
)


class Similar(NamedTuple):
    """A case with the same signature; without a row it is only named."""

    case_id: str
    row: int | None


class Advice(NamedTuple):
    """What to do: words, a command among them that can be pasted, and words."""

    before: str = ""
    command: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding."""

    id: str
    title: str
    is_doubt: bool
    subject: str
    gist: str  # the first thing that is not as it should be
    odd: str
    others: str  # how those did that are not at fault
    is_gated: bool
    text: str
    place: str
    size: str  # how many cases it is about
    similar: Sequence[Similar]
    more_similar: int
    rows: str  # of all its cases, for the filter
    command: str  # that shows it again
    repro: str  # that writes it as files
    to_do: Advice
    wrote: str  # about it: what comes after the first line of the text
    detail: Detail | None
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding says of the case that it shows."""

    text: str
    gist: str = ""
    others: str = ""
    detail: Detail | None = None


def case_summary(
    finding: Finding, finished: FinishedCase, entries: Sequence[Entry], detail: Detail
) -> Told:
    """Returns what a finding says of its case; the entries are those of the runners."""
    if finding.kind in ONE_RUNNER_KINDS:
        text = finding.text + format_alone_note(finding, finished)
        at_fault = {entries[runner].runner for runner in finding.runners}
        return Told(text, text, _others(finding, finished, entries), only(detail, at_fault))
    own = [entries[runner] for runner in finding.runners] or entries
    gist = next((entry.message for entry in own if entry.message), "")
    return Told(finding.text, gist, "", detail)


def _others(finding: Finding, finished: FinishedCase, entries: Sequence[Entry]) -> str:
    """How the runners did that are not at fault."""
    marks = [
        f"{entries[runner].runner} {'✓' if passed else '✗'}"
        for runner, passed in other_runners(finding, finished)
    ]
    more = f", … {count(len(marks) - _MAX_NAMED, 'more runner')}" if marks[_MAX_NAMED:] else ""
    return ", ".join(marks[:_MAX_NAMED]) + more


def problem_view(
    finding: Finding,
    runners: Sequence[str],
    told: Told,
    rows: Mapping[str, int],
) -> Problem:
    """Returns what is shown of a finding."""
    similar = finding.similar_case_ids
    own = [finding.case_id, *similar] if finding.case_id else []
    names = [runners[index] for index in finding.runners[:_MAX_NAMED]]
    names += ["…"] if len(finding.runners) > _MAX_NAMED else []
    line = f":{finding.line}" if finding.line else ""
    advice = _advice(shorten(finding.advice, _MAX_TEXT))
    shows_again = is_rerun_command(finding) and bool(advice.command) and not advice.after
    text, _, wrote = shorten(told.text, _MAX_TEXT).partition("\n")
    repro = f"testingkit repro {finding.id}"
    return Problem(
        id=shorten(finding.id, _MAX_NAME),
        title=TITLES[finding.kind],
        is_doubt=finding.kind in _DOUBTS,
        subject=shorten(format_subject(finding, runners), _MAX_NAME),
        odd=", ".join(names) if finding.case_id else "",
        is_gated=finding.gated,
        gist=shorten(told.gist.partition("\n")[0], _MAX_GIST),
        others=told.others,
        text=text.rstrip(),
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
        wrote=wrote,
        detail=told.detail,
    )


def _advice(text: str) -> Advice:
    """Takes an advice apart; what a shell might take for more than words is no command."""
    found = Advice(*split_advice(text))
    return found if _PLAIN.fullmatch(found.command) else Advice(text)

"""Formats what is known of a run as a whole, for all reports: header, totals, decision."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence

from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import (
    Decision,
    Finding,
    Ledger,
    LeftOut,
    ParityTotals,
    RunHeader,
)

DECISIONS: Mapping[Decision.ValueType, str] = {
    run_pb2.DECISION_CONFORMANT: "CONFORMANT",
    run_pb2.DECISION_NOT_CONFORMANT: "NOT CONFORMANT",
    run_pb2.DECISION_INCOMPLETE: "INCOMPLETE",
    run_pb2.DECISION_NOTHING_RAN: "NOTHING RAN",
    run_pb2.DECISION_INTERRUPTED: "INTERRUPTED",
}
_COLUMNS: Sequence[tuple[str, str]] = (
    ("planned", "planned"),
    ("passed", "pass"),
    ("failed", "fail"),
    ("panicked", "panic"),
    ("crashed", "crash"),
    ("timed_out", "timeout"),
    ("flaky", "flaky"),
    ("protocol_errors", "protocol"),
    ("unsupported", "unsup"),
    ("known", "known"),
    ("missing", "missing"),
)
COLUMN_LABELS: Mapping[str, str] = dict(_COLUMNS)
_ALWAYS = {"planned", "passed", "failed"}
_PARITY: Sequence[tuple[str, str]] = (
    ("agree", "agree"),
    ("diverge", "diverge"),
    ("known", "known to diverge"),
    ("partial", "with a runner missing"),
    ("single", "with one answer only"),
    ("none", "without an answer"),
)
_MAX_IDS = 20


def format_header(header: RunHeader) -> str:
    """Returns what was run, in one line; names in it are not escaped."""
    parts = [
        f"testingkit {header.testingkit_version}",
        count(header.cases, "case"),
        count(header.suites, "suite"),
        " ".join(header.runners),
        f"seed {header.seed}",
    ]
    if header.repetitions > 1:
        parts.append(f"{header.repetitions:,} times each")
    if header.shuffle:
        parts.append(f"shuffle {header.shuffle}")
    if shard := format_shard(header):
        parts.append(shard)
    if header.merged_shards:
        parts.append(f"merged from {count(header.merged_shards, 'shard')}")
    if selection := format_selection(header):
        parts.append(selection)
    return " · ".join(parts)


def format_shard(header: RunHeader) -> str:
    """Returns which part of a plan was run; empty if all of it was."""
    if not header.HasField("shard"):
        return ""
    shard = header.shard
    return f"shard {shard.index}/{shard.count} of {count(shard.cases, 'case')}"


def format_selection(header: RunHeader) -> str:
    """Returns what a run was limited to, as options; empty if it left out nothing."""
    if not header.filtered:
        return ""
    chosen = header.selection
    words = ["-k", chosen.expression] if chosen.expression else []
    words += ["-r", ",".join(chosen.runners)] if chosen.runners else []
    words += chosen.paths
    return f"a selection: {shlex.join(words)}" if words else "a selection"


def name_if_part(header: RunHeader) -> str:
    """Returns the name of a run that commands do not read by default; empty if they do."""
    return header.name if header.filtered or header.HasField("shard") else ""


def show_all_command(header: RunHeader) -> str:
    """Returns the command that prints all findings of a run."""
    name = name_if_part(header)
    return shlex.join(["testingkit", "show", *([name] if name else []), "--json"])


def used_columns(ledgers: Sequence[Ledger]) -> Sequence[tuple[str, str]]:
    """Returns the names and titles of the columns that a table of these ledgers needs.

    Columns that are 0 in all ledgers are left out, except planned, passed and failed.
    """
    return [
        (name, label)
        for name, label in _COLUMNS
        if name in _ALWAYS or any(getattr(ledger, name) for ledger in ledgers)
    ]


def format_parity(parity: ParityTotals, weakened_cases: int) -> str:
    """Returns the totals of parity in one line."""
    comparable = parity.agree + parity.diverge + parity.known + parity.partial
    parts = [
        f"{getattr(parity, name):,} {label}" for name, label in _PARITY if getattr(parity, name)
    ]
    text = f"parity {comparable:,} comparable: " + " · ".join(parts)
    return f"{text} · {weakened_cases:,} compared weakly" if weakened_cases else text


def format_problems(findings: Iterable[Finding]) -> str:
    """Returns the number of gated findings and the first ids; empty if there are none."""
    ids = [finding.id for finding in findings if finding.gated]
    if not ids:
        return ""
    more = " …" if len(ids) > _MAX_IDS else ""
    return f"{count(len(ids), 'problem')}: {' '.join(ids[:_MAX_IDS])}{more}"


def format_not_shown(findings: int) -> str:
    """Returns a note that so many findings are not shown."""
    return f"{count(findings, 'more finding')} {'is' if findings == 1 else 'are'} not shown"


def format_left_out(left_out: LeftOut) -> str:
    """Returns how many cases were left out, and why; empty if there are none."""
    if not left_out.cases:
        return ""
    verb = "was" if left_out.cases == 1 else "were"
    return f"{count(left_out.cases, 'case')} {verb} not run: {left_out.text}"

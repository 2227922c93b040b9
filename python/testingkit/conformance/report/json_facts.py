"""Returns facts about a recorded run as JSON objects, with the field names of ``run.proto``.

A runner is its name, an enum value its name in lower case, and a number a JSON number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.run_pb2 import (
    Decision,
    Finding,
    FindingKind,
    Ledger,
    ParityTotals,
    RunnerReady,
    Shard,
)


def run_facts(log: RunLog) -> dict[str, Any]:
    """Returns what was run: the header without descriptors, and how the runners started."""
    header = log.header
    names = header.runners
    return {
        "testingkit_version": header.testingkit_version,
        "started": header.started.ToJsonString(),
        "seed": header.seed,
        "shuffle": header.shuffle,
        "repetitions": max(header.repetitions, 1),
        "filtered": header.filtered,
        "plan_digest": header.plan_digest,
        "shard": _shard(header.shard) if header.HasField("shard") else None,
        "merged_shards": header.merged_shards,
        "cases": header.cases,
        "suites": header.suites,
        "weakened_cases": header.weakened_cases,
        "runners": [_runner(names[ready.runner], ready) for ready in log.runners],
    }


def footer_facts(log: RunLog) -> dict[str, Any]:
    """Returns how the run ended, with all its totals."""
    footer = log.footer
    return {
        "decision": decision_word(log),
        "exit_code": footer.exit_code,
        "reasons": list(footer.reasons),
        "finished": footer.finished.ToJsonString(),
        "wall_nanos": footer.wall_nanos,
        "ledgers": [
            {**_counts(ledger), "runner": log.header.runners[ledger.runner]}
            for ledger in footer.ledgers
        ],
        "parity": _counts(footer.parity),
    }


def left_out_facts(log: RunLog) -> dict[str, Any]:
    """Returns how many cases were not run, and why."""
    return {"cases": log.left_out.cases, "text": log.left_out.text}


def finding_facts(finding: Finding, runners: Sequence[str]) -> dict[str, Any]:
    """Returns all fields of a finding."""
    return {
        "id": finding.id,
        "type": finding_type(finding),
        "case": finding.case_id,
        "similar_cases": list(finding.similar_case_ids),
        "runners": [runners[index] for index in finding.runners],
        "path": finding.path,
        "line": finding.line,
        "text": finding.text,
        "advice": finding.advice,
        "gated": finding.gated,
    }


def finding_type(finding: Finding) -> str:
    """Returns the kind of a finding, such as ``stale``."""
    return FindingKind.Name(finding.kind).removeprefix("FINDING_KIND_").lower()


def decision_word(log: RunLog) -> str:
    """Returns the decision of a run, such as ``not_conformant``."""
    return Decision.Name(log.footer.decision).removeprefix("DECISION_").lower()


def level_word(level: case_pb2.Level.ValueType) -> str:
    """Returns the level of a case, such as ``required``."""
    return case_pb2.Level.Name(level).removeprefix("LEVEL_").lower()


def _runner(name: str, ready: RunnerReady) -> dict[str, Any]:
    description = ready.description
    return {
        "name": name,
        "implementation": description.name,
        "version": description.version,
        "language": description.language,
        "runtime": description.runtime,
        "sdk_version": description.sdk_version,
        "plain_server": ready.plain_server,
        "jobs": ready.jobs,
        "start_nanos": ready.start_nanos,
        "problem": ready.problem,
    }


def _shard(shard: Shard) -> dict[str, Any]:
    return {"index": shard.index, "count": shard.count, "cases": shard.cases}


def _counts(counts: Ledger | ParityTotals) -> dict[str, Any]:
    return {field.name: getattr(counts, field.name) for field in counts.DESCRIPTOR.fields}

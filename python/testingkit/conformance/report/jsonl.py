"""Writes a recorded run as JSON lines: an object for each entry and finding.

``docs/schemas/jsonl.schema.json`` describes every line. Texts are those of the log: invisible
characters are escaped in the file, and a JSON parser restores them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from testingkit.conformance.record.rows import Entry, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.json_facts import (
    finding_facts,
    footer_facts,
    left_out_facts,
    level_word,
    run_facts,
)
from testingkit.conformance.text.escape import safe_json_line
from testingkit.conformance.v1.run_pb2 import PlannedCase

FORMAT_VERSION = 1


def write(log: RunLog, out: BinaryIO) -> None:
    """Writes the whole run.

    Raises:
        OutputError: The log has changed since it was opened.
    """
    out.writelines(safe_json_line(document).encode() + b"\n" for document in _lines(log))


def _lines(log: RunLog) -> Iterator[dict[str, Any]]:
    runners = log.header.runners
    yield {"kind": "run", "format_version": FORMAT_VERSION, **run_facts(log)}
    for case, finished in log.cases():
        fields = _case_fields(case)
        *of_runners, of_parity = entries_of(case, finished, runners, log.header.families)
        yield from (_entry(entry, entry.runner, fields) for entry in of_runners)
        yield _entry(of_parity, None, fields)
    yield from ({"kind": "finding", **finding_facts(f, runners)} for f in log.findings)
    if log.left_out.cases:
        yield {"kind": "left_out", **left_out_facts(log)}
    yield {"kind": "footer", **footer_facts(log)}


def _entry(entry: Entry, runner: str | None, fields: dict[str, Any]) -> dict[str, Any]:
    """Returns the line of an entry; the runner is null for parity, as a runner may be called so."""
    return {
        "kind": "entry",
        "case": entry.case.case_id,
        "runner": runner,
        "status": entry.status.value,
        "type": entry.type,
        "column": entry.column,
        "message": entry.message,
        "detail": entry.detail,
        "nanos": entry.nanos,
        **fields,
    }


def _case_fields(case: PlannedCase) -> dict[str, Any]:
    """Returns the fields that all entries of one case have in common."""
    return {
        "suite": case.case_id.rpartition("/")[0],
        "path": case.path,
        "line": case.line,
        "method": case.method,
        "level": level_word(case.level),
        "tags": list(case.tags),
    }

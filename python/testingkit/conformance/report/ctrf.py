"""Writes a recorded run as CTRF, the common test report format (ctrf.io).

Other tools show its texts to people, so invisible characters are escaped; texts in ``extra`` are
unchanged. The totals are written after the tests, and counted while those are written: a failure
that is not binding is a skipped test, and the log has no total of those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from testingkit.conformance.record.rows import Entry, Status, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.json_facts import (
    footer_facts,
    left_out_facts,
    level_word,
    run_facts,
)
from testingkit.conformance.report.uncovered_failures import UncoveredFailure, UncoveredFailures
from testingkit.conformance.text.escape import safe, safe_json_line, safe_lines
from testingkit.conformance.v1.run_pb2 import PlannedCase

SPEC_VERSION = "0.1.0"
_TOOL = "testingkit"
# CTRF has no word for an error; rawStatus tells the kinds of failure apart.
_STATUSES: Mapping[Status, str] = {
    Status.PASSED: "passed",
    Status.FAILED: "failed",
    Status.ERROR: "failed",
    Status.SKIPPED: "skipped",
}


def write(log: RunLog, out: BinaryIO) -> None:
    """Writes the whole run.

    Raises:
        OutputError: The log has changed since it was opened.
    """
    totals: Counter[str] = Counter()
    out.write(_head(log).encode())
    for number, test in enumerate(_tests(log)):
        totals[test["status"]] += 1
        out.write(b",\n" if number else b"\n")
        out.write(safe_json_line(test).encode())
    out.write(_tail(log, totals).encode())


def _head(log: RunLog) -> str:
    """Returns the JSON before the first test, with the opening bracket of its array."""
    version = safe(log.header.testingkit_version)
    tool = {"name": _TOOL, **({"version": version} if version else {})}
    report = {
        "reportFormat": "CTRF",
        "specVersion": SPEC_VERSION,
        "generatedBy": f"{_TOOL} {version}".rstrip(),
    }
    results = {"tool": tool, "environment": {"extra": run_facts(log)}}
    opened = safe_json_line(report)[:-1] + ',"results":' + safe_json_line(results)[:-1]
    return f'{opened},"tests":['


def _tail(log: RunLog, totals: Counter[str]) -> str:
    """Returns the JSON after the last test."""
    summary = {
        "tests": totals.total(),
        **{status: totals[status] for status in ("passed", "failed", "skipped")},
        "pending": 0,
        "other": 0,
        "start": log.header.started.ToMilliseconds(),
        "stop": log.footer.finished.ToMilliseconds(),
    }
    extra = footer_facts(log)
    if log.left_out.cases:
        extra["left_out"] = left_out_facts(log)
    return f'\n],"summary":{safe_json_line(summary)},"extra":{safe_json_line(extra)}}}}}\n'


def _tests(log: RunLog) -> Iterator[dict[str, Any]]:
    uncovered = UncoveredFailures(log)
    for case, finished in log.cases():
        fields = _CtrfCase(case)
        *of_runners, of_parity = entries_of(case, finished, log.header.runners, log.header.families)
        for entry in of_runners:
            uncovered.add(entry)
            yield _entry_test(entry, entry.runner, fields)
        uncovered.add(of_parity)
        yield _entry_test(of_parity, None, fields)
    yield from map(_failure_test, uncovered.failures())


class _CtrfCase:
    """Fields that all tests of one case have in common."""

    def __init__(self, case: PlannedCase) -> None:
        self.name = safe(case.case_id)
        self.suite = self.name.split("/")[:-1]
        self.place = _place(case.path, case.line)
        self.tags = {"tags": [safe(tag) for tag in case.tags]} if case.tags else {}
        self.extra = {
            "case": case.case_id,
            "level": level_word(case.level),
            "method": case.method,
        }


def _entry_test(entry: Entry, runner: str | None, fields: _CtrfCase) -> dict[str, Any]:
    """Returns the test of an entry; the one of parity has no runner.

    The field ``flaky`` is not set: in CTRF it means a test that passed in the end, and here a flaky
    case fails. Its rawStatus is ``flaky``.
    """
    name = safe(entry.runner)
    return {
        # Tools that compare reports identify tests by name alone.
        "name": f"{fields.name} [{name}]",
        "status": _STATUSES[entry.status],
        "duration": (entry.nanos + 500_000) // 1_000_000,
        "suite": [name, *fields.suite],
        "rawStatus": entry.type,
        **_texts(entry.message, entry.detail),
        **fields.place,
        **fields.tags,
        "extra": {
            **fields.extra,
            "runner": runner,
            "parity": runner is None,
            "column": entry.column,
            "nanos": entry.nanos,
        },
    }


def _failure_test(failure: UncoveredFailure) -> dict[str, Any]:
    return {
        "name": safe(failure.name),
        "status": "failed",
        "duration": 0,
        "rawStatus": failure.type,
        **_texts(failure.message, ""),
        **_place(failure.path, failure.line),
    }


def _texts(message: str, trace: str) -> dict[str, str]:
    texts = {"message": safe(message)} if message else {}
    return {**texts, "trace": "\n".join(safe_lines(trace))} if trace else texts


def _place(path: str, line: int) -> dict[str, Any]:
    place = {"filePath": safe(path), "line": line}
    return {name: part for name, part in place.items() if part}

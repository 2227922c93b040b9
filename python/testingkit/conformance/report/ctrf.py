"""A recorded run as CTRF, the common test report format (ctrf.io).

Other tools show its texts to people, so what is not to be seen stands in them as an escape; in
``extra`` texts are what they are in the log. The totals follow the tests, which are written one by
one: what is not binding is skipped, and no total of the log says how much that is.
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
from testingkit.conformance.report.uncovered_failures import Problem, Untold
from testingkit.conformance.text.escape import safe, safe_json_line, safe_lines
from testingkit.conformance.v1.run_pb2 import PlannedCase

SPEC_VERSION = "0.1.0"
_TOOL = "testingkit"
# CTRF has no word for an error; which kind of failure it is says rawStatus.
_STATUSES: Mapping[Status, str] = {
    Status.PASSED: "passed",
    Status.FAILED: "failed",
    Status.ERROR: "failed",
    Status.SKIPPED: "skipped",
}


def write(log: RunLog, out: BinaryIO) -> None:
    """Writes all of a run.

    Raises:
        OutputError: The log is not what it was when it was opened.
    """
    totals: Counter[str] = Counter()
    out.write(_head(log).encode())
    for number, test in enumerate(_tests(log)):
        totals[test["status"]] += 1
        out.write(b",\n" if number else b"\n")
        out.write(safe_json_line(test).encode())
    out.write(_tail(log, totals).encode())


def _head(log: RunLog) -> str:
    """All that stands before the first test, its array's bracket included."""
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
    """All that follows the last test."""
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
    untold = Untold(log)
    for case, finished in log.cases():
        about = _About(case)
        *of_runners, of_parity = entries_of(case, finished, log.header.runners)
        for entry in of_runners:
            untold.take(entry)
            yield _of_entry(entry, entry.runner, about)
        untold.take(of_parity)
        yield _of_entry(of_parity, None, about)
    yield from map(_of_problem, untold.problems())


class _About:
    """What the tests of one case have in common."""

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


def _of_entry(entry: Entry, runner: str | None, about: _About) -> dict[str, Any]:
    """A test that is an entry; one of parity has no runner.

    CTRF calls a test flaky that passed in the end. What is flaky here never does, and only its
    rawStatus says so.
    """
    name = safe(entry.runner)
    return {
        # Tools that compare reports tell tests apart by their names alone.
        "name": f"{about.name} [{name}]",
        "status": _STATUSES[entry.status],
        "duration": (entry.nanos + 500_000) // 1_000_000,
        "suite": [name, *about.suite],
        "rawStatus": entry.type,
        **_texts(entry.message, entry.detail),
        **about.place,
        **about.tags,
        "extra": {
            **about.extra,
            "runner": runner,
            "parity": runner is None,
            "column": entry.column,
            "nanos": entry.nanos,
        },
    }


def _of_problem(problem: Problem) -> dict[str, Any]:
    return {
        "name": safe(problem.name),
        "status": "failed",
        "duration": 0,
        "rawStatus": problem.type,
        **_texts(problem.message, ""),
        **_place(problem.path, problem.line),
    }


def _texts(message: str, trace: str) -> dict[str, str]:
    texts = {"message": safe(message)} if message else {}
    return {**texts, "trace": "\n".join(safe_lines(trace))} if trace else texts


def _place(path: str, line: int) -> dict[str, Any]:
    place = {"filePath": safe(path), "line": line}
    return {name: part for name, part in place.items() if part}

"""Writes a recorded run as JUnit XML, in two dialects.

`write_strict` keeps to the schema of Jenkins' xunit plugin, which allows less than most tools read.
`write_extended` writes the same and adds what that schema forbids: file, line and properties of
every testcase, and on the root the number of skipped testcases and the start of the run. The log
has no time for a single case, so no testcase has a timestamp.

There is a testsuite for each runner and suite, ``runner.suite`` with dots instead of slashes, and
one for the parity of each suite, ``parity.suite``. The name of a testcase is the id of its case and
its class is its testsuite. No two testcases have both in common: readers drop duplicates.

* Cases that were not run because the run ended early have no names. A testsuite named after the
  runner alone has one testcase for all of them and counts each: the root counts the planned calls.
* A run can fail although no case fails, for example because of a stale known divergence or a
  process that crashed when it was shut down. Only then there is a testsuite ``run`` with one error,
  which is in no total of the footer, so that a failed run never has a report without a failure.
* A flaky case is a failure, as it is for the run. ``flakyFailure`` would be a kind of pass.
* The time of a testcase is 0 if it was not measured; that of parity is always 0.

A testsuite begins with its counts, and the log mixes the cases of all testsuites, in the order in
which they finished. So one pass over the log writes the testcases into a `Spool`, which separates
them on disk, and then each testsuite is assembled from there. Only the spool's bounded buffer and a
few numbers for each testsuite are in memory. The footer does not separate failures that are binding
from those that are not, so all counts are made on the way; a log whose counts are not those of its
footer is not opened.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from testingkit.conformance.config import PARITY
from testingkit.conformance.record.rows import NOT_RUN, Entry, Status, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.json_facts import decision_word, level_word
from testingkit.conformance.report.junit.spool import Spool
from testingkit.conformance.report.junit.xml_text import element, line, lines, name_line, start
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1.run_pb2 import (
    DECISION_CONFORMANT,
    FinishedCase,
    PlannedCase,
)

_ELEMENTS = {Status.FAILED: "failure", Status.ERROR: "error"}
_RUN = "run"
_MAX_PROBLEM = 200  # characters; the whole text is a property of the testsuite

Pairs = Iterable[tuple[str, str]]


def write_strict(log: RunLog, out: BinaryIO) -> None:
    """Writes JUnit XML that fits the strict schema."""
    _write(log, out, extended=False)


def write_extended(log: RunLog, out: BinaryIO) -> None:
    """Writes JUnit XML with files, lines and properties."""
    _write(log, out, extended=True)


def _write(log: RunLog, out: BinaryIO, *, extended: bool) -> None:
    with tempfile.TemporaryFile() as file:
        report = _Report(log, Spool(file), extended=extended)
        for case, finished in log.cases():
            report.add_case(case, finished)
        report.add_left_out()
        report.add_decision()
        out.writelines(report.document())


@dataclass(slots=True)
class _Testsuite:
    """A testsuite without its testcases, which are in the spool under its name."""

    name: str
    subject: int
    counts: Counter[Status] = field(default_factory=Counter)
    nanos: int = 0


class _Report:
    """Takes cases in any order; `document` is the report when all have been added."""

    def __init__(self, log: RunLog, spool: Spool, *, extended: bool) -> None:
        self._log = log
        self._spool = spool
        self._extended = extended
        self._runners = len(log.header.runners)
        self._subjects = list(log.header.runners)  # of testsuites: the runners, parity, the run
        for name in (PARITY, _RUN):
            self._subjects.append(_free_name(name, self._subjects))
        self._testsuites: dict[tuple[int, str | None], _Testsuite] = {}

    def add_case(self, case: PlannedCase, finished: FinishedCase) -> None:
        """Adds a case: one testcase for every runner, and one for parity."""
        suite, fields = case.case_id.rpartition("/")[0], _fields(case, extended=self._extended)
        header = self._log.header
        entries = entries_of(case, finished, header.runners, header.families)
        for subject, entry in enumerate(entries):
            shown = self._with_problem(entry, subject) if entry.type == NOT_RUN else entry
            self._add(self._testsuite(subject, suite), fields, shown)

    def _with_problem(self, entry: Entry, subject: int) -> Entry:
        """Returns the entry of a call that was not made, with the reason if there is one."""
        problem = self._log.runners[subject].problem.partition("\n")[0]
        message = f"{entry.message}: {shorten(problem, _MAX_PROBLEM)}"
        return replace(entry, message=message) if problem else entry

    def add_left_out(self) -> None:
        """Adds the cases that were left out, as one testcase for each runner and for parity."""
        cases = self._log.left_out.cases
        if not cases:
            return
        case = PlannedCase(case_id="never_begun")
        fields = _fields(case, extended=self._extended)
        text = f"{cases:,} of {self._log.header.cases:,} cases were not run"
        text += f": {self._log.left_out.text}"
        for subject, runner in enumerate(self._log.header.runners):
            missing = Entry(case, runner, "missing", Status.ERROR, "not_run", text)
            self._add(self._testsuite(subject), fields, missing, cases)
        parity = Entry(case, PARITY, "none", Status.SKIPPED, "none", text)
        self._add(self._testsuite(self._runners), fields, parity, cases)

    def add_decision(self) -> None:
        """Adds the decision, if the run failed and no testcase that was added did."""
        footer, counts = self._log.footer, self._counts()
        if footer.decision == DECISION_CONFORMANT or any(counts[status] for status in _ELEMENTS):
            return
        kind = decision_word(self._log)
        gated = (f"{finding.id}: {finding.text}" for finding in self._log.findings if finding.gated)
        message, detail = "; ".join(footer.reasons) or kind, "\n".join(gated)
        case = PlannedCase(case_id="decision")
        entry = Entry(case, _RUN, "", Status.ERROR, kind, message, detail)
        fields = _fields(case, extended=self._extended)
        self._add(self._testsuite(self._runners + 1), fields, entry)

    def document(self) -> Iterator[bytes]:
        """Yields the report in pieces."""
        yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
        yield start("testsuites", self._root_attributes()).encode()
        for testsuite in sorted(self._testsuites.values(), key=lambda t: (t.subject, t.name)):
            yield ("\n" + start("testsuite", self._attributes(testsuite))).encode()
            properties = _property_lines(self._properties(testsuite.subject))
            yield ("\n" + element("properties", {}, properties)).encode()
            yield from self._spool.read(testsuite.name)
            yield b"\n</testsuite>"
        yield b"\n</testsuites>\n"

    def _testsuite(self, subject: int, suite: str | None = None) -> _Testsuite:
        """Returns the testsuite of a subject and a suite, or of what belongs to no suite."""
        testsuite = self._testsuites.get((subject, suite))
        if testsuite is None:
            parts = [self._subjects[subject], *(() if suite is None else suite.split("/"))]
            testsuite = _Testsuite(_dotted(parts), subject)
            self._testsuites[subject, suite] = testsuite
        return testsuite

    def _add(
        self, testsuite: _Testsuite, fields: _CaseFields, entry: Entry, times: int = 1
    ) -> None:
        testsuite.counts[entry.status] += times
        testsuite.nanos += entry.nanos
        self._spool.add(testsuite.name, _testcase(testsuite.name, fields, entry).encode())

    def _counts(self) -> Counter[Status]:
        counts: Counter[Status] = Counter()
        for testsuite in self._testsuites.values():
            counts.update(testsuite.counts)
        return counts

    def _root_attributes(self) -> Mapping[str, str]:
        counts = _count_attributes(self._counts())
        time = _seconds(self._log.footer.wall_nanos, 3)
        if self._extended:
            return {"name": "testingkit", **counts, "time": time, "timestamp": self._started()}
        del counts["skipped"]
        return {"name": "testingkit", **counts, "time": time}

    def _attributes(self, testsuite: _Testsuite) -> Mapping[str, str]:
        return {
            "name": testsuite.name,
            **_count_attributes(testsuite.counts),
            "time": _seconds(testsuite.nanos, 3),
            "timestamp": self._started(),
        }

    def _started(self) -> str:
        return self._log.header.started.ToJsonString()

    def _properties(self, subject: int) -> Pairs:
        """Yields the properties of a testsuite: facts about the run and about its runner."""
        header = self._log.header
        yield "testingkit", header.testingkit_version
        yield "seed", header.seed
        yield "shuffle", header.shuffle
        yield "repetitions", str(header.repetitions or "")
        yield "left_out", str(self._log.left_out.cases or "")
        yield "decision", decision_word(self._log)
        yield "exit_code", str(self._log.footer.exit_code)
        if subject < self._runners:
            ready = self._log.runners[subject]
            for name in ("name", "version", "language", "runtime", "sdk_version"):
                yield f"runner.{name}", getattr(ready.description, name)
            yield "runner.problem", ready.problem


@dataclass(frozen=True, slots=True)
class _CaseFields:
    """What all testcases of one case have in common, made once."""

    attributes: Mapping[str, str]
    properties: str | None  # None if testcases have no properties


def _fields(case: PlannedCase, *, extended: bool) -> _CaseFields:
    attributes = {"name": name_line(case.case_id)}
    if not extended:
        return _CaseFields(attributes, None)
    if case.path:
        attributes["file"] = line(case.path)
    if case.line:
        attributes["line"] = str(case.line)
    return _CaseFields(attributes, _property_lines(_case_properties(case)))


def _testcase(classname: str, fields: _CaseFields, entry: Entry) -> str:
    time = _seconds(entry.nanos, 9)
    attributes = {"classname": classname, **fields.attributes, "time": time}
    inside = _outcome(entry)
    if fields.properties is not None:
        counted = _property_lines([("counted_as", entry.column)])
        inside = element("properties", {}, counted + fields.properties) + inside
    return "\n" + element("testcase", attributes, inside)


def _outcome(entry: Entry) -> str:
    if entry.status is Status.PASSED:
        return ""
    attributes = {"message": line(entry.message)}
    if entry.status is not Status.SKIPPED:
        attributes["type"] = line(entry.type)
    return element(_ELEMENTS.get(entry.status, "skipped"), attributes, lines(entry.detail))


def _case_properties(case: PlannedCase) -> Pairs:
    yield "method", case.method
    if case.level:
        yield "level", level_word(case.level)
    for tag in case.tags:
        yield "tag", tag
    yield "description", case.description


def _count_attributes(counts: Counter[Status]) -> dict[str, str]:
    return {
        "tests": str(counts.total()),
        "failures": str(counts[Status.FAILED]),
        "errors": str(counts[Status.ERROR]),
        "skipped": str(counts[Status.SKIPPED]),
    }


def _free_name(name: str, taken: Collection[str]) -> str:
    """Returns a name that no runner has: a log from elsewhere may have a runner `parity`."""
    while name in taken:
        name += "_"
    return name


def _dotted(parts: Iterable[str]) -> str:
    """Returns the parts joined by dots; a dot within a part, as no project has, is escaped."""
    return ".".join(name_line(part).replace(".", "\\x2e") for part in parts)


def _seconds(nanos: int, decimals: int) -> str:
    unit = 10 ** (9 - decimals)
    whole, rest = divmod((nanos + unit // 2) // unit, 10**decimals)
    return f"{whole}.{rest:0{decimals}}"


def _property_lines(pairs: Pairs) -> str:
    """Returns an element for each property that has a value."""
    elements = [
        "\n" + element("property", {"name": name, "value": line(value)})
        for name, value in pairs
        if value
    ]
    return "".join(elements)

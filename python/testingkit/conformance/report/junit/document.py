"""A recorded run as JUnit XML, in two dialects.

`write_strict` keeps to the schema of Jenkins' xunit plugin, which allows less than most tools read.
`write_extended` says the same and adds what that schema forbids: file and line of every testcase,
its properties, and on the root the number of skipped ones and when the run started. When a single
case was called is in no log, so no testcase has a timestamp.

There is a testsuite for each runner and suite, ``runner.suite`` with dots in place of slashes, and
one for the parity of each suite, ``parity.suite``. A testcase is named by the id of its case and
has its testsuite as its class, which no other one has both: readers drop those of the same name.

* Cases that were never begun have no names. A testsuite named by the runner alone has one testcase
  that tells of them all, and counts each of them: the tests of the root are what was planned.
* A run can fail where no case does, for a known divergence that is not true or for a process that
  crashed at its end. Only then is there a testsuite ``run`` with one error, which is in no total of
  the footer, so that a file is never green where the run is not.
* A flaky case is a failure, as it is for the run. ``flakyFailure`` would be a kind of pass.
* The time of a testcase is 0 where it was not measured, as it is for parity.

A testsuite begins with its counts, and cases of several come mixed, in the order in which they were
done. So one pass over the log writes the testcases into a `Spool`, which keeps them apart on the
disk, and then each testsuite is put together from there. Beside the spool's bounded buffer, a few
numbers for each testsuite are held. What fails and what only does not bind is not told apart by the
footer, so all counts are made on the way; the log was refused if they were not the footer's.
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
_MAX_PROBLEM = 200  # characters; the properties of the testsuite have all of it

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
    """A testsuite but for its testcases, which are in the spool under its name."""

    name: str
    subject: int
    counts: Counter[Status] = field(default_factory=Counter)
    nanos: int = 0


class _Report:
    """Takes cases in any order; `document` is the report once all are there."""

    def __init__(self, log: RunLog, spool: Spool, *, extended: bool) -> None:
        self._log = log
        self._spool = spool
        self._extended = extended
        self._runners = len(log.header.runners)
        self._subjects = list(log.header.runners)  # what testsuites are about: these, parity, run
        for name in (PARITY, _RUN):
            self._subjects.append(_free_name(name, self._subjects))
        self._testsuites: dict[tuple[int, str | None], _Testsuite] = {}

    def add_case(self, case: PlannedCase, finished: FinishedCase) -> None:
        """Takes a case: a testcase of every runner and one of parity."""
        suite, shown = case.case_id.rpartition("/")[0], _shown(case, extended=self._extended)
        for subject, found in enumerate(entries_of(case, finished, self._log.header.runners)):
            entry = self._with_problem(found, subject) if found.type == NOT_RUN else found
            self._add(self._testsuite(subject, suite), shown, entry)

    def _with_problem(self, entry: Entry, subject: int) -> Entry:
        """A call that was never made, with why its runner did not start, where it did not."""
        problem = self._log.runners[subject].problem.partition("\n")[0]
        said = f"{entry.message}: {shorten(problem, _MAX_PROBLEM)}"
        return replace(entry, message=said) if problem else entry

    def add_left_out(self) -> None:
        """Takes the cases that were never begun, all of them as one testcase of each subject."""
        cases = self._log.left_out.cases
        if not cases:
            return
        case = PlannedCase(case_id="never_begun")
        shown = _shown(case, extended=self._extended)
        text = f"{cases:,} of {self._log.header.cases:,} cases were never begun"
        text += f": {self._log.left_out.text}"
        for subject, runner in enumerate(self._log.header.runners):
            missing = Entry(case, runner, "missing", Status.ERROR, "not_run", text)
            self._add(self._testsuite(subject), shown, missing, cases)
        parity = Entry(case, PARITY, "none", Status.SKIPPED, "none", text)
        self._add(self._testsuite(self._runners), shown, parity, cases)

    def add_decision(self) -> None:
        """Takes the decision, where the run failed and none of what was added did."""
        footer, counts = self._log.footer, self._counts()
        if footer.decision == DECISION_CONFORMANT or any(counts[status] for status in _ELEMENTS):
            return
        kind = decision_word(self._log)
        found = (f"{finding.id}: {finding.text}" for finding in self._log.findings if finding.gated)
        message, detail = "; ".join(footer.reasons) or kind, "\n".join(found)
        case = PlannedCase(case_id="decision")
        entry = Entry(case, _RUN, "", Status.ERROR, kind, message, detail)
        shown = _shown(case, extended=self._extended)
        self._add(self._testsuite(self._runners + 1), shown, entry)

    def document(self) -> Iterator[bytes]:
        """Yields the report bit by bit."""
        yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
        yield start("testsuites", self._root_attributes()).encode()
        for testsuite in sorted(self._testsuites.values(), key=lambda t: (t.subject, t.name)):
            yield ("\n" + start("testsuite", self._attributes(testsuite))).encode()
            facts = _property_lines(self._facts(testsuite.subject))
            yield ("\n" + element("properties", {}, facts)).encode()
            yield from self._spool.read(testsuite.name)
            yield b"\n</testsuite>"
        yield b"\n</testsuites>\n"

    def _testsuite(self, subject: int, suite: str | None = None) -> _Testsuite:
        """The testsuite of a suite, or of all that a subject has no suite for."""
        found = self._testsuites.get((subject, suite))
        if found is None:
            parts = [self._subjects[subject], *(() if suite is None else suite.split("/"))]
            found = _Testsuite(_dotted(parts), subject)
            self._testsuites[subject, suite] = found
        return found

    def _add(self, testsuite: _Testsuite, shown: _Case, entry: Entry, times: int = 1) -> None:
        testsuite.counts[entry.status] += times
        testsuite.nanos += entry.nanos
        self._spool.add(testsuite.name, _testcase(testsuite.name, shown, entry).encode())

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

    def _facts(self, subject: int) -> Pairs:
        """What is to be known of the run, and of the runner that a testsuite is about."""
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
class _Case:
    """What all testcases of one case have in common, made once."""

    attributes: Mapping[str, str]
    properties: str | None  # None where testcases have none


def _shown(case: PlannedCase, *, extended: bool) -> _Case:
    attributes = {"name": name_line(case.case_id)}
    if not extended:
        return _Case(attributes, None)
    if case.path:
        attributes["file"] = line(case.path)
    if case.line:
        attributes["line"] = str(case.line)
    return _Case(attributes, _property_lines(_case_facts(case)))


def _testcase(classname: str, shown: _Case, entry: Entry) -> str:
    time = _seconds(entry.nanos, 9)
    attributes = {"classname": classname, **shown.attributes, "time": time}
    inside = _outcome(entry)
    if shown.properties is not None:
        counted = _property_lines([("counted_as", entry.column)])
        inside = element("properties", {}, counted + shown.properties) + inside
    return "\n" + element("testcase", attributes, inside)


def _outcome(entry: Entry) -> str:
    if entry.status is Status.PASSED:
        return ""
    attributes = {"message": line(entry.message)}
    if entry.status is not Status.SKIPPED:
        attributes["type"] = line(entry.type)
    return element(_ELEMENTS.get(entry.status, "skipped"), attributes, lines(entry.detail))


def _case_facts(case: PlannedCase) -> Pairs:
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
    """A log from elsewhere may have a runner that is called `parity`."""
    while name in taken:
        name += "_"
    return name


def _dotted(parts: Iterable[str]) -> str:
    """Parts that hold dots themselves, as no project's do, are not mixed up with others."""
    return ".".join(name_line(part).replace(".", "\\x2e") for part in parts)


def _seconds(nanos: int, decimals: int) -> str:
    unit = 10 ** (9 - decimals)
    whole, rest = divmod((nanos + unit // 2) // unit, 10**decimals)
    return f"{whole}.{rest:0{decimals}}"


def _property_lines(pairs: Pairs) -> str:
    """The properties that have a value."""
    found = [
        "\n" + element("property", {"name": name, "value": line(value)})
        for name, value in pairs
        if value
    ]
    return "".join(found)

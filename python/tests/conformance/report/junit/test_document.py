"""JUnit XML: it fits the strict schema, adds up to the totals of the run, and takes any text."""

from __future__ import annotations

import functools
import io
import itertools
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.junit import document as junit_document
from testingkit.conformance.report.junit import xml_text
from testingkit.conformance.report.junit.document import write_extended, write_strict
from testingkit.conformance.report.junit.spool import Spool
from testingkit.conformance.text.escape import safe, safe_lines
from testingkit.conformance.v1 import case_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Crash
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunFooter,
    RunHeader,
    RunnerReady,
)
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from testingkit.conformance.v1.verdict_pb2 import Difference
from tests.conformance import junit
from tests.conformance.finished_cases import Result, every_case, finish
from tests.conformance.logs import write_log

PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
CRASH, UNSUPPORTED = verdict_pb2.VERDICT_CRASH, verdict_pb2.VERDICT_UNSUPPORTED
NOT_CONFORMANT = run_pb2.DECISION_NOT_CONFORMANT
STARTED = Timestamp(seconds=1_800_000_000)
_LEVELS = (case_pb2.LEVEL_REQUIRED, case_pb2.LEVEL_RECOMMENDED)

Case = tuple[PlannedCase, FinishedCase]


def case(case_id: str, *results: Result, **more: Any) -> Case:
    """Returns a case with results, each with another duration."""
    finished = finish(results)
    for number, result in enumerate(finished.results, 1):
        result.observation.response = b"x"
        result.elapsed_nanos = number * 1_500_000
    usual = {"level": case_pb2.LEVEL_REQUIRED, "method": "p.v1.S/M", "path": "cases/a.textproto"}
    return PlannedCase(case_id=case_id, line=7, **{**usual, **more}), finished


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the logs."""
    return tmp_path_factory.mktemp("logs")


def record(
    folder: Path,
    cases: Sequence[Case],
    runners: Sequence[str] = ("go", "rust"),
    *,
    left_out: LeftOut | None = None,
    findings: Sequence[Finding] = (),
    header: RunHeader | None = None,
    footer: RunFooter | None = None,
) -> RunLog:
    """Writes a log as a run does, with the totals of its cases in the footer, and opens it."""
    for number, (one, finished) in enumerate(cases, 1):
        one.call_id = finished.call_id = number
    start = RunHeader(runners=runners, started=STARTED)
    start.MergeFrom(header or RunHeader())
    end = RunFooter(wall_nanos=1_234_567_890)
    end.MergeFrom(footer or RunFooter(decision=run_pb2.DECISION_CONFORMANT))
    ready = [
        RunnerReady(runner=at, description=DescribeResponse(version=f"1.{at}", language="go"))
        for at in range(len(runners))
    ]
    path = Path(tempfile.mkdtemp(dir=folder)) / "events.binpb"
    return write_log(
        path, start, cases, lambda _: end, ready=ready, findings=findings, left_out=left_out
    )


def strict(log: RunLog) -> Any:
    """Returns the strict report, which must fit the schema."""
    out = io.BytesIO()
    write_strict(log, out)
    root = junit.parse(out.getvalue())
    assert junit.objections(root) == []
    return root


def extended(log: RunLog) -> Any:
    out = io.BytesIO()
    write_extended(log, out)
    return junit.parse(out.getvalue())


def find_testcase(root: Any, classname: str, name: str) -> Any:
    (found,) = [
        found
        for found in root.iter("testcase")
        if (found.get("classname"), found.get("name")) == (classname, name)
    ]
    return found


def mixed_cases(runners: int) -> Iterator[Case]:
    """Yields a case for every combination of results, in suites that alternate."""
    suites = itertools.cycle(["one", "two/a", "two/b"])
    for number, (results, level) in enumerate(itertools.product(every_case(runners), _LEVELS)):
        yield case(f"{next(suites)}/c{number}", *results, level=level, tags=["t", "u"])


@pytest.mark.parametrize("runners", [1, 2])
def test_totals_are_those_of_the_footer(folder: Path, runners: int) -> None:
    names = ["go", "rust"][:runners]
    log = record(folder, list(mixed_cases(runners)), names)
    for root in (strict(log), extended(log)):
        junit.assert_sums_come_out(root)
        suites = [f"{name}.{s}" for name in (*names, "parity") for s in ("one", "two.a", "two.b")]
        assert [testsuite.get("name") for testsuite in root] == suites
        for name, ledger in zip(names, log.footer.ledgers, strict=True):
            counts = _of_subject(root, name)
            assert counts["tests"] == ledger.planned
            # A failure that is not binding is skipped, so these are bounds and the rest adds up.
            errors = ledger.panicked + ledger.crashed + ledger.timed_out
            errors += ledger.protocol_errors + ledger.missing
            assert 0 < counts["failures"] <= ledger.failed
            assert 0 < counts["errors"] <= errors
            skipped = ledger.unsupported + ledger.known + ledger.failed + errors
            assert counts["skipped"] == skipped - counts["failures"] - counts["errors"]
        assert _of_subject(root, "parity")["tests"] == log.footer.parity.cases
        assert junit.said(root)["tests"] == _planned(log)


def _of_subject(root: Any, name: str) -> dict[str, int]:
    suites = [junit.said(suite) for suite in root if suite.get("name").split(".")[0] == name]
    return {count: sum(suite[count] for suite in suites) for count in suites[0]}


def _planned(log: RunLog) -> int:
    return sum(ledger.planned for ledger in log.footer.ledgers) + log.footer.parity.cases


def test_element_of_each_status(folder: Path) -> None:
    wrong = case("s/wrong", (PASS, 1, False), (MISMATCH, 2, False))
    wrong[1].results[1].differences.append(
        Difference(field_path="a.b", expected="<1>", actual='"2" & 3')
    )
    gone = case("s/gone", (PASS, 1, False), (CRASH, 0, False))
    gone[1].results[1].observation.crash.CopyFrom(Crash(text="signal 6", stderr="oh\r\n\x1b[1mno"))
    lacking = case("s/lacking", (PASS, 1, False), (UNSUPPORTED, 0, False))
    known = case("s/known", (PASS, 1, False), (MISMATCH, 2, True))
    root = strict(record(folder, [wrong, gone, lacking, known]))
    assert len(find_testcase(root, "go.s", "s/wrong")) == 0
    assert _outcome(root, "rust.s", "s/wrong") == (
        "failure",
        {"type": "mismatch", "message": 'a.b: expected <1>, got "2" & 3'},
        'a.b: expected <1>, got "2" & 3',
    )
    assert _outcome(root, "rust.s", "s/gone") == (
        "error",
        {"type": "crash", "message": "crash: signal 6"},
        "oh\n\\x1b[1mno",
    )
    tag, attributes, text = _outcome(root, "rust.s", "s/known")
    assert (tag, list(attributes), text) == ("skipped", ["message"], None)
    assert attributes["message"].startswith("known divergence: ")
    assert _outcome(root, "rust.s", "s/lacking")[0] == "skipped"
    assert _outcome(root, "parity.s", "s/wrong")[:2] == (
        "failure",
        {"type": "divergence", "message": "go against rust; odd one out: rust"},
    )
    assert len(find_testcase(root, "parity.s", "s/gone")) == 0


def _outcome(root: Any, classname: str, name: str) -> tuple[str, dict[str, str], str | None]:
    (found,) = find_testcase(root, classname, name)
    return found.tag, dict(found.attrib), found.text


def test_times_of_run_testsuites_and_testcases(folder: Path) -> None:
    cases = [case(f"s/c{number}", (PASS, 1, False), (PASS, 1, False)) for number in range(3)]
    cases[0][1].results[0].elapsed_nanos = 12_345_678_901_234
    root = strict(record(folder, cases))
    assert root.get("time") == "1.235"
    assert [suite.get("time") for suite in root] == ["12345.682", "0.009", "0.000"]
    assert {suite.get("timestamp") for suite in root} == {"2027-01-15T08:00:00Z"}
    assert find_testcase(root, "go.s", "s/c0").get("time") == "12345.678901234"
    assert find_testcase(root, "rust.s", "s/c1").get("time") == "0.003000000"
    assert find_testcase(root, "parity.s", "s/c1").get("time") == "0.000000000"


def test_facts_about_the_run_are_properties_of_its_testsuites(folder: Path) -> None:
    header = RunHeader(seed="abc", testingkit_version="1.2.3")
    root = strict(record(folder, [case("s/c", (PASS, 1, False), (PASS, 1, False))], header=header))
    facts = {"testingkit": "1.2.3", "seed": "abc", "decision": "conformant", "exit_code": "0"}
    go, rust, parity = ({p.get("name"): p.get("value") for p in suite[0]} for suite in root)
    assert go == {**facts, "runner.version": "1.0", "runner.language": "go"}
    assert rust == {**facts, "runner.version": "1.1", "runner.language": "go"}
    assert parity == facts


def test_extended_report_only_adds_to_the_strict_one(folder: Path) -> None:
    log = record(folder, list(mixed_cases(2)))
    root = extended(log)
    found = find_testcase(root, "rust.one", "one/c0")
    assert (found.get("file"), found.get("line")) == ("cases/a.textproto", "7")
    assert [(p.get("name"), p.get("value")) for p in found.find("properties")] == [
        ("counted_as", "passed"),
        ("method", "p.v1.S/M"),
        ("level", "required"),
        ("tag", "t"),
        ("tag", "u"),
    ]
    objections = " ".join(junit.objections(root))
    for what in ("'skipped'", "'timestamp'", "'file'", "'line'", "properties"):
        assert what in objections
    for name in ("skipped", "timestamp"):
        del root.attrib[name]
    for found in root.iter("testcase"):
        del found.attrib["file"], found.attrib["line"]
        found.remove(found.find("properties"))
    assert _content(root) == _content(strict(log))


def _content(element: Any) -> Any:
    text = (element.text or "").strip()
    return element.tag, dict(element.attrib), text, [_content(child) for child in element]


def test_small_spool_makes_the_same_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = record(folder, list(mixed_cases(2)))
    whole, in_pieces = io.BytesIO(), io.BytesIO()
    write_extended(log, whole)
    monkeypatch.setattr(junit_document, "Spool", functools.partial(Spool, max_held=5000))
    write_extended(log, in_pieces)
    assert in_pieces.getvalue() == whole.getvalue()


def test_left_out_cases_are_in_the_totals(folder: Path) -> None:
    done = case("s/c", (PASS, 1, False), (PASS, 1, False))
    left_out = LeftOut(cases=1999, text="the run was interrupted")
    log = record(folder, [done], left_out=left_out)
    for root in (strict(log), extended(log)):
        names = ["go", "go.s", "rust", "rust.s", "parity", "parity.s"]
        assert [suite.get("name") for suite in root] == names
        assert junit.said(root)["tests"] == _planned(log) == 3 * 2000
        assert junit.said(root)["errors"] == 2 * 1999
        assert junit.said(root[0]) == {"tests": 1999, "failures": 0, "errors": 1999, "skipped": 0}
        assert junit.said(root[4])["skipped"] == 1999
        found = find_testcase(root, "go", "never_begun").find("error")
        text = "1,999 of 2,000 cases were not run: the run was interrupted"
        assert (found.get("type"), found.get("message")) == ("not_run", text)
        assert find_testcase(root, "parity", "never_begun").find("skipped").get("message") == text


def test_run_that_fails_without_a_failed_case_has_an_error(folder: Path) -> None:
    done = case("s/c", (PASS, 1, False), (PASS, 1, False))
    stale = Finding(id="S1", kind=run_pb2.FINDING_KIND_STALE, text="go passes s/c now", gated=True)
    note = Finding(id="F1", kind=run_pb2.FINDING_KIND_FAILURE, text="no matter")
    footer = RunFooter(decision=NOT_CONFORMANT, exit_code=1, reasons=["1 problem", "S1"])
    root = strict(record(folder, [done], findings=[stale, note], footer=footer))
    junit.assert_sums_come_out(root)
    assert root[-1].get("name") == "run"
    assert _outcome(root, "run", "decision") == (
        "error",
        {"type": "not_conformant", "message": "1 problem; S1"},
        "S1: go passes s/c now",
    )
    footer = RunFooter(decision=run_pb2.DECISION_NOTHING_RAN, exit_code=4)
    root = strict(record(folder, [], footer=footer))
    assert _outcome(root, "run", "decision")[1]["message"] == "nothing_ran"
    wrong = case("s/c", (PASS, 1, False), (MISMATCH, 2, False))
    root = strict(record(folder, [wrong], footer=RunFooter(decision=NOT_CONFORMANT)))
    assert [suite.get("name") for suite in root] == ["go.s", "rust.s", "parity.s"]


def test_names_that_could_be_taken_for_each_other(folder: Path) -> None:
    runners = ["parity", "run", "a", "a.b", "parity_"]
    ids = ["b/c/x", "b.c/x", "/x", "x", "b\\x2ec/x", "c/x", "b/c/\x01", "b/c/\\x01"]
    cases = [case(name, *[(PASS, 1, False)] * len(runners)) for name in ids]
    footer = RunFooter(decision=NOT_CONFORMANT)
    root = strict(record(folder, cases, runners, left_out=LeftOut(cases=1), footer=footer))
    junit.assert_all_different([suite.get("name") for suite in root])
    junit.assert_all_different([(c.get("classname"), c.get("name")) for c in root.iter("testcase")])
    assert len(list(root.iter("testcase"))) == (len(runners) + 1) * (len(ids) + 1)


def test_a_long_text_is_cut(folder: Path) -> None:
    long = case("s/c", (CRASH, 0, False))
    stderr = "\U000e0001" * 3_000_000
    long[1].results[0].observation.crash.CopyFrom(Crash(text="signal 6", stderr=stderr))
    found = find_testcase(strict(record(folder, [long], ["go"])), "go.s", "s/c").find("error")
    assert found.text == "\\U000e0001" * xml_text.MAX_TEXT + "…+2900000"


# Characters that XML forbids, that parsers turn into others, that end a part of it, or are unseen.
_HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\x00\x1b\t\n\r\x85\u2028\u202e\ufffe\uffff\ufeff\\<>&\"']\U0001f980"),
    max_size=20,
) | st.sampled_from(["]]>", "<![CDATA[", "&#0;", "&lt;", "<!DOCTYPE a>", "--><!--", "\\x00", "/"])


def _line(text: str) -> str:
    return safe(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _name_of(shown: str) -> str:
    """The name that a name in a report is of."""
    escape = r"\\(?:(\\)|(n)|(r)|x(..)|u(.{4})|U(.{8}))"
    texts = {1: "\\", 2: "\n", 3: "\r"}

    def plain(match: re.Match[str]) -> str:
        assert match.lastindex is not None
        return texts.get(match.lastindex) or chr(int(match[match.lastindex], 16))

    return re.sub(escape, plain, shown)


@given(st.lists(_HOSTILE, min_size=7, max_size=7), st.lists(_HOSTILE, min_size=2, unique=True))
def test_any_text_is_text(folder: Path, texts: list[str], names: list[str]) -> None:
    runner, text, stderr, seed, method, path, tag = texts
    cases = [case(name, (CRASH, 0, False), method=method, path=path, tags=[tag]) for name in names]
    for _, finished in cases:
        finished.results[0].observation.crash.CopyFrom(Crash(text=text, stderr=stderr))
    log = record(folder, cases, [runner], header=RunHeader(seed=seed))
    for root in (strict(log), extended(log)):
        junit.assert_sums_come_out(root)
        assert junit.said(root)["tests"] == _planned(log)
        crashed = _crashed(root)
        assert {_name_of(c.get("name")) for c in crashed} == set(names)
        assert {_name_of(c.get("classname").split(".")[0]) for c in crashed} == {runner}
        for found in crashed:
            error = found.find("error")
            assert error.get("message") == _line(f"crash: {text}".partition("\n")[0])
            assert (error.text or "") == "\n".join(map(_line, safe_lines(stderr)))
        if seed:
            (said,) = {p.get("value") for p in root.iter("property") if p.get("name") == "seed"}
            assert said == _line(seed)
    found = _crashed(extended(log))[0]
    assert found.get("file", "") == _line(path)
    facts = {p.get("name"): p.get("value") for p in found.find("properties")}
    assert (facts.get("method", ""), facts.get("tag", "")) == (_line(method), _line(tag))


def _crashed(root: Any) -> Sequence[Any]:
    return [found for found in root.iter("testcase") if found.find("error") is not None]


_SUITE = '<testsuite name="a" tests="0" failures="0" errors="0" {}>{}</testsuite>'


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ('<testsuites skipped="0"/>', "'skipped'"),
        ('<testsuites timestamp="now"/>', "'timestamp'"),
        ('<testsuites uuid="1"/>', "'uuid'"),
        ('<testsuite name="a" tests="0" failures="0"/>', "'errors'"),
        (_SUITE.format('time="0.1234"', ""), "'time'"),
        (_SUITE.format("", '<testcase name="a" file="b"/>'), "'file'"),
        (_SUITE.format("", '<testcase name="a" line="1"/>'), "'line'"),
        (_SUITE.format("", '<testcase name="a" timestamp="now"/>'), "'timestamp'"),
        (_SUITE.format("", '<testcase name="a"><properties/></testcase>'), "properties"),
        (_SUITE.format("", '<testcase name="a"><flakyFailure/></testcase>'), "'type'"),
        (_SUITE.format("", '<properties><property name="a"/></properties>'), "'value'"),
    ],
)
def test_schema_rejects_what_strict_readers_reject(document: str, what: str) -> None:
    (objection,) = junit.objections(junit.parse(document.encode()))[:1]
    assert what in objection

"""JUnit XML of real runs fits the schema, and adds up to the footer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from testingkit.conformance.v1.run_pb2 import Ledger, ParityTotals
from tests.conformance import junit
from tests.e2e.project import Project

_HEAD = """\
name: "%s"
service: "greet.v1.GreetService"
defaults { method: "Greet" timeout { nanos: 400000000 } }
"""
_CASE = """
cases {
  name: "%s"
  request { name: "%s" }
  expect { response { text: "Hello, %s" length: %d } }
}
"""
_KNOWN = """\
entries {
  case: "greet/loud/known"
  kind: DIVERGENCE_KIND_BUG
  outcome { response { text: "HELLO, SHOUT KNOWN" length: 18 } }
  reason: "it shouts"
}
"""
_SUITES: Mapping[str, Mapping[str, str]] = {
    "greet": {"greets": "Ada", "dies": "die", "hangs": "hang", "panics": "panic"},
    "greet/loud": {"known": "shout known", "shouts": "shout", "markup": "shout ]]> <b> &amp; é"},
}
# Expected counts by runner and suite: tests, failures, errors, skipped.
_EXPECTED: Mapping[str, tuple[int, int, int, int]] = {
    "good.greet": (4, 0, 0, 0),
    "good.greet.loud": (3, 0, 0, 0),
    "bad.greet": (4, 0, 3, 0),
    "bad.greet.loud": (3, 2, 0, 1),
    "lacking.greet": (4, 0, 0, 4),
    "lacking.greet.loud": (3, 0, 0, 3),
    # A panic is an answer that differs; a crash and a timeout are not answers.
    "parity.greet": (4, 1, 0, 0),
    "parity.greet.loud": (3, 2, 0, 1),
}
_COLUMNS = {
    "failures": ("failed", "flaky"),
    "errors": ("panicked", "crashed", "timed_out", "protocol_errors", "missing"),
    "skipped": ("unsupported", "known"),
}
_PARITY_COLUMNS = {"failures": ("diverge",), "errors": (), "skipped": ("none", "known")}


@pytest.fixture
def failing(honest: Project) -> Project:
    """A project in which a run fails in every way."""
    honest.add("bad", "scripted.py")
    honest.add_greeter("lacking", "claims_nothing")
    for name, cases in _SUITES.items():
        text = _HEAD % name
        for case, whom in cases.items():
            text += _CASE % (case, whom, whom, 7 + len(whom))
        path = honest.folder / "cases" / f"{name}.textproto"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    honest.write_known("bad", _KNOWN)
    return honest


def _report(project: Project, *options: str) -> Any:
    """Returns the report of the last run, by a command that only prints which run it is."""
    shown = project.run("report", *options, "junit.xml")
    assert (shown.exit, shown.out, shown.notes) == (0, "", "")
    return junit.parse((project.folder / "junit.xml").read_bytes())


def _assert_adds_up_to_the_footer(project: Project, root: Any) -> None:
    """Asserts that testsuites add up to the ledgers of runners, and to the totals of parity."""
    footer = project.footer()
    names = project.events()[0].header.runners
    for name, ledger in zip(names, footer.ledgers, strict=True):
        _assert_counts(_sum(root, name), ledger, ledger.planned, _COLUMNS)
    _assert_counts(_sum(root, "parity"), footer.parity, footer.parity.cases, _PARITY_COLUMNS)
    planned = sum(ledger.planned for ledger in footer.ledgers) + footer.parity.cases
    assert junit.said(root)["tests"] == planned


def _sum(root: Any, name: str) -> dict[str, int]:
    suites = [junit.said(suite) for suite in root if suite.get("name").split(".")[0] == name]
    return {count: sum(suite[count] for suite in suites) for count in suites[0]}


def _assert_counts(
    counts: Mapping[str, int],
    totals: Ledger | ParityTotals,
    tests: int,
    columns: Mapping[str, tuple[str, ...]],
) -> None:
    expected = {
        count: sum(getattr(totals, column) for column in columns[count]) for count in columns
    }
    assert counts == {"tests": tests, **expected}


def test_failing_run_has_every_kind_of_result(failing: Project) -> None:
    assert failing.run("run", "--quiet", "--seed", "abc").exit == 1
    root = _report(failing, "--junit")
    assert junit.objections(root) == []
    assert {suite.get("name"): tuple(junit.said(suite).values()) for suite in root} == _EXPECTED
    for report in (root, _report(failing, "--junit-extended")):
        junit.assert_sums_come_out(report)
        _assert_adds_up_to_the_footer(failing, report)
        elements = {
            (found.get("classname"), found.get("name")): found.find("*[@message]")
            for found in report.iter("testcase")
        }
        died = elements["bad.greet", "greet/dies"]
        assert (died.tag, died.get("type")) == ("error", "crash")
        assert "exited with status 3" in died.get("message")
        assert elements["bad.greet", "greet/hangs"].get("type") == "timeout"
        assert "trigger was pulled" in elements["bad.greet", "greet/panics"].text
        wrong = elements["bad.greet.loud", "greet/loud/markup"]
        assert (wrong.tag, wrong.get("type")) == ("failure", "mismatch")
        assert '"Hello, shout ]]> <b> &amp; é"' in wrong.get("message")
        known = elements["bad.greet.loud", "greet/loud/known"]
        assert known.get("message").startswith("known divergence: ")
        lacking = elements["lacking.greet", "greet/greets"]
        assert (lacking.tag, lacking.attrib.keys()) == ("skipped", ["message"])
        assert lacking.get("message").endswith("unsupported")
        assert elements["parity.greet.loud", "greet/loud/shouts"].get("type") == "divergence"
        assert elements["good.greet", "greet/dies"] is None


def test_extended_report_has_the_places_of_cases(failing: Project) -> None:
    failing.run("run", "--quiet")
    places = set()
    for found in _report(failing, "--junit-extended").iter("testcase"):
        path, line = failing.folder / found.get("file"), int(found.get("line"))
        name = found.get("name").rpartition("/")[2]
        assert f'name: "{name}"' in "".join(_lines(path)[line - 1 : line + 1])
        assert float(found.get("time")) >= 0
        places.add((path, line))
    assert len(places) == 7


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_passing_run_fits_the_schema_and_the_footer(honest: Project) -> None:
    honest.add_greeter("other")
    assert honest.run("run", "--quiet").exit == 0
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    junit.assert_sums_come_out(root)
    _assert_adds_up_to_the_footer(honest, root)
    assert [s.get("name") for s in root] == ["good.greet", "other.greet", "parity.greet"]
    assert junit.said(root) == {"tests": 15, "failures": 0, "errors": 0}
    assert all(float(c.get("time")) for c in root[0].iter("testcase"))
    # Standard output takes it as well.
    shown = honest.run("report", "--junit", "-")
    assert shown.notes == ""
    assert shown.out.encode() == (honest.folder / "junit.xml").read_bytes()


def test_failure_without_a_failing_case_is_an_error_of_the_run(honest: Project) -> None:
    honest.add("bad", "protocol_breaker.py", "dies_at_the_end")
    assert honest.run("run", "--quiet").exit == 1
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    junit.assert_sums_come_out(root)
    assert root[-1].get("name") == "run"
    error = root[-1].find("testcase/error")
    assert error.get("type") == "not_conformant"
    assert "status 3" in error.text


def test_cases_that_a_run_left_out_are_counted(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.write_many(20_000, triggers=[3])
    assert honest.run("run", "--quiet", "-x").exit != 0
    left_out = [event.left_out.cases for event in honest.events() if event.HasField("left_out")]
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    _assert_adds_up_to_the_footer(honest, root)
    for suite, status in (("good", "errors"), ("bad", "errors"), ("parity", "skipped")):
        (found,) = [junit.said(s) for s in root if s.get("name") == suite]
        assert [found["tests"]] == [found[status]] == left_out


def test_runner_that_did_not_start_has_the_reason(honest: Project) -> None:
    honest.add_greeter("gone", "dies_at_start")
    honest.run("run", "-q")
    text = honest.run("report", "--junit", "-").out
    (problem,) = {
        line.problem for line in (e.runner_ready for e in honest.events()) if line.problem
    }
    messages = re.findall(r'message="([^"]*the runner did not start: [^"]*)"', text)
    assert len(messages) == 5
    assert {message.partition("the runner did not start: ")[2] for message in messages} == {
        problem.partition("\n")[0]
    }

"""JUnit XML of real runs, by the real command: it fits the schema and adds up to the footer."""

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
# What becomes of the cases, by suite and runner: tests, failures, errors, skipped.
_EXPECTED: Mapping[str, tuple[int, int, int, int]] = {
    "good.greet": (4, 0, 0, 0),
    "good.greet.loud": (3, 0, 0, 0),
    "bad.greet": (4, 0, 3, 0),
    "bad.greet.loud": (3, 2, 0, 1),
    "lacking.greet": (4, 0, 0, 4),
    "lacking.greet.loud": (3, 0, 0, 3),
    "parity.greet": (4, 1, 0, 0),  # A panic is an answer that differs; those gone gave none.
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
    honest.add("lacking", "faulty.py", "claims_nothing")
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
    """The report of the last run, by a command that says nothing else."""
    shown = project.run("report", *options, "junit.xml")
    assert (shown.exit, shown.out, shown.err) == (0, "", "")
    return junit.parse((project.folder / "junit.xml").read_bytes())


def _assert_of_the_footer(project: Project, root: Any) -> None:
    """The testsuites of each runner add up to its ledger, those of parity to its totals."""
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


def test_a_run_that_fails_in_every_way(failing: Project) -> None:
    assert failing.run("run", "--quiet", "--seed", "abc").exit == 1
    root = _report(failing, "--junit")
    assert junit.objections(root) == []
    assert {suite.get("name"): tuple(junit.said(suite).values()) for suite in root} == _EXPECTED
    for report in (root, _report(failing, "--junit-extended")):
        junit.assert_sums_come_out(report)
        _assert_of_the_footer(failing, report)
        said = {
            (found.get("classname"), found.get("name")): found.find("*[@message]")
            for found in report.iter("testcase")
        }
        died = said["bad.greet", "greet/dies"]
        assert (died.tag, died.get("type")) == ("error", "crash")
        assert "exited with status 3" in died.get("message")
        assert said["bad.greet", "greet/hangs"].get("type") == "timeout"
        assert "trigger was pulled" in said["bad.greet", "greet/panics"].text
        wrong = said["bad.greet.loud", "greet/loud/markup"]
        assert (wrong.tag, wrong.get("type")) == ("failure", "mismatch")
        assert '"Hello, shout ]]> <b> &amp; é"' in wrong.get("message")
        known = said["bad.greet.loud", "greet/loud/known"]
        assert known.get("message").startswith("known divergence: ")
        lacking = said["lacking.greet", "greet/greets"]
        assert (lacking.tag, lacking.attrib.keys()) == ("skipped", ["message"])
        assert lacking.get("message").endswith("unsupported")
        assert said["parity.greet.loud", "greet/loud/shouts"].get("type") == "divergence"
        assert said["good.greet", "greet/dies"] is None


def test_extended_points_at_the_cases(failing: Project) -> None:
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


def test_a_run_that_passes(honest: Project) -> None:
    honest.add("other", "greeter.py")
    assert honest.run("run", "--quiet").exit == 0
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    junit.assert_sums_come_out(root)
    _assert_of_the_footer(honest, root)
    assert [s.get("name") for s in root] == ["good.greet", "other.greet", "parity.greet"]
    assert junit.said(root) == {"tests": 15, "failures": 0, "errors": 0}
    assert all(float(c.get("time")) for c in root[0].iter("testcase"))
    # Standard output takes it as well.
    shown = honest.run("report", "--junit", "-")
    assert shown.err == ""
    assert shown.out.encode() == (honest.folder / "junit.xml").read_bytes()


def test_a_run_that_fails_where_no_case_does(honest: Project) -> None:
    honest.add("bad", "protocol_breaker.py", "dies_at_the_end")
    assert honest.run("run", "--quiet").exit == 1
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    junit.assert_sums_come_out(root)
    assert root[-1].get("name") == "run"
    error = root[-1].find("testcase/error")
    assert error.get("type") == "not_conformant"
    assert "status 3" in error.text


def test_a_run_that_ended_early(honest: Project) -> None:
    honest.add("bad", "faulty.py", "answers_wrong")
    honest.write_many(20_000, triggers=[3])
    assert honest.run("run", "--quiet", "-x").exit != 0
    left_out = [event.left_out.cases for event in honest.events() if event.HasField("left_out")]
    root = _report(honest, "--junit")
    assert junit.objections(root) == []
    _assert_of_the_footer(honest, root)
    for suite, status in (("good", "errors"), ("bad", "errors"), ("parity", "skipped")):
        (found,) = [junit.said(s) for s in root if s.get("name") == suite]
        assert [found["tests"]] == [found[status]] == left_out


def test_a_runner_that_did_not_start_says_why(honest: Project) -> None:
    honest.add("gone", "faulty.py", "dies_at_start")
    honest.run("run", "-q")
    text = honest.run("report", "--junit", "-").out
    (problem,) = {
        line.problem for line in (e.runner_ready for e in honest.events()) if line.problem
    }
    said = re.findall(r'message="([^"]*the runner did not start: [^"]*)"', text)
    assert len(said) == 5
    assert {message.partition("the runner did not start: ")[2] for message in said} == {
        problem.partition("\n")[0]
    }

"""CTRF: it fits the schema, has the totals of the run, and fails exactly when the run does."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.ctrf import write
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from tests.conformance import run_logs
from tests.conformance.finished_cases import every_result
from tests.conformance.run_logs import HOSTILE, NAMES, RECOMMENDED, REQUIRED, case, record

_SCHEMA = Draft7Validator(run_logs.schema(Path(__file__).with_name("ctrf.schema.json")))
_Counts = Counter[tuple[str | None, str]]
_PASS = [(verdict_pb2.VERDICT_PASS, 1, False)] * 3


def report(log: RunLog) -> Any:
    document = json.loads(run_logs.written(write, log))
    _SCHEMA.validate(document)
    summary, tests = document["results"]["summary"], document["results"]["tests"]
    counts = Counter(test["status"] for test in tests)
    assert summary["tests"] == len(tests)
    assert all(summary[name] == times for name, times in counts.items())
    return document


def items(log: RunLog) -> list[Any]:
    found: list[Any] = report(log)["results"]["tests"]
    return found


def columns(tests: list[Any]) -> _Counts:
    extras = (test["extra"] for test in tests if "extra" in test)
    return Counter((extra["runner"], extra["column"]) for extra in extras)


def assert_totals(log: RunLog, tests: list[Any]) -> None:
    """Asserts that tests and left out cases add up to the totals of the footer."""
    left_out = log.left_out.cases
    expected: _Counts = Counter({(name, "missing"): left_out for name in NAMES})
    expected[None, "none"] = left_out
    for (name, column), times in columns(tests).items():
        expected[name, column] += times
    footer: _Counts = Counter()
    for name, ledger in zip(NAMES, log.footer.ledgers, strict=True):
        footer.update({(name, f.name): n for f, n in ledger.ListFields() if f.name != "planned"})
        del footer[name, "runner"]
    footer.update(
        {(None, f.name): n for f, n in log.footer.parity.ListFields() if f.name != "cases"}
    )
    assert +expected == +footer


def test_fields_of_a_report(tmp_path: Path) -> None:
    log = record(tmp_path, run_logs.every_kind(tags=["slow"], method="p.S/M"))
    document = report(log)
    results = document["results"]
    assert (document["reportFormat"], document["generatedBy"]) == ("CTRF", "testingkit 0.1.0")
    assert results["tool"] == {"name": "testingkit", "version": "0.1.0"}
    summary = results["summary"]
    assert (summary["start"], summary["stop"]) == (1_800_000_000_005, 1_800_000_002_000)
    assert_totals(log, results["tests"])
    assert results["tests"][0] == {
        "name": "a/b/1 [go]",
        "status": "passed",
        "duration": 2,
        "suite": ["go", "a", "b"],
        "rawStatus": "pass",
        "filePath": "a.textproto",
        "line": 7,
        "tags": ["slow"],
        "extra": {
            "case": "a/b/1",
            "runner": "go",
            "parity": False,
            "column": "passed",
            "level": "required",
            "method": "p.S/M",
            "nanos": 1_700_000,
        },
    }
    assert results["environment"]["extra"]["seed"] == "7f"
    assert [runner["name"] for runner in results["environment"]["extra"]["runners"]] == NAMES
    assert results["extra"]["decision"] == "not_conformant"
    assert results["extra"]["parity"]["cases"] == 10
    assert "left_out" not in results["extra"]


def test_status_raw_status_and_message_of_failures(tmp_path: Path) -> None:
    found = items(record(tmp_path, run_logs.every_kind()))
    failures = [test for test in found if test["status"] != "passed"]
    assert {(test["rawStatus"], test["status"]) for test in failures} == {
        ("mismatch", "failed"),
        ("crash", "failed"),
        ("panic", "failed"),
        ("not_run", "failed"),
        ("divergence", "failed"),
        ("mismatch", "skipped"),  # known, and not binding
        ("panic", "skipped"),
        ("divergence", "skipped"),
        ("unsupported", "skipped"),
        ("none", "skipped"),
    }
    assert all(test["message"] for test in failures)
    assert not any("flaky" in test for test in found)


def test_runner_named_parity_is_distinct_from_parity(tmp_path: Path) -> None:
    found = items(record(tmp_path, [case(1, _PASS)]))
    assert [t["extra"]["runner"] for t in found] == [*NAMES, None]
    assert [t["extra"]["parity"] for t in found] == [False, False, False, True]


def test_hostile_texts_are_escaped(tmp_path: Path) -> None:
    hostile = [run_logs.finding(text=HOSTILE, advice=HOSTILE, path=HOSTILE)]
    texts = {"case_id": HOSTILE, "path": HOSTILE, "method": HOSTILE, "tags": [HOSTILE]}
    crash = (verdict_pb2.VERDICT_CRASH, 0, False)
    cases = [case(1, [*_PASS[:2], crash], **texts)]
    log = record(tmp_path, cases, hostile, left_out=2, text=HOSTILE)
    text = run_logs.written(write, log)
    assert all(safe(line) == line for line in text.split("\n"))
    assert len(text.split("\n")) == len(items(log)) + 3
    for test in items(log):
        shown = [value for value in test.values() if isinstance(value, str)]
        shown = [line for value in shown for line in value.split("\n")]
        assert all(safe(value) == value for value in (*shown, *test.get("suite", ())))
    first = items(log)[0]
    assert first["name"] == f"{safe(HOSTILE)} [go]"
    assert first["extra"]["case"] == HOSTILE
    assert report(log)["results"]["environment"]["extra"]["runners"][0]["version"] == HOSTILE


def test_left_out_cases_are_counted_and_fail_the_report(tmp_path: Path) -> None:
    kind, text = run_pb2.FINDING_KIND_INCOMPLETE, "7 cases were not run: enough"
    for number, findings in enumerate(([], [run_logs.finding(id="I1", kind=kind, text=text)])):
        log = record(tmp_path / str(number), [case(1, _PASS)], findings, left_out=7, text="enough")
        results = report(log)["results"]
        assert results["extra"]["left_out"] == {"cases": 7, "text": "enough"}
        assert_totals(log, results["tests"])
        (failed,) = (test for test in results["tests"] if test["status"] == "failed")
        name, kind_of_it = [("decision", "interrupted"), ("finding I1", "incomplete")][number]
        assert (failed["name"], failed["rawStatus"]) == (name, kind_of_it)


def test_finding_without_a_failed_case_is_a_failed_test(tmp_path: Path) -> None:
    weak = run_logs.finding(id="W1", kind=run_pb2.FINDING_KIND_WEAK, path="b", line=3)
    unproven = run_logs.finding(
        id="I1", kind=run_pb2.FINDING_KIND_INCOMPLETE, case_id="a/b/1", advice="add a runner"
    )
    mild = run_logs.finding(id="F1", gated=False)
    found = items(record(tmp_path, [case(1, _PASS)], [weak, unproven, mild]))
    failed = [(test["name"], test["rawStatus"]) for test in found if test["status"] == "failed"]
    assert failed == [("finding W1", "weak"), ("finding I1", "incomplete")]
    assert (found[-2]["filePath"], found[-2]["line"]) == ("b", 3)
    assert found[-1]["message"] == "stale; add a runner"


def test_finding_of_a_failed_case_has_no_test_of_its_own(tmp_path: Path) -> None:
    wrong = [*_PASS[:2], (verdict_pb2.VERDICT_MISMATCH, 2, False)]
    divergence = run_logs.finding(id="D1", kind=run_pb2.FINDING_KIND_DIVERGENCE, case_id="a/b/1")
    found = items(record(tmp_path, [case(1, wrong)], [divergence]))
    assert [test["name"] for test in found if test["status"] == "failed"] == [
        "a/b/1 [parity]",  # the runner of that name
        "a/b/1 [parity]",
    ]


def test_run_without_answers_has_a_failed_test(tmp_path: Path) -> None:
    unsupported = [(verdict_pb2.VERDICT_UNSUPPORTED, 0, False)] * 3
    for number, cases in enumerate(([], [case(1, unsupported)])):
        *_, last = items(record(tmp_path / str(number), cases))
        assert (last["name"], last["status"]) == ("decision", "failed")
        assert last["rawStatus"] == "nothing_ran"


@pytest.mark.parametrize("level", [REQUIRED, RECOMMENDED])
def test_report_fails_exactly_if_the_run_does(tmp_path: Path, level: int) -> None:
    every = itertools.combinations_with_replacement(every_result(), 3)
    for number, results in enumerate(every):
        log = record(tmp_path / str(number), [case(1, results, level=level)])
        found = items(log)
        failed = any(test["status"] == "failed" for test in found)
        assert failed == (log.footer.decision != run_pb2.DECISION_CONFORMANT), results
        assert_totals(log, found)

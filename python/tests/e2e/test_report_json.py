"""CTRF and JSON lines of a real run fit their schemas, and add up to the footer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from tests.e2e.project import REPOSITORY, Project, assert_totals_add_up

_CTRF = REPOSITORY / "python/tests/conformance/report/ctrf.schema.json"
_JSONL = REPOSITORY / "docs/schemas/jsonl.schema.json"
_RUNNERS = ["good", "wrong", "known", "dying", "idle"]
_Counts = Counter[tuple[str | None, str]]


def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _footer_counts(project: Project) -> _Counts:
    """Returns the columns of the footer that are not zero, by runner, or None for parity."""
    footer = project.footer()
    assert_totals_add_up(footer)
    counts: _Counts = Counter()
    for name, ledger in zip(_RUNNERS, footer.ledgers, strict=True):
        fields = {field.name: number for field, number in ledger.ListFields()}
        columns = fields.keys() - {"runner", "planned"}
        counts.update({(name, column): fields[column] for column in columns})
    parity = {field.name: number for field, number in footer.parity.ListFields()}
    counts.update({(None, column): parity[column] for column in parity.keys() - {"cases"}})
    return counts


@pytest.mark.smoke
def test_ctrf_fits_its_schema_and_the_footer(mixed: Project) -> None:
    result = mixed.run("report", "--ctrf", "out/ctrf.json")
    assert (result.exit, result.out, result.notes) == (0, "", "")
    document = json.loads((mixed.folder / "out/ctrf.json").read_text(encoding="utf-8"))
    Draft7Validator(_schema(_CTRF)).validate(document)
    tests, summary = document["results"]["tests"], document["results"]["summary"]
    extras = [test["extra"] for test in tests]
    assert Counter((extra["runner"], extra["column"]) for extra in extras) == _footer_counts(mixed)
    statuses = Counter(test["status"] for test in tests)
    assert all(summary[name] == times for name, times in statuses.items())
    assert summary["tests"] == len(tests) == len({test["name"] for test in tests}) == 30
    assert summary["start"] < summary["stop"]
    found = {t["name"]: t for t in tests if t["extra"]["case"] == "greet/greets_trigger"}
    line = mixed.suite.read_text().splitlines().index('  name: "greets_trigger"')
    places = {(test["filePath"], test["line"]) for test in found.values()}
    assert places == {("cases/greet.textproto", line)}
    crash = found["greet/greets_trigger [dying]"]
    assert (crash["status"], crash["rawStatus"]) == ("failed", "crash")
    assert "no way out" in crash["trace"].split("\n")
    known = found["greet/greets_trigger [known]"]
    assert (known["status"], known["extra"]["column"]) == ("skipped", "known")
    assert known["tags"] == ["fault"]
    parity = found["greet/greets_trigger [parity]"]
    assert (parity["status"], parity["rawStatus"]) == ("failed", "divergence")


def test_json_lines_fit_their_schema_and_the_footer(mixed: Project) -> None:
    result = mixed.run("report", "--jsonl", "-")
    assert (result.exit, result.notes) == (0, "")
    documents = [json.loads(line) for line in result.out.splitlines()]
    schema = Draft202012Validator(_schema(_JSONL))
    for document in documents:
        schema.validate(document)
    run, footer = documents[0], documents[-1]
    entries = [document for document in documents if document["kind"] == "entry"]
    assert Counter((e["runner"], e["column"]) for e in entries) == _footer_counts(mixed)
    assert [runner["name"] for runner in run["runners"]] == _RUNNERS
    assert (footer["decision"], footer["exit_code"]) == ("not_conformant", 1)
    findings = [document["id"] for document in documents if document["kind"] == "finding"]
    assert findings == [finding.id for finding in mixed.findings()]


def test_reports_of_one_run_are_the_same_every_time(mixed: Project) -> None:
    texts = []
    for folder in ("one", "two"):
        files = {form: mixed.folder / folder / form for form in ("ctrf", "jsonl")}
        words = [word for form, path in files.items() for word in (f"--{form}", str(path))]
        assert mixed.run("report", *words).exit == 0
        texts.append([path.read_bytes() for path in files.values()])
    assert texts[0] == texts[1]


def test_a_runner_that_does_not_start_fails_the_report(honest: Project) -> None:
    """No case fails here, only the start of the runner."""
    honest.add_greeter("gone", "dies_at_start")
    assert honest.run("run").exit == 5
    tests = honest.run("report", "--ctrf", "-").json["results"]["tests"]
    assert [t["rawStatus"] for t in tests if "extra" not in t] == ["runner"]
    assert [t["status"] for t in tests if "extra" not in t] == ["failed"]


def test_report_counts_the_cases_that_a_run_left_out(honest: Project) -> None:
    honest.add("slow", "faulty.py", "never_starts")
    honest.limits |= {"run_timeout": "1s", "start_timeout": "50s"}
    assert honest.run("run").exit == 5
    result = honest.run("report", "--jsonl", "-").out
    _, *entries, left_out, footer = [json.loads(line) for line in result.splitlines()]
    assert (left_out["kind"], left_out["cases"]) == ("left_out", 5)
    assert not any(entry["kind"] == "entry" for entry in entries)
    assert [ledger["missing"] for ledger in footer["ledgers"]] == [5, 5]
    results = honest.run("report", "--ctrf", "-").json["results"]
    assert results["extra"]["left_out"]["cases"] == 5
    (test,) = (t for t in results["tests"] if "were not run" in t["message"])
    assert (test["status"], test["rawStatus"]) == ("failed", "incomplete")

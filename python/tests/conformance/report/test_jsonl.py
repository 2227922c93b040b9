"""JSON lines: every line fits the schema, and the entries add up to the footer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor import EnumDescriptor
from jsonschema import Draft202012Validator, ValidationError

from testingkit.conformance.record.rows import Status
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.jsonl import write
from testingkit.conformance.results.tally import LEDGER_COLUMNS, PARITY_COLUMNS
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.case_pb2 import Level
from testingkit.conformance.v1.run_pb2 import Decision, FindingKind, Ledger, ParityTotals
from tests.conformance import run_logs
from tests.conformance.run_logs import HOSTILE, NAMES, case, record

_DOCUMENT = run_logs.schema(Path(__file__).parents[4] / "docs/schemas/jsonl.schema.json")
_SCHEMA = Draft202012Validator(_DOCUMENT)
_PASS = [(verdict_pb2.VERDICT_PASS, 1, False)] * 3


def lines(log: RunLog) -> list[Any]:
    text = run_logs.written(write, log)
    assert text.endswith("\n")
    documents = [json.loads(line) for line in text.removesuffix("\n").split("\n")]
    for document in documents:
        _SCHEMA.validate(document)
    return documents


def entries(documents: Sequence[Any]) -> list[Any]:
    return [document for document in documents if document["kind"] == "entry"]


def test_order_of_the_lines(tmp_path: Path) -> None:
    cases = [case(1, _PASS), case(2, _PASS)]
    found = lines(record(tmp_path, cases, [run_logs.finding()] * 2, left_out=3, text="enough"))
    assert [document["kind"] for document in found] == [
        "run",
        *["entry"] * 8,
        *["finding"] * 2,
        "left_out",
        "footer",
    ]
    assert [d.get("format_version") for d in found] == [1, *[None] * 12]
    assert found[-2] == {"kind": "left_out", "cases": 3, "text": "enough"}
    assert [entry["runner"] for entry in entries(found)] == [*NAMES, None] * 2
    assert not any(d["kind"] == "left_out" for d in lines(record(tmp_path / "whole", cases)))


def test_fields_of_an_entry(tmp_path: Path) -> None:
    results = [*_PASS[:2], (verdict_pb2.VERDICT_MISMATCH, 2, False)]
    planned = case(1, results, tags=["slow"], method="p.S/M", case_id="a/b/one")
    planned[1].results[2].differences[0].MergeFrom(
        verdict_pb2.Difference(field_path="f", expected="1", actual="2")
    )
    found = entries(lines(record(tmp_path, [planned])))
    assert found[2] == {
        "kind": "entry",
        "case": "a/b/one",
        "suite": "a/b",
        "runner": "parity",
        "status": "failed",
        "type": "mismatch",
        "column": "failed",
        "message": "f: expected 1, got 2",
        "detail": "f: expected 1, got 2",
        "nanos": 1_700_000,
        "path": "a.textproto",
        "line": 7,
        "method": "p.S/M",
        "level": "required",
        "tags": ["slow"],
    }
    assert (found[3]["runner"], found[3]["type"]) == (None, "divergence")


@pytest.mark.parametrize("left_out", [0, 5])
def test_entries_add_up_to_the_footer(tmp_path: Path, left_out: int) -> None:
    found = lines(record(tmp_path, run_logs.every_kind(), left_out=left_out, text="enough"))
    counts = Counter((entry["runner"], entry["column"]) for entry in entries(found))
    for name in NAMES:
        counts[name, "missing"] += left_out
    counts[None, "none"] += left_out
    footer = found[-1]
    for totals in (*footer["ledgers"], {**footer["parity"], "runner": None}):
        counted = {k: n for k, n in totals.items() if k not in {"runner", "planned", "cases"}}
        assert counted == {column: counts[totals["runner"], column] for column in counted}
        assert sum(counted.values()) == found[0]["cases"] == 10 + left_out


def test_hostile_texts_are_escaped_in_the_file_and_restored_by_a_parser(tmp_path: Path) -> None:
    texts = {"case_id": HOSTILE, "path": HOSTILE, "method": HOSTILE, "tags": [HOSTILE]}
    crash = (verdict_pb2.VERDICT_CRASH, 0, False)
    hostile = [run_logs.finding(text=HOSTILE, advice=HOSTILE, path=HOSTILE)]
    log = record(tmp_path, [case(1, [*_PASS[:2], crash], **texts)], hostile, 2, HOSTILE)
    text = run_logs.written(write, log)
    assert all(safe(line) == line for line in text.split("\n"))
    run, *_, found, left_out, _ = lines(log)
    assert run["runners"][0]["version"] == left_out["text"] == found["advice"] == HOSTILE
    for entry in entries(lines(log)):
        assert (entry["case"], entry["path"], entry["tags"]) == (HOSTILE, HOSTILE, [HOSTILE])
    assert entries(lines(log))[2]["detail"] == HOSTILE


def words(enum: EnumDescriptor, prefix: str) -> list[str]:
    return [v.name.removeprefix(prefix).lower() for v in enum.values if v.number]


def properties(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _DOCUMENT["$defs"][name]["properties"]
    return found


def test_schema_has_every_word_of_the_contract() -> None:
    entry = properties("entry")
    assert entry["status"]["enum"] == [status.value for status in Status]
    assert entry["level"]["enum"] == words(Level.DESCRIPTOR, "LEVEL_")
    parities = ["divergence", "agree", "partial", "single", "none"]
    verdicts = words(verdict_pb2.Verdict.DESCRIPTOR, "VERDICT_")
    assert entry["type"]["enum"] == [*verdicts, *parities]
    assert properties("finding")["type"]["enum"] == words(FindingKind.DESCRIPTOR, "FINDING_KIND_")
    assert properties("footer")["decision"]["enum"] == words(Decision.DESCRIPTOR, "DECISION_")
    definitions = _DOCUMENT["$defs"]
    assert set(definitions["ledger_column"]["enum"]) == set(LEDGER_COLUMNS)
    assert set(definitions["parity_column"]["enum"]) == {*PARITY_COLUMNS.values(), "known"}
    assert set(properties("ledger")) == set(Ledger.DESCRIPTOR.fields_by_name)
    assert set(properties("parity")) == set(ParityTotals.DESCRIPTOR.fields_by_name)


def test_schema_allows_no_other_property_and_requires_all() -> None:
    Draft202012Validator.check_schema(_DOCUMENT)
    for name, part in _DOCUMENT["$defs"].items():
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, name
            assert set(part["required"]) == set(part["properties"]), name


def test_schema_rejects_invalid_lines(tmp_path: Path) -> None:
    _, entry, *_, footer = lines(record(tmp_path, [case(1, _PASS)]))
    wrong: list[Any] = [
        {},
        [],
        {**entry, "kind": "run"},
        {**entry, "format_version": 1},
        {**entry, "status": "pending"},
        {**entry, "runner": None},  # the column of a ledger in the entry of parity
        {**footer, "ledgers": []},
    ]
    for document in wrong:
        with pytest.raises(ValidationError):
            _SCHEMA.validate(document)

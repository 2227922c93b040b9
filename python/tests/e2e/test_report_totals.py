"""All formats of one run have the same totals."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from lxml import etree, html

from tests.e2e.project import Project

_LEDGER_ROW = re.compile(r"^  (good|wrong|known|dying|idle) +(.*)$", re.MULTILINE)


def _of_jsonl(text: str) -> Counter[str]:
    lines = map(json.loads, text.splitlines())
    return Counter(line["status"] for line in lines if line["kind"] == "entry")


def _of_junit(text: str) -> Counter[str]:
    root = etree.fromstring(text.encode())
    marks = {"failure": "failed", "error": "error", "skipped": "skipped"}
    return Counter(
        next((marks[child.tag] for child in case if child.tag in marks), "passed")
        for case in root.iter("testcase")
        if not str(case.get("classname")).startswith("run")
    )


def _of_ctrf(text: str) -> Counter[str]:
    tests = json.loads(text)["results"]["tests"]
    return Counter(test["status"] for test in tests if "extra" in test)


def _of_html(text: str) -> Counter[str]:
    """Counts the cells of the tables of cases, by their status in JSON lines."""
    marks = {"pass": "passed", "fail": "failed", "diverge": "failed", "crash": "error"}
    rows = html.document_fromstring(text).xpath("//tr[starts-with(@id, 'c')]")
    words = (cell.text.split(maxsplit=1)[1] for row in rows for cell in row[2:])
    skipped = {"unsup", "known", "none"}
    return Counter(
        marks.get(word, "skipped" if word in skipped or "binding" in word else "passed")
        for word in words
    )


def _numbers(line: str) -> list[int]:
    return [int(word.replace(",", "")) for word in re.findall(r"[0-9][0-9,]*", line)]


def test_all_formats_have_the_same_totals(mixed: Project) -> None:
    words = ["--junit", "j.xml", "--ctrf", "c.json", "--jsonl", "l.jsonl", "--markdown", "m.md"]
    words += ["--html", "h.html"]
    assert mixed.run("report", *words).exit == 0
    texts = {
        name: (mixed.folder / name).read_text() for name in ("j.xml", "c.json", "l.jsonl", "h.html")
    }
    entries = _of_jsonl(texts["l.jsonl"])
    assert entries.total() == 6 * 5  # five runners and parity, five cases
    assert all(entries[status] for status in ("passed", "failed", "error", "skipped"))
    assert _of_junit(texts["j.xml"]) == entries
    assert _of_html(texts["h.html"]) == entries
    failed = entries.pop("error") + entries.pop("failed")
    assert _of_ctrf(texts["c.json"]) == entries | Counter(failed=failed)


def test_terminal_summary_and_page_have_the_same_table(mixed: Project) -> None:
    terminal = mixed.run("show").out
    summary = mixed.run("report", "--markdown", "-").out
    page = html.document_fromstring(mixed.run("report", "--html", "-").out)
    rows = {name: _numbers(rest) for name, rest in _LEDGER_ROW.findall(terminal)}
    assert len(rows) == 5
    for name, numbers in rows.items():
        (row,) = [line for line in summary.splitlines() if re.match(rf"\| *`?{name}`? *\|", line)]
        assert _numbers(row) == numbers
        (cells,) = page.xpath(f"//table[@class='ledgers']/tbody/tr[th/text() = '{name}']")
        own = [cell.text for cell in cells if "number" in cell.get("class", "")]
        assert [_numbers(text)[0] for text in own] == numbers
    assert [ledger.planned for ledger in mixed.footer().ledgers] == [
        row[0] for row in rows.values()
    ]


@pytest.mark.parametrize("file", ["a.txt", "./sub/../a.txt", "-"])
def test_one_file_for_two_formats_is_refused(honest: Project, file: str) -> None:
    honest.run("run")
    shown = honest.run("report", "--jsonl", "a.txt" if file != "-" else "-", "--ctrf", file)
    assert (shown.exit, shown.out) == (2, "")
    assert "--jsonl and --ctrf have the same file " in shown.err
    assert not (honest.folder / "a.txt").exists()

"""The HTML page: it has the totals of the footer, a bounded size, and only escaped texts."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markupsafe import escape

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.history import History
from testingkit.conformance.record.run_log import RunLog, open_log
from testingkit.conformance.report.html import cases, suites, write
from testingkit.conformance.report.html.size_budget import Piece, SizeBudget
from testingkit.conformance.report.html.status_style import MARKS, bar_of
from testingkit.conformance.results.run_text import COLUMN_LABELS
from testingkit.conformance.results.tally import LEDGER_COLUMNS, PARITY_COLUMNS
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import LeftOut
from tests.conformance import run_logs
from tests.conformance.logs import agreed, crashed, diverged, finding, planned, record

ROOT = Path(__file__).parents[5]
_PAGE = ROOT / "python/testingkit/conformance/report/html/page"
_HELP, _QUERY = _PAGE / "help.html", _PAGE / "query.js"


def written(log: RunLog, history: Path | None = None) -> str:
    out = io.BytesIO()
    write(log, out, history)
    return out.getvalue().decode()


@pytest.fixture
def small(tmp_path: Path) -> RunLog:
    done = [(planned(1, "a/fine"), agreed(1)), (planned(2, "a/odd"), diverged(2))]
    done.append((planned(3, "b/gone"), crashed(3, "a cry")))
    findings = [finding(done[1][0])]
    return record(tmp_path / "events.binpb", done, findings)


def _columns(page: html.HtmlElement, place: int) -> Counter[str]:
    """Returns how often each status is in a column of the tables of cases."""
    rows = page.xpath("//tr[starts-with(@id, 'c')]")
    return Counter(row[place].get("class").split()[0] for row in rows)


def test_cells_add_up_to_ledgers_and_parity(tmp_path: Path) -> None:
    log = run_logs.record(tmp_path, run_logs.every_kind())
    page = html.document_fromstring(written(log))
    for index, ledger in enumerate(log.footer.ledgers):
        counted = _columns(page, 2 + index)
        assert {name: counted[name] for name in LEDGER_COLUMNS} == {
            name: getattr(ledger, name) for name in LEDGER_COLUMNS
        }
    counted = _columns(page, 2 + len(log.footer.ledgers))
    for name in (*PARITY_COLUMNS.values(), "known"):
        assert counted[name] == getattr(log.footer.parity, name)
    assert len(page.xpath("//tr[starts-with(@id, 'c')]")) == log.footer.parity.cases


def test_every_column_has_a_mark() -> None:
    assert {*LEDGER_COLUMNS, *PARITY_COLUMNS.values()} == set(MARKS)


@pytest.mark.parametrize("place", [_HELP, ROOT / "docs/reports.md"], ids=["help", "docs"])
def test_help_and_docs_list_every_word_of_a_query(place: Path) -> None:
    text = place.read_text(encoding="utf-8")
    (statuses,) = re.findall(r"what the table says of a runner: ([^<|\n]*)", text)
    labels = [label for name, label in COLUMN_LABELS.items() if name != "planned"]
    assert re.findall(r"\w+", statuses) == labels
    (known,) = re.findall(r"PARITY_WORDS = \{(.*?)\}", _QUERY.read_text(), re.DOTALL)
    words = {*re.findall(r"(\w+):", known), "problem"} - {"diverge"}  # the label of that column
    assert set(re.findall(r"is:(\w+)", text)) == words


def test_table_of_runners_has_the_ledgers(small: RunLog) -> None:
    page = html.document_fromstring(written(small))
    rows = [
        [cell.text_content().strip() for cell in row.xpath("td[contains(@class, 'number')]")]
        for row in page.xpath("//table[@class='ledgers']/tbody/tr")
    ]
    assert rows == [["3", "3", "0", "0"], ["3", "1", "1", "1"]]


def test_left_out_cases_are_reported(tmp_path: Path) -> None:
    left = LeftOut(cases=7, text="interrupted")
    done = [(planned(1, "a/x"), agreed(1))]
    log = record(tmp_path / "events.binpb", done, left_out=left)
    assert "7 cases were not run: interrupted" in written(log)


def test_failed_case_without_a_finding_has_a_detail(small: RunLog) -> None:
    page = html.document_fromstring(written(small))
    (more,) = page.xpath("//tr[@class='more']")
    assert more.getprevious().get("id") == "c3"
    assert "a cry" in more.text_content()
    assert "why" in more.text_content()


def test_policy_allows_only_the_style_and_the_script(small: RunLog) -> None:
    text = written(small)
    page = html.document_fromstring(text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (own,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_same_run_gives_the_same_page(small: RunLog) -> None:
    assert written(small) == written(open_log(small.path))


def test_passed_cases_are_left_out_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "MAX_ROWS_SIZE", 6000)
    done = [(planned(n, f"a/fine{n}"), agreed(n)) for n in range(1, 100)]
    done += [(planned(n, f"a/odd{n}"), diverged(n)) for n in range(100, 105)]
    findings = [finding(done[-1][0])]
    findings[0].similar_case_ids.extend(case.case_id for case, _ in done[99:-1])
    page = html.document_fromstring(written(record(tmp_path / "e.binpb", done, findings)))
    names = [row[0].text.strip() for row in page.xpath("//tr[starts-with(@id, 'c')]")]
    assert names[-5:] == [f"odd{n}" for n in range(100, 105)]
    assert 5 < len(names) < 50
    assert names[:-5] == [f"fine{n}" for n in range(1, len(names) - 4)]
    assert f"{104 - len(names)} more cases are not on this page" in page.text_content()


def test_details_that_do_not_fit_are_reported(
    small: RunLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "MAX_DETAILS_SIZE", 10)
    monkeypatch.setattr(cases, "MAX_PROBLEMS_SIZE", 10)
    text = html.document_fromstring(written(small)).text_content()
    assert "the details do not fit on this page: testingkit show --case ID shows them" in text
    assert "The details do not fit on this page: testingkit show --case ID shows them." in text
    assert "testingkit repro D1" in text
    assert "a cry" not in text


def test_page_of_a_huge_log_is_bounded(tmp_path: Path) -> None:
    huge = "x" * 200_000
    done, findings = [], []
    for n in range(1, 60):
        case = planned(n, f"a/{n}", description=huge, tags=[huge])
        done.append((case, crashed(n, huge) if n % 2 else diverged(n, huge)))
        kind = run_pb2.FINDING_KIND_CRASH if n % 2 else run_pb2.FINDING_KIND_DIVERGENCE
        findings.append(finding(case, id=f"D{n}", kind=kind, text=huge, advice=huge))
    log = record(tmp_path / "events.binpb", done, findings, reasons=[huge] * 100)
    assert log.path.stat().st_size > 20_000_000
    assert len(written(log)) < 2_000_000


def test_similar_cases_beyond_200_are_counted(tmp_path: Path) -> None:
    done = [(planned(n, f"a/x{n}"), diverged(n)) for n in range(1, 302)]
    found = finding(done[0][0])
    found.similar_case_ids.extend(case.case_id for case, _ in done[1:])
    page = html.document_fromstring(written(record(tmp_path / "e.binpb", done, [found])))
    (similar,) = page.xpath("//details[@id='D1']//details[@class='similar']")
    assert "The same in 300 more cases" in similar.text_content()
    assert len(similar.xpath(".//a")) == 200
    assert "… 100 more" in similar.text_content()
    # The filter finds all of them.
    assert len(page.xpath("//details[@id='D1']/@data-cases")[0].split()) == 301


def test_invalid_descriptors_are_an_error(small: RunLog) -> None:
    small.header.descriptors.file.add(name="x.proto", dependency=["nowhere.proto"])
    with pytest.raises(OutputError, match="contradicts itself"):
        written(small)


def _with_history(folder: Path, log: RunLog, runs: int) -> Path:
    path = folder / "history.db"
    with History(path) as history:
        for number in range(runs):
            log.header.started.seconds = 1_800_000_000 + number
            history.add(log)
    return path


def test_history_of_a_case_is_shown(small: RunLog, tmp_path: Path) -> None:
    path = _with_history(tmp_path, small, 6)
    page = html.document_fromstring(written(small, path))
    rows = page.xpath("//details[@id='D1']//table[@class='history']//tr")
    assert [row[0].text for row in rows] == ["go", "parity", "rust"]
    ticks = rows[2].xpath(".//*[local-name()='rect']/@class")
    assert ticks == ["failed"] * 6
    (label,) = rows[2].xpath(".//*[local-name()='svg']/@aria-label")
    assert label == "the last 6 runs: failed 6"
    assert "passes 0% of 6 (0% to 39%)" in rows[2].text_content()


def test_missing_history_is_not_mentioned_or_created(small: RunLog, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    assert 'class="history"' not in written(small, path)
    assert not path.exists()


def test_history_of_one_run_is_not_shown(small: RunLog, tmp_path: Path) -> None:
    assert 'class="history"' not in written(small, _with_history(tmp_path, small, 1))


def test_unreadable_history_is_reported_on_the_page(small: RunLog, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"not a database, which SQLite reports" * 100)
    text = written(small, path)
    assert "The history is not shown: the history" in text
    assert "NOT CONFORMANT" in text


def test_small_count_is_visible_in_a_bar() -> None:
    bar = bar_of("go", Counter(passed=99_999, failed=1))
    widths = [float(segment.width) for segment in bar.segments]
    assert widths[1] > 2
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert (bar.text, bar.is_bad) == ("1 fail", True)
    known = bar_of("go", Counter(passed=3, known=2))
    assert (known.text, known.is_bad) == ("2 known", False)
    assert bar_of("go", Counter(passed=3)).text == "3 pass"
    assert bar_of("go", Counter()).segments == []


def test_budget_drops_optional_pieces_first() -> None:
    budget = SizeBudget(10)
    pieces = [Piece(escape(text)) for text in ("spare", "s" * 5, "need")]
    assert [budget.add(piece, matters=piece.text == "need") for piece in pieces] == [True] * 3
    assert [piece.text for piece in pieces] == ["spare", "", "need"]
    assert not budget.add(Piece(escape("x" * 11)), matters=True)


def test_unsupported_method_has_no_detail(tmp_path: Path) -> None:
    served, gone, known = (
        (verdict_pb2.VERDICT_PASS, 1, False),
        (verdict_pb2.VERDICT_UNSUPPORTED, 0, False),
        (verdict_pb2.VERDICT_MISMATCH, 2, True),
    )
    done = [
        run_logs.case(1, [served, served, gone], case_id="a/unserved"),
        run_logs.case(2, [served, known, gone], case_id="a/known"),
    ]
    page = html.document_fromstring(written(run_logs.record(tmp_path, done)))
    (more,) = page.xpath("//tr[@class='more']")
    assert more.getprevious().get("id") == "c2"


@pytest.mark.parametrize(
    ("advice", "is_offered"),
    [
        ("testingkit run -k a/odd --repeat 3", True),
        ("testingkit run -k a/odd; rm -rf ~", False),
        ("testingkit run -k $(id)", False),
        ("testingkit run\nrm x", False),
        ("rm x", False),
    ],
)
def test_only_commands_without_shell_syntax_can_be_copied(
    tmp_path: Path, advice: str, is_offered: bool
) -> None:
    case = planned(1, "a/odd")
    log = record(tmp_path / "e.binpb", [(case, diverged(1))], [finding(case, advice=advice)])
    page = html.document_fromstring(written(log))
    offered = [code.text for code in page.xpath("//dl[@class='again']//code")]
    assert offered == ([advice] if is_offered else []) + ["testingkit repro D1"]
    copied = [code.text for code in page.xpath("//*[contains(@class, 'copy')]")]
    assert not any(re.search("[;$]|rm", text) for text in copied)


def test_command_within_an_advice_can_be_copied(tmp_path: Path) -> None:
    case = planned(1, "a/odd")
    advice = "if the runners are right: testingkit accept a/odd; else fix them"
    log = record(tmp_path / "e.binpb", [(case, diverged(1))], [finding(case, advice=advice)])
    page = html.document_fromstring(written(log))
    (to_do,) = page.xpath("//p[@class='to-do']")
    assert [code.text for code in to_do.xpath("code[@class='copy']")] == ["testingkit accept a/odd"]
    assert "if the runners are right:" in to_do.text_content()
    assert "else fix them" in to_do.text_content()


def test_output_of_a_process_in_a_finding_keeps_its_lines(tmp_path: Path) -> None:
    case = planned(1, "a/odd")
    found = finding(case, text="it did not start\nno such file\nnone at all")
    page = html.document_fromstring(
        written(record(tmp_path / "e.binpb", [(case, diverged(1))], [found]))
    )
    assert page.xpath("//p[@class='text']/text()") == ["it did not start"]
    assert page.xpath("//details[@id='D1']/div/pre/text()") == ["no such file\nnone at all"]


@given(st.text(max_size=60))
@example("\n0")
@example('"')
@settings(max_examples=60)
def test_any_text_is_escaped(text: str) -> None:
    """The page has the same elements and attributes as with plain names."""
    # With as many lines, because only further lines have an element.
    plain = re.sub("[^\n]", "x", text) or "x"
    with tempfile.TemporaryDirectory() as folder:
        shapes = [_shape(Path(folder) / f"{n}.binpb", word) for n, word in enumerate((text, plain))]
    assert shapes[0] == shapes[1]


def _shape(path: Path, text: str) -> set[tuple[str, tuple[str, ...]]]:
    case = planned(1, f"a/{text}", description=f"x{text}", path=f"x{text}")
    found = finding(case, text=f"x{text}", advice=f"x{text}")
    actual = f'"x{text}'  # begins like the expected value, so that the rest is marked
    log = record(path, [(case, diverged(1, actual, f"x{text}"))], [found], reasons=[text])
    page = html.document_fromstring(written(log))
    return {(node.tag, tuple(sorted(node.attrib))) for node in page.iter(etree.Element)}

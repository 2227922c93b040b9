"""The HTML report of a real run: commands read it in place of the run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests.e2e.project import COMMAND, Project


@pytest.fixture
def page(mixed: Project) -> Path:
    assert mixed.run("report", "--html", "report.html").exit == 0
    return mixed.folder / "report.html"


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["show", "--json"],
        ["show", "--case", "greet/greets_trigger"],
        ["report", "--jsonl", "-"],
    ],
)
def test_commands_read_the_report_like_the_run(
    mixed: Project, page: Path, words: list[str]
) -> None:
    name, *more = words
    own, of_page = mixed.run(name, *more), mixed.run(name, "report.html", *more)
    assert own.exit == of_page.exit == 0
    assert own.out == of_page.out


def test_report_has_no_difference_from_its_run(mixed: Project, page: Path) -> None:
    compared = mixed.run("diff", "report.html", "latest")
    assert (compared.exit, compared.out) == (0, "no difference\n")


def test_repro_reads_the_report(mixed: Project, page: Path) -> None:
    assert mixed.run("repro", "D1", "--run", "report.html", "-o", "d1").exit == 0
    assert (mixed.folder / "d1" / "request.textproto").read_text() == 'name: "trigger"\n'


def test_history_adds_a_run_and_its_report_once(mixed: Project, page: Path) -> None:
    assert mixed.run("history", "add", "report.html").out.startswith("added")
    assert mixed.run("history", "add").out.startswith("already in the history")


def test_report_shows_the_history(mixed: Project, page: Path) -> None:
    assert 'class="history"' not in page.read_text()
    for _ in range(2):
        assert mixed.run("history", "add").exit == 0
        assert mixed.run("run").exit == 1
    assert mixed.run("history", "add").exit == 0
    assert mixed.run("report", "--html", "report.html").exit == 0
    shown = html.document_fromstring(page.read_text())
    ticks = shown.xpath("//details[@id='C1']//tr[th='dying']//*[local-name()='rect']/@class")
    assert ticks == ["error"] * 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<!doctype html><p>hello",
            "page.html has no event log: TestingKit did not write it",
        ),
        ("", "the event log page.html was cut short"),
        ("<p>hello", "page.html is not an event log, or "),
    ],
)
def test_other_html_pages_are_refused(mixed: Project, text: str, message: str) -> None:
    (mixed.folder / "page.html").write_text(text)
    shown = mixed.run("show", "page.html")
    assert (shown.exit, shown.out) == (2, "")
    assert message in shown.err


def test_report_that_was_cut_short_is_refused(mixed: Project, page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-200])
    shown = mixed.run("show", "report.html")
    assert shown.exit == 2
    assert "the report report.html was cut short: its event log does not end" in shown.err


def test_report_can_be_read_without_a_project(
    mixed: Project, page: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def there(*words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [COMMAND, *words], cwd=elsewhere, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        return done

    assert there("show", str(page), "--json").stdout == mixed.run("show", "--json").out
    assert there("diff", str(page), str(page)).stdout == "no difference\n"
    assert there("report", str(page), "--ctrf", "-").returncode == 0
    without = there("show", "latest")
    assert (without.returncode, without.stdout) == (2, "")
    assert "testingkit.toml: not found" in without.stderr
    assert not list(elsewhere.iterdir())

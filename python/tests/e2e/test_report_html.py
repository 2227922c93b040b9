"""The HTML report of a real run: it is the run, for whatever opens one."""

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
def test_it_is_opened_as_the_run_itself(mixed: Project, page: Path, words: list[str]) -> None:
    name, *more = words
    own, of_page = mixed.run(name, *more), mixed.run(name, "report.html", *more)
    assert own.exit == of_page.exit == 0
    assert own.out == of_page.out


def test_two_reports_can_be_compared(mixed: Project, page: Path) -> None:
    compared = mixed.run("diff", "report.html", "latest")
    assert (compared.exit, compared.out) == (0, "no difference\n")


def test_a_problem_of_it_can_be_taken_apart(mixed: Project, page: Path) -> None:
    assert mixed.run("repro", "D1", "--run", "report.html", "-o", "d1").exit == 0
    assert (mixed.folder / "d1" / "request.textproto").read_text() == 'name: "trigger"\n'


def test_the_history_takes_it_once(mixed: Project, page: Path) -> None:
    assert mixed.run("history", "add", "report.html").out.startswith("added")
    assert mixed.run("history", "add").out.startswith("already in the history")


def test_the_history_comes_into_it(mixed: Project, page: Path) -> None:
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
    ("text", "said"),
    [
        (
            "<!doctype html><p>hello",
            "page.html has no event log: TestingKit did not write it",
        ),
        ("", "the event log page.html was cut short"),
        ("<p>hello", "page.html is not an event log, or "),
    ],
)
def test_another_page_is_refused(mixed: Project, text: str, said: str) -> None:
    (mixed.folder / "page.html").write_text(text)
    shown = mixed.run("show", "page.html")
    assert (shown.exit, shown.out) == (2, "")
    assert said in shown.err


def test_a_page_that_was_cut_short_is_refused(mixed: Project, page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-200])
    shown = mixed.run("show", "report.html")
    assert shown.exit == 2
    assert "the report report.html was cut short: its event log does not end" in shown.err


def test_who_was_sent_a_page_needs_no_project(
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

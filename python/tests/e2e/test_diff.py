"""``testingkit diff`` lists cases that regressed, changed, are fixed, new or gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.project import Project


def _latest(project: Project) -> str:
    return (project.folder / ".testingkit" / "runs" / "latest").resolve().name


@pytest.fixture
def runs(honest: Project) -> tuple[Project, str, str]:
    """A project, the name of a run that passes, and of one with a broken second runner."""
    honest.add("other", "greeter.py")
    assert honest.run("run").exit == 0
    first = _latest(honest)
    honest.add("other", "faulty.py", "answers_wrong")
    text = honest.suite.read_text()
    honest.suite.write_text(text.replace('"refuses_zero"', '"refuses_nothing"'))
    assert honest.run("run").exit == 1
    return honest, first, _latest(honest)


@pytest.mark.smoke
def test_regression_is_reported_with_its_place(runs: tuple[Project, str, str]) -> None:
    project, first, second = runs
    shown = project.run("diff", first, second)
    assert shown.exit == 1
    lines = shown.out.splitlines()
    assert lines[0].startswith("regressed greet/greets_trigger  other  pass → mismatch: text: ")
    assert lines[0].endswith("cases/greet.textproto:18")
    assert "regressed greet/greets_trigger  parity  agree → divergence: good against other" in (
        shown.out
    )
    assert lines[-1] == "2 regressed · 3 new · 3 gone"


def test_diff_in_reverse_order_reports_fixed_cases(runs: tuple[Project, str, str]) -> None:
    project, first, second = runs
    shown = project.run("diff", second, first, "--json")
    assert shown.exit == 0
    assert shown.json["totals"] == {
        "regressed": 0,
        "not_run": 0,
        "changed": 0,
        "new": 3,
        "gone": 3,
        "fixed": 2,
    }
    kinds = {(c["case_id"], c["runner"]): c["kind"] for c in shown.json["changes"]}
    assert kinds["greet/greets_trigger", "other"] == "fixed"
    assert kinds["greet/refuses_zero", "good"] == "new"
    assert kinds["greet/refuses_nothing", "parity"] == "gone"


def test_different_wrong_answer_is_reported_as_changed(honest: Project) -> None:
    honest.add("bad", "faulty.py", "answers_wrong")
    honest.run("run")
    first = _latest(honest)
    honest.add("bad", "faulty.py", "panics")
    honest.run("run")
    shown = honest.run("diff", first, "latest")
    assert shown.exit == 0
    assert "changed   greet/greets_trigger  bad  mismatch: " in shown.out
    assert " → panic: answer: expected a response, got panic: " in shown.out


def test_cases_that_were_not_run_exit_with_5(honest: Project) -> None:
    honest.add("other", "greeter.py")
    honest.run("run")
    first = _latest(honest)
    honest.add("other", "faulty.py", "dies_at_start")
    assert honest.run("run").exit == 5
    second = _latest(honest)
    shown = honest.run("diff", first, second)
    assert shown.exit == 5
    lines = shown.out.splitlines()
    assert lines[0].startswith("not run   greet/greets  other  pass → not_run: answer: expected ")
    assert lines[-1] == "10 not run"  # and the parity of each of the five cases
    assert honest.run("diff", first, second, "--json").json["totals"]["not_run"] == 10
    shown = honest.run("diff", second, first)
    assert (shown.exit, shown.out.splitlines()[-1]) == (0, "10 new")
    assert honest.run("diff", second, "latest").out == "no difference\n"


def test_cases_left_out_of_a_run_are_not_gone(honest: Project) -> None:
    honest.write_many(3000, triggers=[0])
    honest.add("bad", "faulty.py", "answers_wrong")
    honest.run("run")
    first = _latest(honest)
    honest.run("run", "-x")
    left_out = honest.footer().ledgers[0].missing
    assert left_out
    shown = honest.run("diff", first, "latest")
    assert shown.exit == 5
    totals = honest.run("diff", first, "latest", "--json").json["totals"]
    assert (totals["not_run"], totals["gone"]) == (3 * left_out, 0)
    assert "cases were not run: -x ends a run at its first problem" in shown.out


def test_a_run_has_no_difference_from_itself(honest: Project, tmp_path: Path) -> None:
    honest.run("run")
    log = honest.folder / ".testingkit" / "runs" / "latest" / "events.binpb"
    copy = tmp_path / "kept.binpb"
    copy.write_bytes(log.read_bytes())
    shown = honest.run("diff", str(copy), "latest")
    assert (shown.exit, shown.out) == (0, "no difference\n")


def test_unknown_run_exits_with_2(honest: Project) -> None:
    honest.run("run")
    shown = honest.run("diff", "nothing", "latest")
    assert shown.exit == 2
    assert "there is no run 'nothing'" in shown.err

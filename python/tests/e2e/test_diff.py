"""``testingkit diff`` lists cases that regressed, changed, are fixed, new or gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.answering import agree, answering, last_run, write_suite
from tests.e2e.project import Project


def _latest(project: Project) -> str:
    return (project.folder / ".testingkit" / "runs" / "latest").resolve().name


@pytest.fixture
def runs(honest: Project) -> tuple[Project, str, str]:
    """A project, the name of a run that passes, and of one with a broken second runner."""
    honest.add_greeter("other")
    assert honest.run("run").exit == 0
    first = _latest(honest)
    honest.add_greeter("other", "answers_wrong")
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
    honest.add_greeter("bad", "answers_wrong")
    honest.run("run")
    first = _latest(honest)
    honest.add("bad", "faulty.py", "panics")
    honest.run("run")
    shown = honest.run("diff", first, "latest")
    assert shown.exit == 0
    assert "changed   greet/greets_trigger  bad  mismatch: " in shown.out
    assert " → panic: answer: expected a response, got panic: " in shown.out


def test_cases_that_were_not_run_exit_with_5(honest: Project) -> None:
    honest.add_greeter("other")
    honest.run("run")
    first = _latest(honest)
    honest.add_greeter("other", "dies_at_start")
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
    honest.add_greeter("bad", "answers_wrong")
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


# Two serializations of counts { a: 1, b: 2 }, and one of counts { a: 1, b: 3 }.
_MAPS = ("1205 0a01611001 1205 0a01621002", "1205 0a01621002 1205 0a01611001")
_OTHER = "1205 0a01611001 1205 0a01621003"


def test_order_of_a_map_and_wording_of_an_error_make_no_difference(project: Project) -> None:
    write_suite(project, agree("map"), agree("error"))
    answering(project, one={"map": _MAPS[0], "error": (5, "at 0x7f01")})
    assert project.run("run").exit in (0, 5)
    first = last_run(project)
    answering(project, one={"map": _MAPS[1], "error": (5, "at 0x7f02")})
    project.run("run")
    second = last_run(project)
    shown = project.run("diff", first, second)
    assert (shown.exit, shown.out) == (0, "no difference\n")
    answering(project, one={"map": _OTHER, "error": (7, "at 0x7f02")})
    project.run("run")
    shown = project.run("diff", second, "latest")
    assert 'changed   answers/map  one  pass → pass (counts["b"]: 2 → 3)' in shown.out
    assert "NOT_FOUND: at 0x7f02 → PERMISSION_DENIED: at 0x7f02" in shown.out
    assert shown.out.endswith("2 changed\n")


def test_diff_compares_under_the_policy_of_the_case(project: Project) -> None:
    write_suite(project, agree("map", more='compare { ignore: "counts" }'), agree("other"))
    answering(project, one={"map": _MAPS[0], "other": _MAPS[0]})
    project.run("run")
    first = last_run(project)
    answering(project, one={"map": _OTHER, "other": _OTHER})
    project.run("run")
    shown = project.run("diff", first, "latest", "--json").json
    assert [change["case_id"] for change in shown["changes"]] == ["answers/other"]
    assert shown["compared_as_bytes"] == {}


def test_renamed_case_is_compared_and_keeps_its_history(project: Project) -> None:
    runs = []
    for name, former in (("a", ""), ("b", '"a"'), ("c", '"a", "b"')):
        write_suite(project, agree(name, more=f"former_names: [{former}]"))
        answering(project, one={name: _MAPS[0]}, two={name: _MAPS[0] if name != "c" else _OTHER})
        assert project.run("run").exit == (1 if name == "c" else 0)
        assert project.run("history", "add").exit == 0
        runs.append(last_run(project))
    for old, new in ((0, 1), (1, 0)):
        assert project.run("diff", runs[old], runs[new]).out == "no difference\n"
    for old in (0, 1):
        shown = project.run("diff", runs[old], runs[2])
        assert shown.exit == 1
        assert (
            f"regressed answers/c (was answers/{'ab'[old]})  parity  agree → divergence"
            in shown.out
        )
        assert "new" not in shown.out
        assert "gone" not in shown.out
    change = project.run("diff", runs[2], runs[0], "--json").json["changes"][0]
    assert (change["case_id"], change["former_id"]) == ("answers/a", "answers/c")
    for name in "abc":
        words = ("history", "show", "--case", f"answers/{name}", "--min-runs", "3", "--json")
        shown = project.run(*words).json
        assert {(entry["case_id"], len(entry["statuses"])) for entry in shown} == {("answers/c", 3)}

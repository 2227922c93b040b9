"""``testingkit show`` prints a recorded run again, or one case in full."""

from __future__ import annotations

import pytest

from tests.e2e.project import Project


@pytest.fixture
def recorded(honest: Project) -> tuple[Project, str]:
    """A project with one run that is not conformant, and the output of that run."""
    honest.add_greeter("bad", "answers_wrong")
    return honest, honest.run("run", "--quiet").out


@pytest.mark.smoke
def test_show_prints_the_output_of_the_run_again(recorded: tuple[Project, str]) -> None:
    project, printed = recorded
    shown = project.run("show")
    assert (shown.exit, shown.out) == (0, printed)
    log = project.folder / ".testingkit" / "runs" / "latest" / "events.binpb"
    assert project.run("show", str(log)).out == printed


def test_show_as_json_prints_the_document_of_the_run(recorded: tuple[Project, str]) -> None:
    project, _ = recorded
    assert project.run("show", "--json").json == project.as_json()


def test_a_case_is_shown_with_every_answer(recorded: tuple[Project, str]) -> None:
    project, _ = recorded
    shown = project.run("show", "--case", "greet/greets_trigger")
    assert shown.exit == 0
    for part in (
        "DIVERGE   greet/greets_trigger",
        "cases/greet.textproto:18 · greet.v1.GreetService/Greet",
        "Triggers the faults",
        'request name: "trigger"',
        'expected text: "Hello, trigger" length: 14',
        "good  pass",
        "bad  mismatch",
        'text: "Hello, Trigger" length: 14',
        'text: expected "Hello, trigger", got "Hello, Trigger"',
        "→ diverge: good against bad; odd one out: bad",
    ):
        assert part in shown.out
    error = project.run("show", "--case", "greet/refuses_empty_name").out
    assert "expected error INVALID_ARGUMENT" in error
    assert "INVALID_ARGUMENT: the name is empty" in error


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--case", "greet/greet"],
            "the run has no case 'greet/greet'; did you mean `greet/greets`?",
        ),
        (
            ["--case", "greet/greets", "--json"],
            "--case and --json cannot be combined; use one of them",
        ),
        (["nothing"], "there is no run 'nothing'"),
        (["cases"], "cases has no events.binpb: no run was recorded in it"),
    ],
)
def test_unknown_cases_and_runs_exit_with_2(
    recorded: tuple[Project, str], words: list[str], message: str
) -> None:
    project, _ = recorded
    shown = project.run("show", *words)
    assert shown.exit == 2
    assert message in shown.err

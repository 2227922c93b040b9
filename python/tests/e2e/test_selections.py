"""What counts as a run of everything, and how runs of a selection are recorded and read."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from testingkit.conformance.v1.run_pb2 import Finding
from tests.e2e.project import COMMAND, Project

_NO_SUCH_CASE = """entries {
  case: "greet/no_such_case" kind: DIVERGENCE_KIND_BUG reason: "old"
  outcome { response { text: "x" } }
}
"""


@pytest.fixture
def four(project: Project) -> Project:
    """A project with the runners a, b, c, and d, which is disabled; c has a stale entry."""
    for name in "abc":
        project.add_greeter(name)
    project.add_greeter("d", enabled=False)
    project.write_known("c", _NO_SUCH_CASE)
    return project


def test_run_of_as_many_runners_is_a_selection_if_one_is_left_out(four: Project) -> None:
    for size in range(1, 5):
        for chosen in combinations("abcd", size):
            is_everything = {*"abc"} <= {*chosen}
            result = four.run("run", "-r", ",".join(chosen), "--json")
            # The entry is stale without a case, so only a run of everything finds it.
            assert result.exit == is_everything, (chosen, result.err)
            assert result.json["header"].get("filtered", False) is not is_everything, chosen


def test_runner_that_is_given_twice_is_one_runner(four: Project) -> None:
    twice = four.run("run", "-r", "a,b, a,b", "--json")
    assert twice.exit == 0
    assert twice.json["header"]["filtered"]


def _name(project: Project, link: str) -> str:
    return (project.folder / ".testingkit" / "runs" / link).resolve().name


_SELECTIONS = [
    ("-k", "greet/greets"),
    ("-k", "fault"),  # a tag
    ("-r", "good"),
    ("cases/greet.textproto",),
    ("--shard", "1/2"),
]


@pytest.mark.parametrize("selection", _SELECTIONS, ids=" ".join)
def test_run_of_a_selection_is_the_last_and_not_the_latest(
    honest: Project, selection: tuple[str, ...]
) -> None:
    honest.add_greeter("other")
    assert honest.run("run").exit == 0
    whole = _name(honest, "latest")
    assert _name(honest, "last") == whole
    assert honest.run("run", *selection).exit == 0
    assert _name(honest, "latest") == whole != _name(honest, "last")


def test_script_of_a_reproduction_does_not_change_what_is_latest(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.run("run")
    whole = _name(honest, "latest")
    shown = honest.run("repro", "D1")
    _shell(honest, shown.out.rpartition("run it: ")[2])
    assert _name(honest, "latest") == whole != _name(honest, "last")


_READERS = [
    ("show",),
    ("show", "--case", "greet/greets"),
    ("show", "--json"),
    ("report", "--jsonl", "-"),
    ("ci",),
    ("known", "add"),
    ("known", "prune", "--dry-run"),
    ("repro", "greet/greets"),
    ("history", "add"),
    ("diff",),
]


def _with_run(command: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Returns a command that reads a run, with the run named as its help describes."""
    match command[0]:
        case "known":
            return (*command, "--from", name)
        case "repro":
            return (*command, "--run", name)
        case "history":
            return (*command, name)
        case "diff":
            return (*command, name, name)
        case _:
            return (command[0], name, *command[1:])


@pytest.mark.parametrize("command", _READERS, ids=" ".join)
def test_command_that_reads_a_run_names_the_run_and_its_selection(
    honest: Project, command: tuple[str, ...]
) -> None:
    assert honest.run("run", "-k", "greet/greets", "cases").exit == 0
    first = _name(honest, "last")
    if command != ("diff",):  # which has no default
        lacking = honest.run(*command)
        assert lacking.exit == 2
        assert f"every run in {honest.folder}/.testingkit/runs is one of a selection" in lacking.err
        assert f"such as {first}, or use 'last'" in lacking.err
    limits = "CONFORMANT; a selection: -k greet/greets cases"
    for name in ("last", first, f".testingkit/runs/{first}/events.binpb"):
        shown = honest.run(*_with_run(command, name))
        assert shown.exit == 0, shown
        line = shown.err.splitlines()[0]
        assert line.startswith(f"run {first}, ")
        assert line.endswith(f" ago: {limits}")
    assert honest.run("run").exit == 0
    whole = honest.run(*(_with_run(command, "latest") if command == ("diff",) else command))
    assert whole.err.splitlines()[0].startswith(f"run {_name(honest, 'latest')}, ")
    assert "a selection" not in whole.err.splitlines()[0]


def test_command_before_any_run_asks_for_one(honest: Project) -> None:
    for name in ("latest", "last"):
        assert "record one with: testingkit run" in honest.run("show", name).err


def test_shard_is_read_as_a_shard(honest: Project) -> None:
    assert honest.run("run", "--shard", "2/2").exit == 0
    assert honest.run("show", "last").err.endswith("CONFORMANT; shard 2/2 of 5 cases\n")
    assert "is one of a selection" in honest.run("show").err


def test_advice_of_a_selection_names_its_run(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.write_known("good", _PASSES)
    assert honest.run("run").exit == 1
    assert "to do   testingkit known prune, or fix the entry" in honest.run("show").out
    shown = honest.run("run", "-k", "greets", "--max-findings", "1")
    name = _name(honest, "last")
    assert f"testingkit show {name} --json has all of them" in shown.out
    listed = honest.run("show", "last")
    assert f"to do   testingkit known prune --from {name}, or fix the entry" in listed.out
    assert honest.run("known", "prune", "--from", name).out.count(" now\n") == 1
    page = honest.run("report", "last", "--html", "-").out
    assert f"testingkit repro D1 --run {name}" in page


_PASSES = """entries {
  case: "greet/greets" kind: DIVERGENCE_KIND_BUG reason: "old"
  outcome { response { text: "x" } }
}
"""


def _shell(project: Project, line: str, folder: Path | None = None) -> int:
    """Returns the exit code of a line as it was printed, in a shell."""
    project.write_config()
    path = os.pathsep.join([str(Path(COMMAND).parent), os.environ["PATH"]])
    environment = {**project.environment(), "PATH": path}
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder or project.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode < 2, done.stderr
    return done.returncode


def _move_cases(project: Project, name: str) -> str:
    """Moves the cases to where the project does not look for them; returns the path of the file."""
    (project.folder / name).mkdir()
    project.suite.rename(project.folder / name / "my suite.textproto")
    return f"{name}/my suite.textproto"


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("elsewhere", ""),
        ("with two blanks", "my own.toml"),
        ("it's $HOME; `x`", ""),
        ("it's $HOME; `x`", "it's $HOME; `x`.toml"),
        ("-k", "my own.toml"),
    ],
)
def test_printed_lines_find_a_case_outside_of_the_folders_of_cases(
    honest: Project, name: str, config: str
) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.add_greeter("third")
    honest.write_config()
    options = ["-r", "good,bad"]
    if config:
        (honest.folder / "testingkit.toml").rename(honest.folder / config)
        options += ["-c", config]
    path = _move_cases(honest, name)
    assert honest.run("run", *options, "--", path).exit == 1
    _assert_lines_work(honest, options, honest.folder)


def test_printed_lines_work_in_the_folder_in_which_they_were_printed(
    honest: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.write_config()
    path = honest.folder / _move_cases(honest, "with two blanks")
    elsewhere = tmp_path_factory.mktemp("else where")
    command = [COMMAND, "run", "-c", str(honest.folder / "testingkit.toml"), str(path)]
    shown = subprocess.run(
        command, cwd=elsewhere, env=honest.environment(), capture_output=True, check=False
    )
    assert shown.returncode == 1
    line = _finding(honest).advice
    for folder in (elsewhere, Path("/")):
        assert _shell(honest, line, folder) == 1
    (honest.folder / "below").mkdir()
    again = subprocess.run(
        [COMMAND, "run", str(path)],
        cwd=honest.folder / "below",
        env=honest.environment(),
        capture_output=True,
        check=False,
    )
    assert again.returncode == 1
    line = _finding(honest).advice
    assert "-c" not in line.split()
    for folder in (honest.folder / "below", honest.folder):
        assert _shell(honest, line, folder) == 1


def _finding(project: Project) -> Finding:
    return next(f for f in project.findings() if f.id == "D1")


def _assert_lines_work(project: Project, options: Sequence[str], folder: Path) -> None:
    """Asserts that the lines that `run` and `repro` print show the problem again."""
    last = _name(project, "last")
    assert _shell(project, _finding(project).advice) == 1
    config = options[2:]
    shown = project.run("repro", "D1", "--run", last, "-o", "out of it", *config)
    assert shown.exit == 0, shown
    line = shown.out.rpartition("run it: ")[2]
    assert _shell(project, line) == 1
    script = shlex.quote(str(folder / "out of it" / "repro.sh"))
    assert _shell(project, script, Path("/")) == 1
    readme = (folder / "out of it" / "README.md").read_text()
    lines = [line for line in readme.splitlines() if line.startswith("    testingkit run")]
    assert [_shell(project, line) for line in lines] == [0, 1]  # good, bad

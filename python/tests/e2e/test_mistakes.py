"""Errors of users have an exit code, and a message with the place and the reason."""

from __future__ import annotations

import pytest

from tests.e2e.project import Project

_THREE_ERRORS = """\
name: "greet"
service: "greet.v1.GreetService"

cases {
  name: "wrong_field"
  method: "Greet"
  request { nmae: "Ada" }
  expect { response {} }
}

cases {
  name: "wrong_method"
  method: "Greeet"
  expect { response {} }
}

cases {
  name: "wrong_type"
  method: "Divide"
  request { dividend: "seven" }
  expect { response {} }
}
"""


@pytest.mark.smoke
@pytest.mark.parametrize("command", ["run", "lint", "list"])
def test_every_error_in_a_case_file_is_reported_with_its_place(
    honest: Project, command: str
) -> None:
    honest.suite.write_text(_THREE_ERRORS)
    shown = honest.run(command)
    assert (shown.exit, shown.out) == (3, "")
    for place, word in (("7:13:", "nmae"), ("13:3:", "Greeet"), ("20:23:", "seven")):
        start = f"cases/greet.textproto:{place}"
        lines = [line for line in shown.err.splitlines() if line.startswith(start)]
        assert len(lines) == 1, shown.err
        assert word in lines[0]
    assert shown.err.splitlines()[-1] == "testingkit: 3 problems in the case files"


def test_lint_as_json_lists_every_error(honest: Project) -> None:
    honest.suite.write_text(_THREE_ERRORS)
    result = honest.run("lint", "--json")
    assert (result.exit, result.err) == (3, "")
    assert [entry["line"] for entry in result.json] == [7, 13, 20]


@pytest.mark.parametrize("command", ["run", "list"])
def test_selection_without_cases_exits_with_4(honest: Project, command: str) -> None:
    shown = honest.run(command, "-k", "no_such_case")
    assert (shown.exit, shown.out) == (4, "")
    assert "-k 'no_such_case' matches none of 5 cases" in shown.err


def test_missing_command_of_a_runner_exits_with_5(honest: Project) -> None:
    honest.runners["gone"] = {"command": ["./no/such/program", "--serve"]}
    shown = honest.run("run")
    assert shown.exit == 5
    assert "./no/such/program --serve" in shown.out
    assert "No such file or directory" in shown.out
    assert "[runners.gone]" in shown.out
    ledgers = honest.footer().ledgers
    assert (ledgers[0].passed, ledgers[1].missing) == (5, 5)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"comand": ["x"]}, "runners.good.comand: unknown key; did you mean `command`?"),
        ({"command": "x"}, "runners.good.command: expected a list of strings"),
        ({"env": {}}, "runners.good: needs `command`, a list of words, or `address`"),
    ],
)
def test_error_in_the_configuration_exits_with_2(
    project: Project, entry: dict[str, object], message: str
) -> None:
    project.runners["good"] = entry
    shown = project.run("run")
    assert (shown.exit, shown.out) == (2, "")
    assert f"testingkit.toml: {message}" in shown.err


def test_invalid_duration_exits_with_2(honest: Project) -> None:
    honest.limits["call_timeout"] = "soon"
    shown = honest.run("run")
    assert shown.exit == 2
    assert "testingkit.toml: limits.call_timeout: expected a duration" in shown.err


def test_missing_configuration_exits_with_2(honest: Project) -> None:
    shown = honest.run("run", "--config", "elsewhere.toml")
    assert shown.exit == 2
    assert "elsewhere.toml" in shown.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnu"], "did you mean"),
        (["run", "-r", "goood"], "there is no runner 'goood'; did you mean `good`?"),
        (["run", "-k", "a and"], "a word is missing"),
        (["run", "-r", ""], "-r is empty; leave it out to select everything"),
        (["list", "-k", " "], "-k is empty; leave it out to select everything"),
        (["run", "--seed", "xyz"], "--seed 'xyz'"),
        (["run", "no_such_folder"], "no_such_folder"),
        (["run", "--no-such-option"], "--no-such-option"),
        (["convert", "no_such_file"], "no_such_file"),
    ],
)
def test_invalid_arguments_exit_with_2(honest: Project, arguments: list[str], message: str) -> None:
    shown = honest.run(*arguments)
    assert (shown.exit, shown.out) == (2, "")
    assert message in shown.err


def test_proto_that_does_not_compile_exits_with_2(honest: Project) -> None:
    proto = honest.folder / "protos" / "greet" / "v1" / "greet.proto"
    proto.write_text(proto.read_text().replace("uint32 length = 2", "uint23 length = 2"))
    shown = honest.run("run")
    assert shown.exit == 2
    assert "greet/v1/greet.proto:26:3" in shown.err
    assert "uint23" in shown.err


def test_unwritable_run_folder_exits_with_2(honest: Project) -> None:
    (honest.folder / ".testingkit").write_text("not a folder")
    shown = honest.run("run")
    assert (shown.exit, shown.out) == (2, "")
    assert f"{honest.folder / '.testingkit'}" in shown.err


@pytest.mark.parametrize("command", ["list", "lint", "runners"])
def test_commands_that_record_nothing_need_no_run_folder(honest: Project, command: str) -> None:
    (honest.folder / ".testingkit").write_text("not a folder")
    shown = honest.run(command)
    assert (shown.exit, shown.err) == (0, "")


def test_no_command_prints_the_usage_and_exits_with_2(honest: Project) -> None:
    shown = honest.run()
    assert (shown.exit, shown.out) == (2, "")
    assert shown.err.startswith("Usage: testingkit")


def test_paths_without_case_files_are_errors(honest: Project) -> None:
    shown = honest.run("run", "protos")
    assert (shown.exit, shown.out) == (4, "")
    assert "no case file (*.textproto, *.binpb) below protos" in shown.err
    shown = honest.run("run", "protos/greet/v1/greet.proto")
    assert (shown.exit, shown.out) == (2, "")
    assert "greet.proto is not a case file: its name must end with .textproto" in shown.err
    honest.cases = ("cases", "nope")
    shown = honest.run("lint")
    assert (shown.exit, shown.out) == (2, "")
    assert "testingkit.toml: project.cases[1]: no such file or folder: nope" in shown.err

"""Help of every command, and the commands ``list``, ``convert`` and ``runners``."""

from __future__ import annotations

import pytest

from testingkit.conformance.cli import _COMMANDS
from testingkit.conformance.v1.case_pb2 import Suite
from tests.e2e.project import Project

_IDS = [
    "greet/greets",
    "greet/refuses_empty_name",
    "greet/greets_trigger",
    "greet/divides",
    "greet/refuses_zero",
]


@pytest.mark.parametrize("command", _COMMANDS)
def test_help_has_examples(honest: Project, command: str) -> None:
    shown = honest.run(command, "--help")
    assert (shown.exit, shown.err) == (0, "")
    assert "Examples:" in shown.out
    assert f"  testingkit {command}" in shown.out


@pytest.mark.smoke
def test_help_names_the_commands_and_the_exit_codes(honest: Project) -> None:
    shown = honest.run("--help")
    assert shown.exit == 0
    for word in (*_COMMANDS, "Examples:", "130 interrupted"):
        assert word in shown.out


@pytest.mark.smoke
def test_list_prints_ids_and_places(honest: Project) -> None:
    shown = honest.run("list")
    assert shown.exit == 0
    lines = [line.split() for line in shown.out.splitlines()]
    assert [name for name, _ in lines] == _IDS
    assert lines[0][1] == "cases/greet.textproto:7"


def test_list_as_json(honest: Project) -> None:
    result = honest.run("list", "--json", "-k", "fault or divides")
    assert result.exit == 0
    assert [entry["id"] for entry in result.json] == [_IDS[2], _IDS[3]]
    assert result.json[0] == {
        "id": "greet/greets_trigger",
        "path": "cases/greet.textproto",
        "line": 18,
        "method": "greet.v1.GreetService/Greet",
        "level": "LEVEL_REQUIRED",
        "tags": ["fault"],
        "description": "Triggers the faults",
    }


def test_convert_keeps_the_suite_in_every_format(honest: Project) -> None:
    suite = _converted(honest)
    assert [case.name for case in suite.cases] == [name.partition("/")[2] for name in _IDS]
    assert suite.cases[0].request.type_url == "type.googleapis.com/greet.v1.GreetRequest"
    result = honest.run("convert", "cases/greet.textproto", "--to", "json").json
    assert result["cases"][0]["request"]["name"] == "Ada"
    honest.suite.write_text(honest.run("convert", "cases/greet.textproto").out)
    assert _converted(honest) == suite


def _converted(project: Project) -> Suite:
    binary = project.folder / "suite.binpb"
    shown = project.run("convert", "cases/greet.textproto", "--to", "binary", "-o", str(binary))
    assert (shown.exit, shown.out) == (0, "")
    return Suite.FromString(binary.read_bytes())


@pytest.mark.smoke
def test_runners_prints_descriptions_and_errors(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}")
    honest.add("bad", "faulty.py", "dies_at_start")
    shown = honest.run("runners")
    assert shown.exit == 5
    assert "the library is not installed" in shown.out
    result = honest.run("runners", "--json", "-r", "good,stock")
    assert result.exit == 0
    assert [entry["description"]["name"] for entry in result.json] == ["greeter", "stock"]

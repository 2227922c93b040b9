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


@pytest.mark.parametrize("to_file", [False, True])
def test_convert_refuses_what_json_cannot_hold(honest: Project, to_file: bool) -> None:
    proto = honest.folder / "protos" / "greet" / "v1" / "greet.proto"
    field = "message GreetRequest {\n  google.protobuf.Duration wait = 99;"
    text = proto.read_text().replace("message GreetRequest {", field)
    package = "package greet.v1;\n"
    proto.write_text(
        text.replace(package, f'{package}import "google/protobuf/duration.proto";\n', 1)
    )
    honest.suite.write_text(
        'name: "greet"\nservice: "greet.v1.GreetService"\n'
        'cases { name: "a" method: "Greet" request { wait { seconds: 999999999999999 } }'
        " expect { error {} } }\n"
    )
    output = honest.folder / "suite.json"
    output.write_text("before")
    words = ["-o", str(output)] if to_file else []
    shown = honest.run("convert", "cases/greet.textproto", "--to", "json", *words)
    assert (shown.exit, shown.out) == (2, "")
    place = "cases/greet.textproto:3:1: greet/a cannot be converted to json: "
    assert place in shown.err
    assert "Duration" in shown.err
    assert output.read_text() == "before"
    again = honest.run("convert", "cases/greet.textproto")
    assert again.exit == 0
    assert "seconds: 999999999999999" in again.out


_TWO_LITERALS = """\
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Divide" }
cases { name: "a" method: "Gr" %s request { name: "Ada" } expect { agree { reason: "r" } } }
"""


def test_default_method_does_not_replace_adjacent_literals(honest: Project) -> None:
    honest.suite.write_text(_TWO_LITERALS % r"'\x65et'")
    assert honest.run("lint").exit == 0
    honest.suite.write_text(_TWO_LITERALS % r"'\x65et' 'y'")
    shown = honest.run("run")
    assert (shown.exit, shown.out) == (3, "")
    assert shown.err.startswith("cases/greet.textproto:4:19: ")
    assert "has no method Greety; did you mean `Greet`?" in shown.err


def test_bad_escape_is_reported_at_its_own_place(honest: Project) -> None:
    honest.suite.write_text(
        'name: "greet"\nservice: "greet.v1.GreetService"\n'
        'cases {\n  name: "a"\n  method: "Greet"\n  request { name: "Ada \\ud83d\\ude00" }\n'
        "  expect { error {} }\n}\n"
    )
    shown = honest.run("lint")
    assert shown.exit == 3
    assert shown.err.startswith(
        r"cases/greet.textproto:6:24: \ud83d is half of a character: write \U0001f600 for both"
    )


def _converted(project: Project) -> Suite:
    binary = project.folder / "suite.binpb"
    shown = project.run("convert", "cases/greet.textproto", "--to", "binary", "-o", str(binary))
    assert (shown.exit, shown.out) == (0, "")
    return Suite.FromString(binary.read_bytes())


@pytest.mark.smoke
def test_runners_prints_descriptions_and_errors(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}")
    honest.add_greeter("bad", "dies_at_start")
    shown = honest.run("runners")
    assert shown.exit == 5
    assert "the library is not installed" in shown.out
    result = honest.run("runners", "--json", "-r", "good,stock")
    assert result.exit == 0
    assert [entry["description"]["name"] for entry in result.json] == ["greeter", "stock"]

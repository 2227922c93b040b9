"""Mistakes on the command line exit with 2, a message in the project's style, and a hint."""

from __future__ import annotations

import pytest

from testingkit.conformance import cli


@pytest.mark.parametrize(
    ("line", "message", "command"),
    [
        ("rnu", "no such command 'rnu'; did you mean `run`?", "testingkit"),
        ("known xyz", "no such command 'xyz'; the commands are: add, prune", "testingkit known"),
        ("convert", "missing argument 'FILE'", "testingkit convert"),
        (
            "run --repeat 0",
            "invalid value for '--repeat': 0 is not in the range 1<=x<=10000",
            "testingkit run",
        ),
    ],
)
def test_wrong_arguments_exit_with_2_and_name_the_help(
    line: str, message: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli._run(line.split()) == 2
    assert capsys.readouterr() == ("", f"testingkit: {message}\nTry {command} --help\n")

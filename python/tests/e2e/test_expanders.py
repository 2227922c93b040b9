"""Code of a project that runs while cases are loaded cannot end or disturb the command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.project import Project, Result

KEY = 'testingkit.toml: load.expanders."greet.v1.GreetRequest": notation:expand '
TRICKS = {
    "sys.exit(0)": "raised SystemExit: 0",
    "os._exit(0)": "ended its process with exit code 0",
    "raise KeyboardInterrupt": "raised KeyboardInterrupt",
    "1 / 0": "raised ZeroDivisionError: division by zero",
}


@pytest.fixture
def project(honest: Project) -> Project:
    honest.load = {"expanders": {"greet.v1.GreetRequest": "notation:expand"}}
    return honest


def _write(project: Project, body: str, before: str = "") -> None:
    text = f"import os, sys\n{before}\ndef expand(message):\n    {body}\n"
    (project.folder / "notation.py").write_text(text)


def _run(project: Project, *words: str) -> Result:
    places = [str(project.folder), project.environment()["PYTHONPATH"]]
    return project.run(*words, PYTHONPATH=os.pathsep.join(places))


@pytest.mark.parametrize("code", TRICKS)
def test_an_expander_that_ends_otherwise_is_an_error_of_the_configuration(
    project: Project, code: str
) -> None:
    _write(project, code)
    shown = _run(project, "run", "--json")
    assert (shown.exit, shown.out) == (2, "")
    assert f"{KEY}{TRICKS[code]}, on cases/greet.textproto:" in shown.err
    assert not project.orphans()


@pytest.mark.parametrize("code", TRICKS)
def test_an_import_that_ends_otherwise_is_an_error_of_the_configuration(
    project: Project, code: str
) -> None:
    _write(project, "pass", code)
    shown = _run(project, "lint")
    assert (shown.exit, shown.out) == (2, "")
    assert f"{KEY}{TRICKS[code].replace('raised', 'cannot be imported:')}" in shown.err


def test_what_an_expander_prints_goes_to_standard_error(project: Project) -> None:
    _write(project, "print('called'); os.write(1, b'written\\n')", "print('imported')")
    shown = _run(project, "run", "--json")
    assert shown.exit == 0
    assert shown.json["footer"]["decision"] == "DECISION_CONFORMANT"
    assert {"imported", "called", "written"} <= set(shown.err.split())


def test_threads_folders_and_exit_handlers_of_an_expander_have_no_effect(
    project: Project, tmp_path: Path
) -> None:
    code = "import atexit, threading, time; atexit.register(os._exit, 0); os.chdir('/');"
    code += " threading.Thread(target=time.sleep, args=[99]).start()"
    _write(project, "pass", code)
    project.add_greeter("bad", "answers_wrong")
    shown = _run(project, "run", "--name-to", "name.txt")
    assert shown.exit == 1
    assert (project.folder / "name.txt").read_text().strip()
    assert not project.orphans()


def test_a_process_that_an_expander_leaves_ends_with_the_command(project: Project) -> None:
    _write(project, "if os.fork() == 0: os.setsid(); time.sleep(99)", "import time")
    shown = _run(project, "lint")
    assert shown.exit == 0, shown
    assert not project.orphans()


def test_an_expander_that_closes_its_connection_is_an_error_without_frames_of_ours(
    project: Project,
) -> None:
    _write(project, "os.closerange(3, 99)")
    shown = _run(project, "lint")
    assert (shown.exit, shown.out) == (2, "")
    assert shown.err.startswith("testingkit: "), shown
    assert len(shown.err.splitlines()) == 1


TEXTS = {
    "raise ValueError": "the expander raised ValueError without a text",
    "raise type('Odd', (ValueError,), {'__str__': lambda s: sys.exit(0)})": "Odd, whose text is",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_notation_that_is_wrong_always_has_a_text(project: Project, code: str) -> None:
    _write(project, code)
    shown = _run(project, "lint")
    assert shown.exit == 3, shown
    assert f":7:1: {TEXTS[code]}" in shown.out + shown.err


@pytest.mark.parametrize("declared", [None, [], ["table.txt"]])
def test_a_changed_table_is_never_hidden_by_the_cache(
    project: Project, declared: list[str] | None
) -> None:
    """The runner greets the name of the table, and the expectation has the first one."""
    if declared is not None:
        project.load["inputs"] = declared
    table = project.folder / "table.txt"
    _write(project, f"message.name = open({str(table)!r}).read()")
    project.suite.write_text(
        'name: "greet" service: "greet.v1.GreetService"\n'
        'cases { name: "one" method: "Greet" expect { response { text: "Hello, Ada" length: 10 } } '
        "request {} }\n"
    )
    for name, code in (("Ada", 0), ("Bob", 1), ("Ada", 0)):
        table.write_text(name)
        shown = _run(project, "run")
        assert shown.exit == code, shown


def test_a_declared_input_that_does_not_exist_is_an_error(project: Project) -> None:
    _write(project, "pass")
    project.load["inputs"] = ["tabel.txt"]
    shown = _run(project, "run")
    assert (shown.exit, shown.out) == (2, "")
    assert "testingkit.toml: load.inputs[0]: no file matches 'tabel.txt'" in shown.err

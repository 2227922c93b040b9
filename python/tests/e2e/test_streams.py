"""Output that cannot be written is one message and exit code 2; a closed pipe is neither."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.project import COMMAND, Project

COMMANDS = [
    "--help",
    "run --help",
    "run",
    "run --json",
    "list",
    "show",
    "show --json",
    "show --case greet/greets",
    "diff latest latest",
    "history add",
    "history show",
    "repro greet/greets",
    "report --jsonl -",
    "report --junit -",
    "ci --as github",
]
SINKS = {">/dev/full": "No space left on device", ">&-": "Bad file descriptor"}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Project:
    project = Project(tmp_path_factory.mktemp("streams"), generated)
    project.add_greeter("good")
    assert project.run("run").exit == 0
    return project


def _shell(project: Project, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; "$0" {line}', COMMAND],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("command", COMMANDS)
def test_unwritable_output_is_reported_once_and_exits_with_2(
    recorded: Project, command: str, sink: str
) -> None:
    shown = _shell(recorded, f"{command} {sink}")
    lines = [line for line in shown.stderr.splitlines() if "cannot be written" in line]
    assert (shown.returncode, len(lines)) == (2, 1), shown.stderr
    assert lines[0].startswith("testingkit: ")
    assert lines[0].endswith(f"cannot be written: {SINKS[sink]}")
    assert not {"Traceback", "bug", "Exception ignored"} & set(shown.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_closed_pipe_exits_with_0(recorded: Project, command: str) -> None:
    shown = _shell(recorded, f"{command} | true")
    assert shown.returncode == 0, shown.stderr
    assert "cannot be written" not in shown.stderr
    assert "Exception ignored" not in shown.stderr


@pytest.mark.parametrize("sink", ["2>/dev/full", "2>&-"])
def test_unwritable_standard_error_keeps_the_exit_code(recorded: Project, sink: str) -> None:
    shown = _shell(recorded, f"show nothing {sink}")
    assert (shown.returncode, shown.stdout, shown.stderr) == (2, "", "")

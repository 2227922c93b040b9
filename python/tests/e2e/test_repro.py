"""A problem as files, with a script that tells whether it is still there."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from testingkit.conformance.reproduction import Reproduction
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunHeader
from tests.e2e.project import COMMAND, Project


def _script(project: Project, folder: Path) -> int:
    project.run("list")  # writes the configuration
    environment = {**project.environment(), "TESTINGKIT": COMMAND}
    return subprocess.run([folder / "repro.sh"], env=environment, check=False, cwd="/").returncode


def test_the_script_shows_the_problem_until_it_is_gone(honest: Project) -> None:
    honest.add("bad", "vicious.py", "answers_wrong")
    honest.run("run")
    shown = honest.run("repro", "D1")
    assert (shown.exit, shown.err) == (0, "")
    assert shown.out.startswith("greet/greets_trigger is in .testingkit/repro/D1; run it: ")
    folder = honest.folder / ".testingkit" / "repro" / "D1"
    texts = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.*")}
    assert texts["request.textproto"].strip() == 'name: "trigger"'
    assert texts["golden.textproto"] == 'text: "Hello, trigger"\nlength: 14\n'
    assert texts["observed/good.textproto"] == texts["golden.textproto"]
    assert texts["observed/bad.textproto"].startswith('text: "Hello, Trigger"')
    assert 'bad: mismatch: text: expected "Hello, trigger"' in texts["diff.txt"]
    assert "testingkit run -k greet/greets_trigger -r bad" in texts["README.md"]
    assert _script(honest, folder) == 1
    honest.add("bad", "greeter.py")
    assert _script(honest, folder) == 0


def test_a_crash_is_told_by_what_the_process_wrote(honest: Project, tmp_path: Path) -> None:
    honest.add("bad", "vicious.py", "dies_midway")
    honest.run("run")
    folder = tmp_path / "a folder of my own"
    assert honest.run("repro", "C1", "-o", str(folder)).exit == 0
    assert (folder / "observed" / "bad.textproto").read_text().startswith("# crash: ")
    assert _script(honest, folder) == 1


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("D7", "the run has no finding 'D7'"),
        ("no/case", "the run has no case 'no/case'"),
        ("R1", "R1 is about no case"),
    ],
)
def test_mistakes(honest: Project, word: str, message: str) -> None:
    honest.add("gone", "vicious.py", "dies_at_start")
    honest.run("run")
    shown = honest.run("repro", word)
    assert shown.exit == 2
    assert message in shown.err


def test_names_from_a_log_become_no_paths_and_no_commands() -> None:
    hostile = "a\nrm -rf /; $(reboot) `x` ../../b"
    header = RunHeader(runners=["../../etc/x", hostile, "good"], seed="7f")
    case = PlannedCase(call_id=1, case_id=hostile, path=hostile, method=hostile, request=b"\xff")
    finished = FinishedCase(call_id=1, parity=parity_pb2.PARITY_AGREE)
    for index in range(3):
        result = finished.results.add(runner=index, verdict=verdict_pb2.VERDICT_PANIC)
        result.observation.panic.text = hostile
    files = Reproduction(header, case, finished, Path("../.."), "testingkit.toml").files()
    assert all(".." not in path.parts and not path.is_absolute() for path in files)
    assert len(files) == 8
    script = files[Path("repro.sh")]
    words = shlex.split(script[script.index("exec ") :])
    assert words[:3] == ["exec", "${TESTINGKIT:-testingkit}", "run"]
    assert words[words.index("-k") + 1] == hostile
    lines = script[: script.index("exec ")].splitlines()
    assert [line.split()[0] for line in lines] == ["#!/bin/sh", "#", "cd", "cd", "export"]

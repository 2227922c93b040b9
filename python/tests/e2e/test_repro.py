"""``testingkit repro`` writes a problem as files, with a script that reproduces it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from testingkit.conformance.report.reproduction import Reproduction
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunHeader
from tests.e2e.project import COMMAND, Project


def _script(project: Project, folder: Path) -> int:
    project.run("list")  # writes the configuration
    environment = {**project.environment(), "TESTINGKIT": COMMAND}
    return subprocess.run([folder / "repro.sh"], env=environment, check=False, cwd="/").returncode


@pytest.mark.smoke
def test_script_exits_with_1_until_the_problem_is_fixed(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.run("run")
    shown = honest.run("repro", "D1")
    assert (shown.exit, shown.notes) == (0, "")
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
    honest.add_greeter("bad")
    assert _script(honest, folder) == 0


def test_crash_is_reproduced_in_a_folder_of_choice(honest: Project, tmp_path: Path) -> None:
    honest.add_greeter("bad", "dies_midway")
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
        ("R1", "finding R1 has no case to reproduce"),
    ],
)
def test_unknown_finding_or_case_exits_with_2(honest: Project, word: str, message: str) -> None:
    honest.add_greeter("gone", "dies_at_start")
    honest.run("run")
    shown = honest.run("repro", word)
    assert shown.exit == 2
    assert message in shown.err


def test_script_exits_with_125_if_the_run_decides_nothing(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.run("run")
    honest.run("repro", "D1")
    folder = honest.folder / ".testingkit" / "repro" / "D1"
    suite = honest.suite.read_text()
    honest.suite.write_text("this is not a suite")
    assert _script(honest, folder) == 125  # 3
    honest.suite.write_text(suite.replace("greets_trigger", "renamed"))
    assert _script(honest, folder) == 125  # 4
    honest.suite.write_text(suite)
    honest.add_greeter("bad", "dies_at_start")
    assert _script(honest, folder) == 125  # 5
    environment = {**honest.environment(), "TESTINGKIT": "/no/such/command"}
    command = [folder / "repro.sh"]
    shown = subprocess.run(command, env=environment, check=False, capture_output=True)
    assert shown.returncode == 125


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 70, 127, 130, 143])
def test_script_turns_exit_codes_from_2_to_127_into_125(
    honest: Project, tmp_path: Path, code: int
) -> None:
    honest.run("run")
    honest.run("repro", "greet/greets")
    command = tmp_path / "stand_in"
    command.write_text(f"#!/bin/sh\nexit {code}\n")
    command.chmod(0o755)
    script = honest.folder / ".testingkit" / "repro" / "greet.greets" / "repro.sh"
    environment = {**honest.environment(), "TESTINGKIT": str(command)}
    ended = subprocess.run([script], env=environment, check=False).returncode
    assert ended == (125 if 2 <= code <= 127 else code)


def test_folder_with_other_files_is_refused(honest: Project) -> None:
    honest.run("run")
    mine = honest.folder / "README.md"
    mine.write_text("mine")
    for folder in (".", "", " "):
        shown = honest.run("repro", "greet/greets", "-o", folder)
        assert (shown.exit, mine.read_text()) == (2, "mine"), shown.err
        assert not (honest.folder / "repro.sh").exists()
    made = honest.folder / "made"
    for _ in range(2):  # its own files are overwritten
        assert honest.run("repro", "greet/greets", "-o", "made").exit == 0
    (made / "notes.txt").write_text("mine as well")
    shown = honest.run("repro", "greet/greets", "-o", "made")
    assert shown.exit == 2
    assert (
        "made has files that are not part of a reproduction; name another folder with -o"
        in shown.err
    )
    (made / "notes.txt").unlink()
    (made / "repro.sh").write_text("#!/bin/sh\necho mine\n")
    assert honest.run("repro", "greet/greets", "-o", "made").exit == 2


@pytest.mark.parametrize(
    "hostile",
    ["a\nrm -rf /; $(reboot) `x` ../../b", "a'b\"c\\d$HOME", "\x1b[31mred\u202eder", "-x y"],
)
def test_hostile_names_in_a_log_do_not_become_paths_or_commands(
    hostile: str, tmp_path: Path
) -> None:
    header = RunHeader(runners=["../../etc/x", hostile, "good"], seed="7f")
    case = PlannedCase(call_id=1, case_id=hostile, path=hostile, method=hostile, request=b"\xff")
    finished = FinishedCase(call_id=1, parity=parity_pb2.PARITY_AGREE)
    for index in range(3):
        result = finished.results.add(runner=index, verdict=verdict_pb2.VERDICT_PANIC)
        result.observation.panic.text = hostile
    files = Reproduction(header, case, finished, Path(), "testingkit.toml").files()
    assert all(".." not in path.parts and not path.is_absolute() for path in files)
    assert len(files) == 8
    script = files[Path("repro.sh")]
    comments = [line for line in script.splitlines() if line.startswith("#")]
    assert len(comments) == 5
    assert all(line.isprintable() for line in comments)
    assert all(line.isprintable() for line in files[Path("README.md")].split("\n"))
    command = tmp_path / "words"
    command.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n')
    command.chmod(0o755)
    (tmp_path / "repro.sh").write_text(script, newline="")
    environment = {"TESTINGKIT": str(command), "PATH": "/usr/bin:/bin"}
    shown = subprocess.run(
        ["sh", tmp_path / "repro.sh"], env=environment, check=True, capture_output=True
    )
    words = shown.stdout.decode().split("\0")
    assert words[:5] == ["run", "-c", "testingkit.toml", "-k", hostile]
    assert words[5:-1] == ["-r", f"../../etc/x,{hostile},good", "--seed", "7f"]


@pytest.mark.parametrize("length", [2, 200])
def test_every_name_that_a_case_may_have_is_a_folder(honest: Project, length: int) -> None:
    """Ids of the greatest length differ in their last character only."""
    suite = f"{'a' * length}/{'b' * (length - 1)}"
    names = ["c" * (length - 1) + last for last in "de"]
    text = honest.suite.read_text().replace('name: "greet"', f'name: "{suite}"', 1)
    cases = [
        f'cases {{ name: "{name}" request {{ name: "{name}" }} expect {{ error {{}} }} }}\n'
        for name in names
    ]
    honest.suite.write_text(text + "".join(cases))
    assert honest.run("run").exit == 1
    for name in names:
        shown = honest.run("repro", f"{suite}/{name}")
        assert shown.exit == 0, shown
    folders = list((honest.folder / ".testingkit" / "repro").iterdir())
    assert len(folders) == len(names)
    requests = [(folder / "request.textproto").read_text() for folder in folders]
    assert sorted(requests) == [f'name: "{name}"\n' for name in names]

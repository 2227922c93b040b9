"""A run works under what its parent leaves it: signals, descriptors, limits, folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.project import COMMAND, SCRIPTS, Project, Result

_TIMEOUT = 60.0


def _under(project: Project, setting: str, words: str = "run", **variables: str) -> Result:
    """Runs the command in a shell that has done something before."""
    project.write_config()
    done = subprocess.run(
        ["bash", "-c", f'{setting}; exec "$0" {words}', COMMAND],
        cwd=project.folder,
        env={**project.environment(), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.smoke
@pytest.mark.parametrize(
    "setting",
    [
        "trap '' CHLD",
        "trap '' CHLD INT TERM HUP PIPE",
        "umask 0777",
        "ulimit -n 64",
        "exec <&-",
    ],
)
def test_run_is_conformant_under_settings_of_its_parent(honest: Project, setting: str) -> None:
    result = _under(honest, setting)
    assert (result.exit, result.err) == (0, "")
    assert result.out.splitlines()[-1] == "CONFORMANT"


def test_protos_that_do_not_compile_are_reported_by_a_child_of_who_ignores_sigchld(
    honest: Project,
) -> None:
    (honest.folder / "protos" / "wrong.proto").write_text("nonsense\n")
    result = _under(honest, "trap '' CHLD")
    assert result.exit == 2
    assert "the protos do not compile" in result.err


_BLOCKED = """
import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_runner_does_not_inherit_blocked_signals(honest: Project) -> None:
    """A plain server, which ends by SIGTERM, does not have to be killed."""
    honest.add("plain", "plain_server.py", "{port}")
    honest.write_config()
    done = subprocess.run(
        [sys.executable, "-c", _BLOCKED, COMMAND, "doctor", "-r", "plain"],
        cwd=honest.folder,
        env=honest.environment(),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    assert done.returncode == 0
    assert "after SIGTERM, and is killed" not in done.stdout


@pytest.mark.parametrize("closed", ["exec >&-", "exec <&- >&-", "exec <&- >&- 2>&-"])
def test_result_that_cannot_be_printed_exits_with_2_and_the_run_is_recorded(
    honest: Project, closed: str
) -> None:
    assert _under(honest, closed).exit == 2
    assert honest.footer().exit_code == 0


def test_too_many_open_files_are_reported_without_a_traceback(honest: Project) -> None:
    result = _under(honest, "ulimit -n 12")
    assert result.exit in {2, 5}
    assert "oo many open files" in result.out + result.err


@pytest.mark.parametrize(
    "name",
    [
        "x" * 120,
        "with a blank",
        "percent%41",
        "hash#",
        "question?",
        "ümläut",
        "missing",
        "relative",
    ],
)
def test_runner_is_not_blamed_for_the_path_of_the_temporary_folder(
    honest: Project, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    if name != "missing":
        folder.mkdir()
    honest.add("plain", "plain_server.py", "{port}")
    result = _under(honest, "true", TMPDIR=name if name == "relative" else str(folder))
    assert (result.exit, result.err) == (0, "")
    assert not list(folder.glob("testingkit-*"))


_COMMANDS = [
    "run",
    "merge a",
    "list",
    "lint",
    "accept --missing",
    "audit",
    "runners",
    "doctor",
    "known prune",
    "show",
    "diff a b",
    "ci",
    "repro C1",
    "history export h.db",
    "report --html x",
    "convert x.textproto",
]


@pytest.mark.parametrize("words", _COMMANDS)
def test_removed_working_folder_is_an_error_of_every_command(honest: Project, words: str) -> None:
    result = _under(honest, "mkdir gone && cd gone && rmdir ../gone", words)
    assert (result.exit, result.out) == (2, "")
    assert result.err == (
        "testingkit: the working folder does not exist any more; change to another one\n"
    )


def test_help_works_in_a_removed_working_folder(honest: Project) -> None:
    gone = "mkdir gone && cd gone && rmdir ../gone"
    assert _under(honest, gone, "run --help").exit == 0
    assert _under(honest, gone, "--version").exit == 0


_DAEMON = """
import os, subprocess, sys
silent = {} if sys.argv[1] == "holds" else {"stdout": subprocess.DEVNULL}
subprocess.Popen(["sleep", "100"], start_new_session=True, stderr=silent.get("stdout"), **silent)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


@pytest.mark.parametrize("output", ["holds", "does not hold"])
@pytest.mark.parametrize("script", ["greeter.py", "plain_server.py"])
def test_child_that_left_the_group_of_its_runner_is_killed_after_it(
    honest: Project, tmp_path: Path, output: str, script: str
) -> None:
    daemon = tmp_path / "daemon.py"
    daemon.write_text(_DAEMON)
    words = ["{port}"] if script == "plain_server.py" else []
    command = [sys.executable, str(daemon), output, str(SCRIPTS / script), *words]
    honest.runners["good"]["command"] = command
    result = _under(honest, "true")
    assert (result.exit, result.err) == (0, "")
    assert result.out.splitlines()[-1] == "CONFORMANT"
    assert not honest.orphans()
    log = honest.folder / ".testingkit" / "runs" / "latest" / "good.log"
    noted = log.exists() and "killed what it left running: sleep" in log.read_text()
    assert noted == (output == "holds")
    doctor = _under(honest, "true", "doctor")
    assert script != "greeter.py" or "leaves processes behind: sleep" in doctor.out
    assert not honest.orphans()


_SLOW = """
import time
from pathlib import Path


def wait(message):
    Path("loads").touch()
    time.sleep(600)
"""


@pytest.mark.parametrize("protos", [["protos"], []], ids=["protos", "types of a runner"])
def test_sigterm_interrupts_the_load_of_cases_also_if_sigint_is_ignored(
    honest: Project, protos: list[str]
) -> None:
    """As for a command that a shell runs in the background; the second signal changes nothing."""
    (honest.folder / "slow_cases.py").write_text(_SLOW)
    honest.protos = protos
    honest.write_config()
    with (honest.folder / "testingkit.toml").open("a") as config:
        config.write('[load.expanders]\n"greet.v1.GreetRequest" = "slow_cases:wait"\n')
    variables = honest.environment()
    path = os.pathsep.join([str(honest.folder), variables["PYTHONPATH"]])
    with subprocess.Popen(
        ["bash", "-c", "trap '' INT; exec \"$0\" run", COMMAND],
        cwd=honest.folder,
        env={**variables, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (honest.folder / "loads").exists():
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=_TIMEOUT)
    assert (process.returncode, out, err.strip()) == (130, "", "testingkit: interrupted")
    assert not honest.orphans()

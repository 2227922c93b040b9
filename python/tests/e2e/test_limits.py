"""Limits of a run: its deadline, the memory of runners, disk space, closed outputs."""

from __future__ import annotations

import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from testingkit.conformance.errors import OutputError
from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import COMMAND, SCRIPTS, Project, assert_totals_add_up


def test_run_timeout_ends_a_run_with_a_hanging_call(honest: Project) -> None:
    honest.add_greeter("bad", "never_answers")
    honest.limits["run_timeout"] = "2s"
    shown = honest.run("run")
    assert shown.exit == 5
    assert "limits.run_timeout = 2 s passed" in shown.out
    footer = honest.footer()
    assert footer.decision == run_pb2.DECISION_INCOMPLETE
    assert_totals_add_up(footer)
    assert footer.ledgers[0].passed == 5
    # The call that hangs, and the two that wait behind it.
    assert (footer.ledgers[1].passed, footer.ledgers[1].missing) == (2, 3)


@pytest.mark.parametrize("protos", [["protos"], []])
def test_run_timeout_ends_a_run_while_runners_start(honest: Project, protos: list[str]) -> None:
    honest.protos = protos
    honest.add("slow", "faulty.py", "never_starts")
    honest.add_greeter("gone", "dies_at_start")
    honest.limits |= {"run_timeout": "1s", "start_timeout": "50s"}
    shown = honest.run("run")
    assert shown.exit == 5
    assert not honest.orphans()
    if not protos:
        assert (shown.out, shown.err) == (
            "",
            "testingkit: limits.run_timeout = 1 s passed before a runner reported its types\n",
        )
        return
    assert "5 cases were not run: limits.run_timeout = 1 s passed" in shown.out
    assert "gone did not start: " in shown.out
    footer = honest.footer()
    assert footer.decision == run_pb2.DECISION_INCOMPLETE
    assert [ledger.missing for ledger in footer.ledgers] == [5, 5, 5]
    assert_totals_add_up(footer)


def test_run_timeout_ends_a_run_whose_runner_does_not_stop(honest: Project) -> None:
    honest.add("bad", "protocol_breaker.py", "never_ends")
    honest.limits |= {"run_timeout": "3s", "stop_timeout": "10m"}
    shown = honest.run("run")
    assert shown.exit == 5
    text = "the run had all answers and did not end: limits.run_timeout = 3 s passed"
    assert text in shown.out
    assert [ledger.passed for ledger in honest.footer().ledgers] == [5, 5]
    assert not honest.orphans()


def test_runner_beyond_its_memory_limit_panics(honest: Project) -> None:
    honest.add("bad", "flaky.py", "grows", memory_limit="1GiB")
    assert honest.run("run").exit == 1
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.panicked) == (4, 1)


def _run_with(project: Project, prepare: Callable[[], None] | None, out: Path) -> tuple[int, str]:
    """Runs with its output in a file. Returns the exit code and standard error."""
    project.start("--version").communicate()  # writes the configuration
    with out.open("w") as file:
        done = subprocess.run(
            [COMMAND, "run"],
            cwd=project.folder,
            env=project.environment(),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=prepare,
        )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_event_log_that_does_not_fit_on_the_disk_exits_with_5(honest: Project) -> None:
    honest.write_many(2000)
    honest.add_greeter("other")
    assert honest.run("run").exit == 0  # fills the caches, which are files too
    log = honest.folder / ".testingkit" / "runs" / "latest" / "events.binpb"
    room = log.stat().st_size // 2

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    shown = honest.folder / "shown.txt"
    status, _ = _run_with(honest, limit, shown)
    assert status == 5
    text = shown.read_text()
    assert "events.binpb cannot be written: File too large" in text
    assert "good" in text
    assert "2,000" in text
    assert "INCOMPLETE" in text
    with pytest.raises(OutputError, match="cut short"):
        honest.events()


def test_log_of_a_runner_that_does_not_fit_on_the_disk_is_cut(honest: Project) -> None:
    honest.add("chatty", "faulty.py", "is_chatty")
    assert honest.run("run").exit == 0  # fills the caches, which are files too
    log = honest.folder / ".testingkit" / "runs" / "latest" / "chatty.log"
    room = log.stat().st_size // 4

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    status, message = _run_with(honest, limit, honest.folder / "shown.txt")
    assert (status, message) == (0, "")
    assert log.stat().st_size <= room
    assert honest.footer().decision == run_pb2.DECISION_CONFORMANT


@pytest.mark.parametrize("place", [".testingkit", ".testingkit/runs"])
def test_file_in_place_of_the_run_folder_exits_with_2(honest: Project, place: str) -> None:
    path = honest.folder / place
    path.parent.mkdir(exist_ok=True)
    path.touch()
    shown = honest.run("run")
    assert (shown.exit, shown.out) == (2, "")
    assert shown.err.startswith("testingkit: the run folder under ")
    assert shown.err.count("\n") == 1
    assert not honest.orphans()


def test_result_that_cannot_be_written_exits_with_2(honest: Project) -> None:
    status, message = _run_with(honest, None, Path("/dev/full"))
    assert status == 2
    assert "the result cannot be written: No space left on device" in message
    assert honest.footer().decision == run_pb2.DECISION_CONFORMANT


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [("run", 1), ("run --json", 1), ("run -r good --json", 0), ("lint --json", 0), ("list", 0)],
)
def test_closed_output_does_not_change_the_exit_code(
    honest: Project, command: str, exit_code: int
) -> None:
    honest.add_greeter("bad", "answers_wrong")
    with honest.start(*command.split()) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        message = process.stderr.read()
    assert process.returncode == exit_code
    assert not message


def test_both_output_streams_may_be_closed(honest: Project) -> None:
    honest.suite.write_text("what is this")
    with honest.start("lint") as process:
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
    assert process.returncode == 3


_CHANGES = {
    "rm -rf .testingkit/runs/2*": "was removed during the run",
    "rm -rf .testingkit": "was removed during the run",
    "rm .testingkit/runs/2*/events.binpb": "was removed during the run",
    "for d in .testingkit/runs/2*; do rm -r $d; ln -s /tmp $d; done": "was removed during the run",
    "for d in .testingkit/runs/2*; do cp -r $d copy; rm -r $d; ln -s $PWD/copy $d; done": (
        "was replaced during the run"
    ),
    "for l in .testingkit/runs/2*/ev*; do echo x >> $l; done": "was changed during the run",
}


@pytest.mark.parametrize("change", _CHANGES)
def test_run_without_its_log_in_the_end_is_incomplete(project: Project, change: str) -> None:
    program = shlex.join([sys.executable, str(SCRIPTS / "greeter.py")])
    project.runners["good"] = {"command": ["sh", "-c", f"{change}; exec {program}"]}
    shown = project.run("run")
    assert shown.exit == 5
    assert _CHANGES[change] in shown.out
    assert "INCOMPLETE   1 problem: I1   exit 5" in shown.out


def test_folder_of_runs_that_cannot_be_made_exits_with_2(honest: Project) -> None:
    (honest.folder / ".testingkit").symlink_to("/proc/sys/user")  # takes no files, even from root
    shown = honest.run("run")
    assert shown.exit == 2
    assert "/.testingkit/runs cannot be created: " in shown.err


def test_runs_that_go_on_are_kept_by_later_runs(honest: Project) -> None:
    honest.runners["slow"] = {"command": ["sleep", "600"]}
    honest.limits["start_timeout"] = "60s"
    runs = honest.folder / ".testingkit" / "runs"
    with honest.start("run") as process:
        while not (runs / "last").exists():
            time.sleep(0.01)
        going_on = (runs / "last").resolve()
        for number in range(40):  # as if 40 runs had come and gone since
            (runs / f"29990101T0000{number:02}Z-7f").mkdir()
        del honest.runners["slow"]
        assert honest.run("run").exit == 0
        assert (going_on / "events.binpb").exists()
        assert len(list(runs.glob("2999*"))) < 40
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130, err
    assert "during the run" not in out

"""Single checks of the doctor, and the exit code for all of them."""

from __future__ import annotations

import dataclasses
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from google.rpc import code_pb2
from hypothesis import given
from hypothesis import strategies as st

from testingkit import __version__
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import (
    CheckResult,
    CheckStatus,
    exit_code,
    failed,
    ok,
    skipped,
    warning,
)
from testingkit.conformance.doctor.determinism_check import choose_cases
from testingkit.conformance.doctor.robustness_checks import assess_bad_request
from testingkit.conformance.doctor.shutdown_checks import (
    assess_lease,
    assess_shutdown,
    assess_signal,
)
from testingkit.conformance.doctor.startup_checks import (
    assess_command,
    assess_description,
    assess_start,
)
from testingkit.conformance.errors import Place
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.runners.processes.group import running
from testingkit.conformance.runners.transport.shutdown_probe import ShutdownResult
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.observation_pb2 import Error, Observation, Panic
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from tests.conformance.support import make_case, says

CODES = [ExitCode.USAGE, ExitCode.INVALID_CASES, ExitCode.NOT_CONFORMANT, ExitCode.INCOMPLETE]


@given(st.lists(st.sampled_from(CODES)))
def test_most_important_failure_decides_the_exit_code(codes: Sequence[ExitCode]) -> None:
    fine = [
        CheckResult("x", "c", r, ExitCode.USAGE) for r in (ok(""), warning("", ""), skipped(""))
    ]
    wrong = [CheckResult("x", "c", failed("", ""), code) for code in codes]
    expected = min(codes, key=CODES.index, default=ExitCode.CONFORMANT)
    assert exit_code([*wrong, *fine]) is expected


def test_lines_after_the_first_of_a_failure_are_its_log() -> None:
    note = failed("it died\nfirst\nsecond", "fix it")
    assert (note.text, note.log) == ("it died", ["first", "second"])


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0.1, CheckStatus.OK), (5.0, CheckStatus.OK), (5.1, CheckStatus.WARNING)],
)
def test_start_of_more_than_half_of_the_limit_is_a_warning(
    seconds: float, status: CheckStatus
) -> None:
    assert assess_start(seconds, 10.0).status is status


def test_command_note_has_the_program_or_the_problem(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "runner"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    config = RunnerConfig("x", command=("bin/runner", "two words"))
    assert assess_command(config, tmp_path).text == f"{program} cannot be executed"
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert assess_command(config, tmp_path).text == "bin/runner 'two words'"
    on_path = RunnerConfig("x", command=("runner",), env={"PATH": str(program.parent)})
    assert assess_command(on_path, tmp_path).text == str(program)
    elsewhere = dataclasses.replace(config, cwd="nowhere")
    assert assess_command(elsewhere, tmp_path).advice == "correct runners.x.cwd"


def test_description_note_has_all_parts_or_those_missing() -> None:
    whole = DescribeResponse(
        name="go", version="1.2", language="go", runtime="go1.26", sdk_version=__version__
    )
    assert [r.text for r in assess_description(whole)] == [
        f"go 1.2 · go, go1.26 · SDK {__version__} · protocol 1"
    ]
    whole.sdk_version = "0.0.1"
    assert f"SDK 0.0.1 (this TestingKit is {__version__})" in assess_description(whole)[0].text
    whole.version = whole.runtime = ""
    assert [(r.status, r.text) for r in assess_description(whole)] == [
        (CheckStatus.WARNING, "Describe has no version"),
        (CheckStatus.WARNING, "Describe has no runtime"),
    ]


CLEAN = ShutdownResult(0.01, 0, "exited with status 0")


def test_every_problem_of_a_shutdown_has_a_note() -> None:
    assert [r.status for r in assess_shutdown(CLEAN, 5)] == [CheckStatus.OK]
    bad = dataclasses.replace(
        CLEAN, status=-9, text="killed by signal 9 (SIGKILL)", refusal="X", left_behind=["a", "b"]
    )
    assert [(r.status, r.text) for r in assess_shutdown(bad, 5)] == [
        (CheckStatus.FAILED, "does not answer Shutdown: X"),
        (CheckStatus.FAILED, "killed by signal 9 (SIGKILL) after Shutdown"),
        (CheckStatus.WARNING, "leaves processes behind: a, b"),
    ]


def test_process_that_has_to_be_killed_fails_or_warns() -> None:
    stuck = dataclasses.replace(CLEAN, status=None)
    (note,) = assess_signal(stuck, 5)
    assert note.status is CheckStatus.WARNING
    assert "coverage" in note.advice
    assert [r.status for r in assess_lease(stuck, 5)] == [CheckStatus.FAILED]
    assert [r.status for r in assess_shutdown(stuck, 5)] == [CheckStatus.FAILED]


def test_plain_server_may_end_with_any_status() -> None:
    killed = dataclasses.replace(CLEAN, status=-15)
    assert [r.status for r in assess_signal(killed, 5)] == [CheckStatus.OK]


@pytest.mark.parametrize(
    ("code", "of_a_runner", "of_a_plain_server"),
    [
        (code_pb2.INTERNAL, CheckStatus.OK, CheckStatus.OK),
        (code_pb2.INVALID_ARGUMENT, CheckStatus.OK, CheckStatus.OK),
        (code_pb2.UNKNOWN, CheckStatus.WARNING, CheckStatus.OK),
    ],
)
def test_bad_request_must_be_answered_with_an_error(
    code: int, of_a_runner: CheckStatus, of_a_plain_server: CheckStatus
) -> None:
    observation = Observation(error=Error(code=code))
    assert assess_bad_request("p.v1.S/A", observation, is_plain=False).status is of_a_runner
    assert assess_bad_request("p.v1.S/A", observation, is_plain=True).status is of_a_plain_server
    panic = Observation(panic=Panic(text="ValueError"))
    note = assess_bad_request("p.v1.S/A", panic, is_plain=True)
    assert (note.status, note.text) == (
        CheckStatus.FAILED,
        "bytes that are not a request of p.v1.S/A: panic: ValueError",
    )


def _suite(name: str, number: int) -> Suite:
    cases = [make_case(says("x"), name=f"{name}/{i}") for i in range(number)]
    return Suite(name, Place(name), case_pb2.Suite(), CasesInMemory(cases))


@given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 6))
def test_sample_is_as_large_as_possible_without_duplicates(sizes: Sequence[int], most: int) -> None:
    suites = [_suite(f"s{i}", size) for i, size in enumerate(sizes)]
    served = {"probe.v1.ProbeService/Say"}
    left_out = {"s0/0"}
    able = sum(sizes) - (1 if sizes and sizes[0] else 0)
    chosen = [c.id for suite in choose_cases(suites, served, left_out, most) for c in suite.cases]
    assert len(chosen) == len(set(chosen)) == min(able, most)
    assert not left_out & set(chosen)
    used = sum(1 for i, size in enumerate(sizes) if size > (i == 0))
    assert len({case_id.partition("/")[0] for case_id in chosen}) == min(used, most)
    assert not any(suite.cases for suite in choose_cases(suites, set(), left_out, most))


def test_running_processes_of_a_group_exclude_ended_ones() -> None:
    command = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(running(process.pid)) == 1
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert running(process.pid) == []  # a zombie: it has ended and was not waited for
    assert running(process.pid) == []

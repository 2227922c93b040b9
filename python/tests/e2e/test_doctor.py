"""``testingkit doctor`` passes healthy runners, and finds the fault of each unhealthy one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.project import HERE, PYTHON_ROOT, SCRIPTS, Project, Result
from tests.e2e.test_interrupts import _is_locked, _wait_until

_CHECKS = [
    "command", "start", "versions", "methods", "protos", "unknown_method", "bad_request",
    "shutdown", "determinism", "lease",
]  # fmt: skip
_PATIENCE = 30.0  # seconds, for waits without a limit of their own


@dataclass(frozen=True)
class Fault:
    """What the doctor reports of one runner, whose other checks pass."""

    check: str
    outcome: str
    found: str
    advice: str
    script: str = "unhealthy.py"
    log: str = ""  # a line that the runner prints


FAULTS = {
    "over_claims": Fault(
        "methods", "failed",
        "declares greet.v1.GreetService/Vanish, which its own server reflection does not have",
        "list exactly the methods that the server serves",
    ),
    "under_claims": Fault(
        "methods", "failed", "does not serve greet.v1.GreetService/Divide, which cases call",
        "list it under runners.under_claims.unsupported",
    ),
    "is_nameless": Fault(
        "versions", "warning", "Describe has no version", "set version in Describe",
    ),
    "another_proto": Fault(
        "protos", "failed",
        "greet.v1.DivideResponse.remainder is `uint32 = 2` in the project's protos, "
        "`string = 2` in the runner's (and 2 more)",
        "generate its code from the project's protos again",
        script="greeter.py",
    ),
    "dies_of_unknown": Fault(
        "unknown_method", "failed", "crash: exited with status 3", "the error UNIMPLEMENTED",
        log="there is no such method",
    ),
    "answers_unknown": Fault(
        "unknown_method", "failed", "a response", "the error UNIMPLEMENTED",
    ),
    "dies_of_bad_request": Fault(
        "bad_request", "failed", "not a request of greet.v1.GreetService/Divide: crash",
        "the error INTERNAL", log="cannot be read",
    ),
    "answers_bad_request": Fault("bad_request", "failed", "a response", "the error INTERNAL"),
    "answers_unasked": Fault(
        "unknown_method", "failed", "answered calls that do not exist: 4711",
        "docs/contract.md",
    ),
    "hangs_at_the_end": Fault(
        "shutdown", "failed", "still runs 5 s after Shutdown, and is killed", "coverage data",
    ),
    "refuses_to_end": Fault(
        "shutdown", "failed", "does not answer Shutdown: PERMISSION_DENIED: not now",
        "answer Shutdown first",
    ),
    "exits_with_3": Fault(
        "shutdown", "failed", "exited with status 3 after Shutdown", "exit with status 0",
    ),
    "leaves_a_child": Fault(
        "shutdown", "warning", "leaves processes behind: sleep",
        "end the processes that the runner started",
    ),
    "is_flaky": Fault(
        "determinism", "failed", "answers greet/greets differently the second time",
        "testingkit run -r is_flaky -k greet/greets --repeat 5",
    ),
    "differs_by_process": Fault(
        "determinism", "failed",
        "answers greet/greets differently in a second process with the same seed",
        "testingkit run -r differs_by_process -k greet/greets --repeat 5",
    ),
    "dies_of_cases": Fault(
        "determinism", "failed", "greet/greets: crash: exited with status 3",
        "testingkit run -r dies_of_cases -k greet/greets", log="died of a case",
    ),
    "ignores_its_lease": Fault(
        "lease", "failed", "still runs 5 s after its standard input ended",
        "TESTINGKIT_RUNNER_LEASE",
    ),
    "dies_at_start": Fault(
        "start", "failed", "exited with status 9", "run it by hand, and fix the error: ",
        "faulty.py",
        log="the library is not installed",
    ),
    "wrong_version": Fault(
        "start", "failed", "speaks protocol versions: 99; this TestingKit speaks 1",
        "build the runner with an SDK of this version", "protocol_breaker.py",
    ),
}  # fmt: skip
# Other checks that fail because of a fault.
_ALSO = {
    "over_claims": {"methods"},
    "under_claims": {"methods"},
    "answers_unasked": {"bad_request", "determinism"},
}


def _examine(project: Project, *arguments: str) -> tuple[Result, Mapping[str, Any]]:
    """Runs the doctor. Returns the result, and lists of entries by runner and check."""
    result = project.run("doctor", "--json", *arguments)
    assert result.err == ""
    entries: dict[str, dict[str, list[Any]]] = {}
    for entry in result.json:
        of_runner = entries.setdefault(entry["runner"] or "project", {})
        of_runner.setdefault(entry["check"], []).append(entry)
    return result, entries


def _outcomes(checks: Mapping[str, Sequence[Any]]) -> Mapping[str, str]:
    return {name: entries[0]["outcome"] for name, entries in checks.items()}


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Mapping[str, Any]:
    """Examines all unhealthy runners at once. Returns the entries by runner and check."""
    project = Project(tmp_path_factory.mktemp("examined"), generated)
    for name, fault in FAULTS.items():
        project.add(name, fault.script, name)
    other = _generate_other_code(tmp_path_factory.mktemp("other"))
    path = os.pathsep.join([str(other), str(PYTHON_ROOT)])
    project.runners["another_proto"]["env.PYTHONPATH"] = path
    result, entries = _examine(project)
    assert result.exit == 1
    return entries


def _generate_other_code(folder: Path) -> Path:
    """Generates code from a proto in which the remainder is a text, and the length is missing."""
    proto = folder / "greet" / "v1" / "greet.proto"
    proto.parent.mkdir(parents=True)
    text = (HERE / "protos" / "greet" / "v1" / "greet.proto").read_text()
    text = text.replace("uint32 remainder = 2", "string remainder = 2")
    proto.write_text(text.replace("uint32 length = 2", "uint64 size = 3"))
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{folder}", "greet/v1/greet.proto"]
    subprocess.run([*command, f"--python_out={folder}", f"--grpc_python_out={folder}"], check=True)
    return folder


@pytest.mark.parametrize("name", FAULTS)
def test_fault_fails_its_check_and_no_other(examined: Mapping[str, Any], name: str) -> None:
    fault, checks = FAULTS[name], examined[name]
    assert list(checks) == _CHECKS
    entry = next(e for e in checks[fault.check] if fault.found in e["found"])
    assert entry["outcome"] == fault.outcome
    assert fault.advice in entry["advice"]
    assert not fault.log or fault.log in entry["log"]
    excused = {fault.check, *_ALSO.get(name, ())}
    if fault.check == "start":
        excused = set(_CHECKS)
        assert all(checks[c][0]["outcome"] == "skipped" for c in _CHECKS[2:])
    if name == "another_proto":
        excused.add("determinism")  # it no longer builds the answers that it was written for
    assert {
        check: outcome
        for check, outcome in _outcomes(checks).items()
        if outcome != "ok" and check not in excused
    } == {}


@pytest.mark.smoke
def test_healthy_runners_pass_every_check(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}")
    honest.add("mute", "plain_server.py", "{port}", "mute")
    shown = honest.run("doctor")
    assert (shown.exit, shown.err) == (0, ""), shown
    lines = [line.rstrip() for line in shown.out.splitlines()]
    assert lines[-1] == "no problems"
    assert "  ✓ protos          1 service with 2 methods, from protos" in lines
    assert "  ✓ cases           5 in 1 suite, 0 known divergences" in lines
    for runner in ("runner good", "runner stock", "runner mute"):
        section = lines[lines.index(runner) + 1 :][: len(_CHECKS)]
        assert [line.split("  ")[1][2:] for line in section] == [
            check.replace("_", " ") for check in _CHECKS
        ]
    assert "  ✓ versions        greeter 1.0.0 · python, cpython" in shown.out
    assert "  ✓ versions        a plain gRPC server, which cannot report a version" in lines
    assert "  ✓ methods         2 methods, and its reflection has the same" in lines
    assert "  ✓ methods         2 methods" in lines
    assert "  ✓ methods         2 methods, without reflection to confirm them" in lines
    assert "  - protos          its reflection has no types to compare" in lines
    assert "killed by signal 15 (SIGTERM)" in shown.out
    assert "  - lease           a plain server has no lease: it is killed if" in shown.out
    same = "  ✓ determinism     5 cases answered the same twice in one process and once in another"
    assert lines.count(same) == 3
    assert not (honest.folder / ".testingkit" / "runs").exists()


def test_server_at_an_address_is_not_stopped(project: Project) -> None:
    command = [sys.executable, str(SCRIPTS / "plain_server.py"), "0"]
    with subprocess.Popen(
        command, env=project.environment(), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            project.runners["far"] = {"address": address, "services": ["greet.v1.GreatService"]}
            result, entries = _examine(project)
            assert server.poll() is None
        finally:
            server.kill()
    assert result.exit == 1
    assert entries["far"]["methods"][0]["found"] == (
        "the protos do not have greet.v1.GreatService; did you mean `greet.v1.GreetService`?"
    )
    outcomes = dict(_outcomes(entries["far"]))
    assert {name for name in _CHECKS if outcomes[name] == "skipped"} == {
        "command", "shutdown", "lease",
    }  # fmt: skip
    assert outcomes["determinism"] == "ok"


def test_runners_that_do_not_start_exit_with_5(project: Project) -> None:
    project.limits["start_timeout"] = "500ms"
    project.add("slow", "faulty.py", "never_starts")
    project.runners["absent"] = {"command": ["./no/such-runner"]}
    project.runners["unknown"] = {"command": ["no-such-runner-on-any-path"]}
    project.runners["lost"] = {"command": ["sleep", "1"], "cwd": "no/such-folder"}
    project.runners["nowhere"] = {"address": "127.0.0.1:1"}
    shown = project.run("doctor")
    assert (shown.exit, shown.err) == (5, "")
    for text in (
        "after 0.5 s\n      to do   listen on TESTINGKIT_RUNNER_ADDRESS, or put {port}",
        "such-runner does not exist\n      to do   build it, or correct runners.absent.command",
        "is not found on PATH\n      to do   install it, or correct runners.unknown.command",
        "no/such-folder\n      to do   correct runners.lost.cwd",
        "127.0.0.1:1 after 0.5 s\n      to do   start it, or correct runners.nowhere.address",
        "  - start, versions, methods, protos,",
        "\n5 problems\n",
    ):
        assert text in shown.out, text


def test_runners_are_checked_even_if_case_files_have_problems(honest: Project) -> None:
    honest.protos = ()  # the types are then the runner's own
    text = honest.suite.read_text().replace('Greet"', 'Great"').replace("Divide", "Devide")
    honest.suite.write_text(text)
    result, entries = _examine(honest)
    assert result.exit == 3
    (cases,) = entries["project"]["cases"]
    assert cases["outcome"] == "failed"
    assert cases["found"] == (
        "cases/greet.textproto:7:1: greet.v1.GreetService has no method Great; did you mean "
        "`Greet`? (and 2 more)"
    )
    assert "testingkit lint" in cases["advice"]
    assert entries["project"]["protos"][0]["found"].endswith("from the reflection of a runner")
    outcomes = dict(_outcomes(entries["good"]))
    assert outcomes.pop("determinism") == "skipped"
    assert set(outcomes.values()) == {"ok"}


def test_broken_protos_and_an_unusable_run_folder_exit_with_2(honest: Project) -> None:
    (honest.folder / "protos" / "broken.proto").write_text("this is not a proto")
    (honest.folder / ".testingkit").touch()
    result, entries = _examine(honest)
    assert result.exit == 2
    protos, folder = entries["project"]["protos"][0], entries["project"]["folder"][0]
    assert protos["found"] == "the protos do not compile:"
    assert any("broken.proto:1:1" in line for line in protos["log"])
    assert "project.protos" in protos["advice"]
    assert "cannot be written" in folder["found"]
    assert _outcomes(entries["project"])["cases"] == "skipped"
    outcomes = _outcomes(entries["good"])
    assert {name for name in _CHECKS if outcomes[name] == "skipped"} == {"protos", "determinism"}
    assert set(outcomes.values()) == {"ok", "skipped"}


def test_call_that_hangs_ends_at_its_deadline(project: Project) -> None:
    project.limits["call_timeout"] = "300ms"
    project.add("stuck", "unhealthy.py", "hangs_on_unknown")
    result, entries = _examine(project)
    assert result.exit == 1
    found = [entry["found"] for entry in entries["stuck"]["unknown_method"]]
    assert len(found) == 2
    assert all("no answer in 300 ms" in text for text in found)


def test_bad_request_is_sent_to_a_method_of_the_protos(project: Project) -> None:
    project.add("nonsense", "protocol_breaker.py", "claims_nonsense")
    _, entries = _examine(project)
    (found,) = entries["nonsense"]["bad_request"]
    assert "a request of :" not in found["found"]
    texts = [entry["found"] for entry in entries["nonsense"]["methods"]]
    assert any("the protos do not have what it declares: (no name), Greet" in t for t in texts)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["doctor", "runners", "lint", "accept --missing"])
def test_interrupted_command_leaves_no_process(
    project: Project, command: str, number: signal.Signals
) -> None:
    """All of them start the runners, which have the types."""
    project.protos = []
    lock = project.folder / "lock"
    project.add("slow", "faulty.py", "never_starts", str(lock))
    with project.start(*command.split()) as process:
        _wait_until(lambda: _is_locked(lock))
        process.send_signal(number)
        out, err = process.communicate(timeout=_PATIENCE)
    assert (process.returncode, err.strip()) == (130, "testingkit: interrupted"), out
    _wait_until(lambda: not _is_locked(lock))


def test_unknown_and_disabled_runners_are_errors(honest: Project) -> None:
    honest.runners["good"]["enabled"] = False
    assert honest.run("doctor", "-r", "god").err.startswith(
        "testingkit: there is no runner 'god'; did you mean `good`?"
    )
    shown = honest.run("doctor")
    assert (shown.exit, shown.err) == (
        2,
        "testingkit: no runner is enabled; select runners with -r\n",
    )

"""Killed and interrupted runs leave no runner; a runner also works without a coordinator."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import (
    COMMAND,
    PYTHON_ROOT,
    SCRIPTS,
    Process,
    Project,
    assert_totals_add_up,
)

_PATIENCE = 30.0  # seconds, for waits without a limit of their own
_ORPHANS_LIVE = 2.0  # seconds that a runner may outlive its coordinator


def _is_locked(path: Path) -> bool:
    """Returns whether a process holds the lock, as scripts do until they end."""
    if not path.exists():
        return False
    number = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(number)
    return False


def _hangs(path: Path) -> bool:
    return path.exists() and "hangs" in path.read_text()


def _wait_until(condition: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _end(process: Process, number: signal.Signals) -> tuple[str, str]:
    process.send_signal(number)
    return process.communicate(timeout=_PATIENCE)


@pytest.mark.smoke
def test_killed_coordinator_leaves_no_runner(project: Project) -> None:
    locks = [project.folder / "sdk.lock", project.folder / "stock.lock"]
    project.add("sdk", "faulty.py", "never_answers", str(locks[0]))
    project.add("stock", "plain_server.py", "{port}", "hangs", str(locks[1]))
    with project.start("run") as process:
        _wait_until(lambda: all(_hangs(lock) for lock in locks))
        assert all(_is_locked(lock) for lock in locks)
        _end(process, signal.SIGKILL)
    _wait_until(lambda: not any(_is_locked(lock) for lock in locks), _ORPHANS_LIVE)


def test_killed_coordinator_leaves_no_starting_runner(
    project: Project,
) -> None:
    lock = project.folder / "lock"
    project.add("slow", "faulty.py", "never_starts", str(lock))
    with project.start("run") as process:
        _wait_until(lambda: _is_locked(lock))
        _end(process, signal.SIGKILL)
    _wait_until(lambda: not _is_locked(lock), _ORPHANS_LIVE)


@pytest.mark.smoke
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_exits_with_130_and_counts_missing_calls(
    honest: Project, number: signal.Signals
) -> None:
    lock = honest.folder / "lock"
    honest.add("bad", "faulty.py", "never_answers", str(lock))
    with honest.start("run") as process:
        _wait_until(lambda: _hangs(lock))
        out, err = _end(process, number)
    assert process.returncode == 130
    assert out.splitlines()[-1].startswith("INTERRUPTED")
    assert "Traceback" not in err
    assert not _is_locked(lock)
    footer = honest.footer()
    assert footer.decision == run_pb2.DECISION_INTERRUPTED
    assert footer.exit_code == 130
    assert footer.ledgers[1].missing > 0
    assert_totals_add_up(footer)


@pytest.mark.smoke
@pytest.mark.parametrize("jobs", [1, 3])
def test_interrupt_ends_crashing_and_hanging_runners_at_once(honest: Project, jobs: int) -> None:
    """One runner crashes repeatedly, two ignore signals or never answer; Ctrl+C comes twice."""
    honest.write_many(500, triggers=range(500))
    honest.limits["restarts"] = 1_000_000
    honest.add_greeter("dies", "dies_midway", jobs=jobs)
    honest.add("deaf", "raw_http2.py", "{port}", "never_ends", jobs=jobs)
    honest.add("mute", "raw_http2.py", "{port}", "never_answers", jobs=jobs)
    logs = honest.folder / ".testingkit" / "runs"
    with honest.start("run") as process:
        _wait_until(
            lambda: sum(log.stat().st_size for log in logs.glob("2*/dies*.log")) > 50 * jobs
        )
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        out, err = _end(process, signal.SIGINT)
    assert (process.returncode, err) == (130, "")
    assert out.splitlines()[-1].startswith("INTERRUPTED")
    assert not honest.orphans()
    footer = honest.footer()
    assert footer.exit_code == 130
    assert_totals_add_up(footer)
    names = ["good", "dies", "deaf", "mute"]
    missing = [n for n, ledger in zip(names, footer.ledgers, strict=True) if ledger.missing]
    assert {"dies", "mute"} <= set(missing)


def test_interrupt_does_not_wait_for_the_stop_timeout(honest: Project) -> None:
    honest.limits["stop_timeout"] = "10m"
    honest.add("bad", "protocol_breaker.py", "never_ends")
    logs = honest.folder / ".testingkit" / "runs"
    with honest.start("run") as process:
        _wait_until(lambda: any("not yet" in log.read_text() for log in logs.glob("2*/bad.log")))
        out, err = _end(process, signal.SIGINT)
    assert (process.returncode, err) == (130, "")
    assert out.splitlines()[-1].startswith("INTERRUPTED")
    assert not honest.orphans()
    assert [ledger.passed for ledger in honest.footer().ledgers] == [5, 5]


def test_run_can_be_interrupted_while_runners_start(project: Project) -> None:
    lock = project.folder / "lock"
    project.add("slow", "faulty.py", "never_starts", str(lock))
    with project.start("run") as process:
        _wait_until(lambda: _is_locked(lock))
        out, err = _end(process, signal.SIGINT)
    assert (process.returncode, err) == (130, "")
    assert out.splitlines()[-1].startswith("INTERRUPTED")
    assert not _is_locked(lock)
    ready = next(event.runner_ready for event in project.events() if event.HasField("runner_ready"))
    assert ready.problem == "the run ended before it was ready"
    footer = project.footer()
    assert (footer.exit_code, footer.ledgers[0].missing) == (130, 5)
    assert_totals_add_up(footer)
    assert project.run("known", "add").exit == 0  # the log can be read


def test_run_interrupted_before_its_plan_does_not_become_the_latest(
    honest: Project,
) -> None:
    """A run without protos has no plan until a runner has sent the types."""
    assert honest.run("run").exit == 0
    events = honest.events()
    honest.protos = []
    lock = honest.folder / "lock"
    honest.add("slow", "faulty.py", "never_starts", str(lock))
    with honest.start("run") as process:
        _wait_until(lambda: _is_locked(lock))
        out, err = _end(process, signal.SIGINT)
    assert (process.returncode, out, err.strip()) == (130, "", "testingkit: interrupted")
    assert not _is_locked(lock)
    assert honest.events() == events


def test_runner_started_by_hand_serves_standard_grpc_tools(project: Project) -> None:
    """Reflection, health and a plain call work, as ``grpcurl`` uses them."""
    command = [sys.executable, str(SCRIPTS / "greeter.py")]
    with subprocess.Popen(
        command,
        env=project.environment(),
        stdin=subprocess.DEVNULL,  # the end of its standard input must not stop it
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        with grpc.insecure_channel(address) as channel:
            _assert_standard(channel)
        _end(process, signal.SIGTERM)
    assert process.returncode == 0


def _assert_standard(channel: grpc.Channel) -> None:
    health = health_pb2.HealthCheckResponse()
    health.ParseFromString(_call(channel, "/grpc.health.v1.Health/Check", b""))
    assert health.status == health_pb2.HealthCheckResponse.SERVING
    for version in ("v1", "v1alpha"):
        assert "greet.v1.GreetService" in _services(channel, version)
    # GreetRequest {name: "Ada"} and GreetResponse {text: "Hello, Ada" length: 10}
    answer = _call(channel, "/greet.v1.GreetService/Greet", b"\x0a\x03Ada")
    assert answer == b"\x0a\x0aHello, Ada\x10\x0a"
    with pytest.raises(grpc.RpcError) as refused:
        _call(channel, "/greet.v1.GreetService/Greet", b"")
    error: Any = refused.value
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT


def _call(channel: grpc.Channel, method: str, request: bytes) -> bytes:
    plain: Any = channel.unary_unary(method)  # bytes in and out
    answer: bytes = plain(request, timeout=_PATIENCE)
    return answer


def _services(channel: grpc.Channel, version: str) -> Sequence[str]:
    method = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    (answer,) = method(iter([request]), timeout=_PATIENCE)
    return [service.name for service in answer.list_services_response.service]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", ["click", "testingkit.conformance.errors"])
def test_interrupt_during_an_import_ends_quietly(
    tmp_path: Path, module: str, number: signal.Signals
) -> None:
    """The import of a package may swallow exceptions."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            try:\n"
        f"                os.kill(os.getpid(), {number:d})\n"
        "            except BaseException:\n"
        "                pass\n"
        "sys.meta_path.insert(0, Interrupt())\n"
    )
    path = os.pathsep.join([str(tmp_path), str(PYTHON_ROOT)])
    shown = subprocess.run(
        [COMMAND, "--version"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )
    assert (shown.returncode, shown.stdout, shown.stderr) == (130, "", "")

"""Two runners that are one server, which would agree with itself, are a mistake."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.project import SCRIPTS, Project


@pytest.fixture
def empty(honest: Project) -> Project:
    """A project without runners."""
    honest.runners.clear()
    return honest


@contextlib.contextmanager
def _served(project: Project, *words: str, **variables: str) -> Iterator[str]:
    """Starts a server by hand, and yields its address."""
    command = [sys.executable, str(SCRIPTS / words[0]), *words[1:]]
    environment = {**project.environment(), **variables}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.kill()


def _assert_refused(project: Project, first: str, second: str, reason: str) -> None:
    project.runners["one"] = {"address": first}
    project.runners["two"] = {"address": second}
    name = project.folder / "name"
    for command in (["run", "--name-to", str(name)], ["runners"]):
        shown = project.run(*command)
        assert shown.exit == 2, shown
        assert "runners.two: two is the same server as one" in shown.err
        assert reason in shown.err
    _assert_reported(project, reason)
    assert not list((project.folder / ".testingkit" / "runs").iterdir())
    assert name.read_text() == ""


def _assert_reported(project: Project, reason: str) -> None:
    """Asserts that `doctor` reports the second of two runners that are one server."""
    shown = project.run("doctor", "--json")
    assert shown.exit == 2, shown
    (found,) = [entry for entry in shown.json if entry["check"] == "server"]
    assert (found["runner"], found["outcome"]) == ("two", "failed")
    assert found["found"].startswith("two is the same server as one, so the two always agree: ")
    assert reason in found["found"]


_SAME_ID = "both have the same instance_id in Describe"


def test_runner_under_two_host_names_is_refused(empty: Project) -> None:
    with _served(empty, "greeter.py") as address:
        _assert_refused(empty, address, address.replace("127.0.0.1", "localhost"), _SAME_ID)


def test_runner_behind_a_proxy_is_refused(empty: Project) -> None:
    with (
        _served(empty, "greeter.py") as address,
        _served(empty, "forwarder.py", "0", address) as other,
    ):
        _assert_refused(empty, address, other, _SAME_ID)


@pytest.mark.parametrize("script", [["plain_server.py", "0"], ["plain_server.py", "0", "mute"]])
def test_plain_server_under_two_host_names_is_refused(empty: Project, script: list[str]) -> None:
    with _served(empty, *script) as address:
        other = address.replace("127.0.0.1", "localhost")
        _assert_refused(
            empty, address, other, f"both lead to address 127.0.0.1, port {address[10:]}"
        )


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system has no /proc/net/tcp")
def test_plain_server_on_two_ports_is_refused(empty: Project) -> None:
    with _served(empty, "plain_server.py", "0", "two_ports") as address:
        first, second = address.split(",")
        _assert_refused(empty, first, second, "both lead to process ")


def test_two_servers_of_one_program_are_two_runners(empty: Project) -> None:
    with (
        _served(empty, "greeter.py") as first,
        _served(empty, "greeter.py") as second,
        _served(empty, "plain_server.py", "0") as third,
        _served(empty, "plain_server.py", "0", "mute") as fourth,
    ):
        for number, address in enumerate((first, second, third, fourth)):
            empty.runners[f"r{number}"] = {"address": address}
        shown = empty.run("run")
        examined = empty.run("doctor", "--json")
    assert shown.exit == 0, shown
    assert "server" not in {entry["check"] for entry in examined.json}


def test_processes_of_a_runner_that_are_one_server_are_refused(empty: Project) -> None:
    with _served(empty, "greeter.py") as address:
        words = [str(SCRIPTS / "forwarder.py"), "{port}", address]
        empty.runners["many"] = {"command": [sys.executable, *words], "jobs": 2}
        shown = empty.run("run")
    assert shown.exit == 2, shown
    assert "runners.many: many.2 is the same server as many" in shown.err


def test_earlier_run_stays_the_latest_if_a_server_is_reached_twice(empty: Project) -> None:
    with _served(empty, "greeter.py") as address:
        empty.runners["one"] = {"address": address}
        assert empty.run("run").exit == 0
        empty.runners["two"] = {"address": address.replace("127.0.0.1", "localhost")}
        assert empty.run("run").exit == 2
    shown = empty.run("show")
    assert shown.exit == 0, shown
    assert "one 5/5" in shown.out

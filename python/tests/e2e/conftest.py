"""Projects for the end-to-end tests."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.project import HERE, Project

_SERVICE = ["greet.v1.GreetService/*"]
_KNOWN = """entries {
  case: "greet/greets_trigger" kind: DIVERGENCE_KIND_BUG reason: "it shouts"
  outcome { response { text: "Hello, Trigger" length: 14 } }
}
"""

# A shell that runs the tests in the background has its children ignore SIGINT, and what is ignored
# stays so in every process they start. The tests of interruptions are about what is sent.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generates the code of the subject, which scripts import."""
    folder = tmp_path_factory.mktemp("generated")
    command = [sys.executable, "-m", "grpc_tools.protoc", "-I", str(HERE / "protos")]
    command += [f"--python_out={folder}", f"--grpc_python_out={folder}", "greet/v1/greet.proto"]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture
def project(tmp_path: Path, generated: Path, request: pytest.FixtureRequest) -> Project:
    """A project with five cases and no runner yet."""
    is_smoke = request.node.get_closest_marker("smoke") is not None
    return Project(tmp_path, generated, forks=not is_smoke)


@pytest.fixture
def honest(project: Project) -> Project:
    """A project with one correct runner, `good`."""
    project.add_greeter("good")
    return project


@pytest.fixture(scope="session")
def recorded_mixed(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Project:
    """A project whose run has failures, a crash, a known divergence and methods not served."""
    project = Project(tmp_path_factory.mktemp("mixed"), generated)
    project.add_greeter("good")
    project.add_greeter("wrong", "answers_wrong")
    project.add_greeter("known", "answers_wrong")
    project.write_known("known", _KNOWN)
    project.add_greeter("dying", "dies_midway")
    project.add_greeter("idle", "claims_nothing", unsupported=_SERVICE)
    assert project.run("run").exit == 1
    return project


@pytest.fixture
def mixed(tmp_path: Path, recorded_mixed: Project) -> Project:
    """A copy of `recorded_mixed` with its run."""
    return recorded_mixed.copy(tmp_path)

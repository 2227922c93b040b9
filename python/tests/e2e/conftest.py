"""Projects for the end-to-end tests."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.project import HERE, Project

# A shell that runs the tests in the background has its children ignore SIGINT, and what is ignored
# stays so in every process they start. The tests of interruptions are about what is sent.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated code of the subject, which scripts import."""
    folder = tmp_path_factory.mktemp("generated")
    command = [sys.executable, "-m", "grpc_tools.protoc", "-I", str(HERE / "protos")]
    command += [f"--python_out={folder}", f"--grpc_python_out={folder}", "greet/v1/greet.proto"]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture
def project(tmp_path: Path, generated: Path) -> Project:
    """A project with five cases and no runner yet."""
    return Project(tmp_path, generated)


@pytest.fixture
def honest(project: Project) -> Project:
    """A project with one honest runner, `good`."""
    project.add("good", "greeter.py")
    return project

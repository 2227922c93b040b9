"""Fixtures that start the process of the subject, as the coordinator does."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest

from testingkit.conformance.v1 import runner_pb2_grpc

_SUBJECT = Path(__file__).with_name("subject.py")
_PYTHON = Path(__file__).parents[2]


@dataclass
class Started:
    process: "subprocess.Popen[str]"
    channel: grpc.Channel
    stub: runner_pb2_grpc.RunnerServiceStub


Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def launch() -> Iterator[Launch]:
    """Returns a function that starts subjects, with an address or by hand; ends them afterwards."""
    with contextlib.ExitStack() as stack:

        def run(address: str | None) -> "subprocess.Popen[str]":
            process = stack.enter_context(_command(address))
            stack.callback(process.kill)
            return process

        yield run


def _command(address: str | None) -> "subprocess.Popen[str]":
    names = {"TESTINGKIT_RUNNER_ADDRESS": address, "TESTINGKIT_RUNNER_LEASE": address and "stdin"}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    environment |= {key: value for key, value in names.items() if value is not None}
    environment["PYTHONPATH"] = str(_PYTHON)
    return subprocess.Popen(
        [sys.executable, str(_SUBJECT)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def start(tmp_path: Path, launch: Launch) -> Iterator[Started]:
    path = tmp_path / "runner.sock"
    process = launch(f"unix:{path}")
    deadline = time.monotonic() + 30
    while not _accepts(path):
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < deadline, "the runner did not start"
    # Not every server accepts the path of a Unix socket as the authority.
    options = [("grpc.default_authority", "localhost")]
    with grpc.insecure_channel(f"unix:{path}", options=options) as channel:
        yield Started(process, channel, runner_pb2_grpc.RunnerServiceStub(channel))


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0

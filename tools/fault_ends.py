"""Checks that runners with a hanging handler end by themselves when the coordinator has ended."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import grpc

from fault_checks import Check
from fault_project import COMMANDS, ROOT
from fault_table import FAULTS, MIXED
from testingkit.kit_proto.v1 import fault_pb2 as pb
from testingkit.kit_proto.v1.fault_pb2_grpc import FaultServiceStub

HANGS = ("sleep", "spin", "block_event_loop")
_START_SECONDS = 30.0
_BEGIN_SECONDS = 0.5  # enough for the fault to begin before the lease ends
_END_SECONDS = 30.0  # far more than an SDK needs, so that slow machines pass


def check_ends(fault: str, folder: Path) -> list[Check]:
    """Checks that every runner with the fault ends when its lease ends during the fault."""
    runners = [runner for runner in MIXED.runners if runner in FAULTS[fault].runners]
    with ExitStack() as stack:
        started = {
            runner: stack.enter_context(_Alone(runner, folder / f"{fault}.{runner}.sock"))
            for runner in runners
        }
        for alone in started.values():
            alone.inject(fault)
        time.sleep(_BEGIN_SECONDS)
        for alone in started.values():
            alone.end_lease()
        return [Check(runner, *alone.outcome()) for runner, alone in started.items()]


class _Alone:
    """A runner started without a coordinator."""

    def __init__(self, runner: str, address: Path) -> None:
        self._address = address
        self._process = subprocess.Popen(
            COMMANDS[runner],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "python"),
                "TESTINGKIT_RUNNER_ADDRESS": f"unix:{address}",
                "TESTINGKIT_RUNNER_LEASE": "stdin",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Some servers refuse the default authority, which is the path of the socket.
        options = [("grpc.default_authority", "localhost")]
        self._channel = grpc.insecure_channel(f"unix:{address}", options=options)

    def __enter__(self) -> _Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._channel.close()

    def inject(self, fault: str) -> None:
        """Injects a fault; waits only for the connection, not for the answer."""
        grpc.channel_ready_future(self._channel).result(_START_SECONDS)
        request = pb.InjectRequest(fault=pb.Fault.Value(f"FAULT_{fault.upper()}"))
        FaultServiceStub(self._channel).Inject.future(request)

    def end_lease(self) -> None:
        """Closes standard input, which ends the lease."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def outcome(self) -> tuple[str, tuple[str, ...]]:
        """Returns how the runner ended, and the problems with that."""
        try:
            status = self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return "still runs", (f"expected its end, but it still runs after {_END_SECONDS:g} s",)
        problems = () if status == 0 else (f"exit status: expected 0, got {status}",)
        return f"ends with status {status}", problems

"""One timed run of what the harness is compared with, but for what goes through gRPC."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmark.errors import BenchError
from benchmark.programs import GO, Program, pipes
from testingkit.conformance.v1.observation_pb2 import Observation

_MICROS = 1e3  # nanoseconds in one
_GO_BENCHMARK = re.compile(r"^Benchmark\w+/([a-z]+)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op", re.MULTILINE)


def loop(program: Program, file: Path, answer_bytes: int) -> float:
    """Seconds of the plain loop over the requests of a file.

    Raises:
        BenchError: It did not answer all of them, or not with what is right.
    """
    said = json.loads(program.said("loop", str(file)))
    if said["answer_bytes"] != answer_bytes:
        raise BenchError(f"{program.name} loop: {said}, expected {answer_bytes} bytes of answers")
    return float(said["nanos"]) / 1e9


def pipe(programs: Sequence[Program], calls: Sequence[bytes], answers: Sequence[bytes]) -> float:
    """Seconds of the lockstep: a call to every process, then an observation from each.

    The calls are framed and have ids from 1.

    Raises:
        BenchError: An answer was wrong.
    """
    with contextlib.ExitStack() as stack:
        ends = [pipes(stack.enter_context(program.started("pipe"))) for program in programs]
        _exchange(ends, calls[0], 1, answers[0])  # The processes are up after this one.
        started = time.perf_counter()
        for number, (call, answer) in enumerate(zip(calls, answers, strict=True), start=1):
            _exchange(ends, call, number, answer)
        return time.perf_counter() - started


def _exchange(ends: Sequence[tuple[Any, Any]], call: bytes, number: int, answer: bytes) -> None:
    for stdin, _ in ends:
        stdin.write(call)
        stdin.flush()
    for _, stdout in ends:
        size = int.from_bytes(stdout.read(4), "big")
        observation = Observation.FromString(stdout.read(size))
        if observation.call_id != number or observation.response != answer:
            raise BenchError("a process answered something wrong over its pipe")


def dispatch(program: Program) -> dict[str, float]:
    """Microseconds a call: `plain` without the SDK, `dispatch` with it, and with a `deadline`."""
    said = program.said_of_dispatch()
    nanos = _read_go_benchmark(said) if program is GO else json.loads(said)
    return {name: float(value) / _MICROS for name, value in nanos.items()}


def _read_go_benchmark(said: str) -> dict[str, str]:
    """Nanoseconds out of lines such as ``BenchmarkCall/plain-2   100000   1116 ns/op``."""
    return dict(_GO_BENCHMARK.findall(said))

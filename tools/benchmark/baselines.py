"""Timed runs of the baselines that do not use gRPC."""

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

_NANOS_PER_MICRO = 1e3
_GO_BENCHMARK = re.compile(r"^Benchmark\w+/([a-z]+)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op", re.MULTILINE)


def loop(program: Program, file: Path, answer_bytes: int) -> float:
    """Returns the seconds that a plain loop needs for the requests of a file.

    Raises:
        BenchError: The answers do not have the expected number of bytes.
    """
    result = json.loads(program.run_baseline("loop", str(file)))
    if result["answer_bytes"] != answer_bytes:
        raise BenchError(f"{program.name} loop: expected {answer_bytes} answer bytes, got {result}")
    return float(result["nanos"]) / 1e9


def pipe(programs: Sequence[Program], calls: Sequence[bytes], answers: Sequence[bytes]) -> float:
    """Returns the seconds of the lockstep: each call to every process, then all their observations.

    Args:
        programs: Whose `pipe` baselines are started.
        calls: Serialized calls, each after its length, with ids from 1.
        answers: The expected responses.

    Raises:
        BenchError: An answer was wrong.
    """
    with contextlib.ExitStack() as stack:
        ends = [pipes(stack.enter_context(program.started("pipe"))) for program in programs]
        _exchange(ends, calls[0], 1, answers[0])  # Wait until the processes have started.
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
            raise BenchError(f"call {number} over a pipe: wrong answer")


def dispatch(program: Program) -> dict[str, float]:
    """Returns microseconds a call: `plain` without the SDK, `dispatch` with it, and `deadline`."""
    output = program.run_dispatch()
    nanos = _read_go_benchmark(output) if program is GO else json.loads(output)
    return {name: float(value) / _NANOS_PER_MICRO for name, value in nanos.items()}


def _read_go_benchmark(output: str) -> dict[str, str]:
    """Returns nanoseconds by name from lines such as ``BenchmarkCall/plain-2   9   116 ns/op``."""
    return dict(_GO_BENCHMARK.findall(output))

"""Measures how the time of the kits grows with the size of values, in all three languages.

The kits' own runners answer the calls and measure them, the reading of the request included.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import grpc

from benchmark.errors import BenchError
from benchmark.kit_subjects import SUBJECTS, VARIANTS, Subject
from benchmark.lines import Samples
from benchmark.programs import KITS
from benchmark.settings import Settings
from benchmark.table import aligned
from testingkit.conformance.v1.runner_pb2 import Call, ExecuteRequest, ExecuteResponse

_PACKAGE = "testingkit.kit.v1"
_EXECUTE = "/testingkit.conformance.v1.RunnerService/Execute"
_OPTIONS = [
    ("grpc.max_receive_message_length", 64 << 20),
    ("grpc.max_send_message_length", 64 << 20),
    ("grpc.default_authority", "localhost"),
]
_TIMEOUT_SECONDS = 120.0
_REPETITIONS = 5

Ask = Callable[[str, bytes], float]
"""Returns the nanoseconds of one call of a method."""


def measure(settings: Settings) -> Iterator[Samples]:
    """Yields the time of every subject and variant, at a size and at twice the size."""
    for _ in range(min(settings.rounds, 2)):
        samples: dict[str, float] = {}
        with contextlib.ExitStack() as stack:
            asking = {name: stack.enter_context(_asking(name)) for name in KITS}
            for subject, (name, ask) in itertools.product(SUBJECTS, asking.items()):
                samples |= _times(subject, name, ask, settings.kit_size)
        yield samples


def table(figures: Mapping[str, float]) -> str:
    """Returns the time at twice the size and its growth, for every subject, kit and variant."""
    rows: list[Sequence[str]] = [("k  growth at twice the size", "kit", "time", *VARIANTS)]
    for subject, kit in itertools.product(SUBJECTS, KITS):
        times = [figures.get(_key(subject, kit, variant, "double")) for variant in VARIANTS]
        known = [time for time in times if time is not None]
        if known:
            growths = (_growth(figures, subject, kit, variant) for variant in VARIANTS)
            rows.append((subject.name, kit, f"{max(known) / 1e6:.2f} ms", *growths))
    return aligned(rows) if len(rows) > 1 else ""


def _growth(figures: Mapping[str, float], subject: Subject, kit: str, variant: str) -> str:
    single = figures.get(_key(subject, kit, variant, "single"))
    double = figures.get(_key(subject, kit, variant, "double"))
    return f"{double / single:.1f} x" if single and double else ""


def _key(subject: Subject, kit: str, variant: str, size: str) -> str:
    return f"kits.{subject.name}.{kit}.{variant}.{size}"


def _times(subject: Subject, kit: str, ask: Ask, size: int) -> Samples:
    samples = {}
    for variant, (name, count) in itertools.product(
        subject.variants, (("single", size), ("double", 2 * size))
    ):
        request = subject.request(count, variant).SerializeToString()
        method = f"{_PACKAGE}.{subject.method}"
        times = [ask(method, request) for _ in range(_REPETITIONS)]
        samples[_key(subject, kit, variant, name)] = min(times)
    return samples


@contextlib.contextmanager
def _asking(kit: str) -> Iterator[Ask]:
    """Starts the runner of a kit, and returns a function that asks it."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tk-bench-"))
        address = f"unix:{Path(folder) / 'kit.sock'}"
        stack.enter_context(KITS[kit].serving(address))
        channel = stack.enter_context(grpc.insecure_channel(address, options=_OPTIONS))
        execute: Any = channel.stream_stream(_EXECUTE)
        ids = itertools.count(1)

        def ask(method: str, request: bytes) -> float:
            call = Call(id=next(ids), method=method, request=request)
            batch = ExecuteRequest(calls=[call]).SerializeToString()
            stream = execute(iter([batch]), timeout=_TIMEOUT_SECONDS, wait_for_ready=True)
            return _elapsed(kit, method, stream)

        yield ask


def _elapsed(kit: str, method: str, stream: Any) -> float:
    try:
        observations = [o for m in stream for o in ExecuteResponse.FromString(m).observations]
    except grpc.RpcError as error:
        raise BenchError(f"the kit in {kit}, {method}: {error.details()}") from error
    if len(observations) != 1 or not observations[0].HasField("response"):
        raise BenchError(f"the kit in {kit} did not answer {method}")
    return float(observations[0].elapsed_nanos)

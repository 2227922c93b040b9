"""One timed run of what the harness is compared with."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import grpc

from benchmark.errors import BenchError
from benchmark.programs import GO, Program, pipes
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import ExecuteRequest

# As the harness has them.
BATCH = 256
_BATCHES_IN_FLIGHT = 4
_OPTIONS = [
    ("grpc.max_receive_message_length", 64 << 20),
    ("grpc.max_send_message_length", 64 << 20),
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.default_authority", "localhost"),
]
_ECHO = "/acme.bench.v1.EchoService/Echo"
_FIELD_BATCH = b"\x0a"  # EchoRequest.batch, length-delimited
_START_SECONDS = 10.0
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


Look = Callable[[bytes], object]
"""What is done with a batch that comes back."""


def do_not_look(_: bytes) -> None:
    """Leaves a batch as it is: the transport alone."""


def look_at_every_call(message: bytes) -> int:
    """Parses a batch and reads every call of it: what no client in Python gets around."""
    start = 2  # behind the tag and the last byte of the length
    while message[start - 1] > 0x7F:
        start += 1
    calls = ExecuteRequest.FromString(message[start:]).calls
    return sum(call.id + len(call.request) for call in calls)


def echo(programs: Sequence[Program], batches: Sequence[bytes], look: Look) -> float:
    """Seconds of the echo of batches through several processes at once."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tk-bench-")))
        sockets = [folder / f"{program.name}.sock" for program in programs]
        for program, socket in zip(programs, sockets, strict=True):
            stack.enter_context(program.started("echo", str(socket)))
        messages = [_FIELD_BATCH + _varint(len(batch)) + batch for batch in batches]
        return asyncio.run(_echo_all(sockets, messages, look))


async def _echo_all(sockets: Sequence[Path], messages: Sequence[bytes], look: Look) -> float:
    async with contextlib.AsyncExitStack() as stack:
        channels = [
            await stack.enter_async_context(
                grpc.aio.insecure_channel(f"unix:{socket}", options=_OPTIONS)
            )
            for socket in sockets
        ]
        for socket, channel in zip(sockets, channels, strict=True):
            await _wait_for(socket)
            await asyncio.wait_for(channel.channel_ready(), _START_SECONDS)
            await _echo_one(channel, messages[:1], look)
        started = time.perf_counter()
        await asyncio.gather(*(_echo_one(channel, messages, look) for channel in channels))
        return time.perf_counter() - started


async def _wait_for(socket: Path) -> None:
    """A connection that is tried too early is tried again only after a second."""
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            _, writer = await asyncio.open_unix_connection(str(socket))
        except OSError:
            if time.monotonic() > end:
                raise BenchError(f"nothing listens on {socket.name}") from None
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return


async def _echo_one(channel: Any, messages: Sequence[bytes], look: Look) -> None:
    """Keeps as many batches in flight as the harness does."""
    stream = channel.stream_stream(_ECHO)()
    for number, message in enumerate(messages):
        if number >= _BATCHES_IN_FLIGHT:
            look(await _read(stream))
        await stream.write(message)
    await stream.done_writing()
    for _ in messages[:_BATCHES_IN_FLIGHT]:
        look(await _read(stream))
    if await stream.read() is not grpc.aio.EOF:
        raise BenchError("an echo sent more than it was sent")


async def _read(stream: Any) -> bytes:
    message = await stream.read()
    if not isinstance(message, bytes):
        raise BenchError("an echo ended early")
    return message


def dispatch(program: Program) -> dict[str, float]:
    """Microseconds a call: `plain` without the SDK, `dispatch` with it, and with a `deadline`."""
    said = program.said_of_dispatch()
    nanos = _read_go_benchmark(said) if program is GO else json.loads(said)
    return {name: float(value) / _MICROS for name, value in nanos.items()}


def _read_go_benchmark(said: str) -> dict[str, str]:
    """Nanoseconds out of lines such as ``BenchmarkCall/plain-2   100000   1116 ns/op``."""
    return dict(_GO_BENCHMARK.findall(said))


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)

"""Batches through gRPC without the harness: one timed run of an echo, and of the runners."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import grpc

from benchmark.errors import BenchError
from benchmark.programs import Program
from testingkit.conformance.v1.runner_pb2 import ExecuteRequest, ExecuteResponse

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
_EXECUTE = "/testingkit.conformance.v1.RunnerService/Execute"
_FIELD_BATCH = b"\x0a"  # EchoRequest.batch, length-delimited
_START_SECONDS = 10.0

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
    messages = [_FIELD_BATCH + _varint(len(batch)) + batch for batch in batches]

    async def exchange(channel: Any, count: int) -> None:
        await _echo_one(channel, messages[:count], look)

    with _sockets(programs) as sockets, contextlib.ExitStack() as stack:
        for program, socket in zip(programs, sockets, strict=True):
            stack.enter_context(program.started("echo", str(socket)))
        return asyncio.run(_all_at_once(sockets, exchange, len(messages)))


def execute(programs: Sequence[Program], batches: Sequence[bytes]) -> float:
    """Seconds of the same batches through the runners, whose answers are counted and no more."""
    sized = [(batch, len(ExecuteRequest.FromString(batch).calls)) for batch in batches]

    async def exchange(channel: Any, count: int) -> None:
        await _execute_one(channel, sized[:count])

    with _sockets(programs) as sockets, contextlib.ExitStack() as stack:
        for program, socket in zip(programs, sockets, strict=True):
            stack.enter_context(program.serving(f"unix:{socket}"))
        return asyncio.run(_all_at_once(sockets, exchange, len(batches)))


@contextlib.contextmanager
def _sockets(programs: Sequence[Program]) -> Iterator[Sequence[Path]]:
    with tempfile.TemporaryDirectory(prefix="tk-bench-") as folder:
        yield [Path(folder) / f"{program.name}.sock" for program in programs]


async def _all_at_once(
    sockets: Sequence[Path], exchange: Callable[[Any, int], Awaitable[None]], count: int
) -> float:
    async with contextlib.AsyncExitStack() as stack:
        channels = [
            await stack.enter_async_context(
                grpc.aio.insecure_channel(f"unix:{socket}", options=_OPTIONS)
            )
            for socket in sockets
        ]
        for socket, channel in zip(sockets, channels, strict=True):
            await _wait_for(socket)
            await exchange(channel, 1)  # The connection is there after it.
        started = time.perf_counter()
        await asyncio.gather(*(exchange(channel, count) for channel in channels))
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


async def _execute_one(channel: Any, batches: Sequence[tuple[bytes, int]]) -> None:
    """Answers come in any grouping, so what is in flight are calls."""
    stream = channel.stream_stream(_EXECUTE)()
    in_flight = 0
    for batch, calls in batches:
        while in_flight > BATCH * (_BATCHES_IN_FLIGHT - 1):
            in_flight -= await _answers(stream)
        await stream.write(batch)
        in_flight += calls
    await stream.done_writing()
    while in_flight:
        in_flight -= await _answers(stream)


async def _answers(stream: Any) -> int:
    observations = ExecuteResponse.FromString(await _read(stream)).observations
    if not all(observation.HasField("response") for observation in observations):
        raise BenchError("a runner answered with something else than a response")
    return len(observations)


async def _read(stream: Any) -> bytes:
    message = await stream.read()
    if not isinstance(message, bytes):
        raise BenchError("a stream ended early")
    return message


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)

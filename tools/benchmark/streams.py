"""Timed runs that send batches through gRPC without the harness: to an echo, and to the runners."""

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

# The same values as in the harness.
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

ReadBatch = Callable[[bytes], object]
"""Reads a batch that comes back."""


def ignore_batch(_: bytes) -> None:
    """Does nothing, to measure the transport alone."""


def read_every_call(message: bytes) -> int:
    """Parses a batch and reads its calls: the least work of a Python client that uses answers."""
    start = 2  # behind the tag and the last byte of the length
    while message[start - 1] > 0x7F:
        start += 1
    calls = ExecuteRequest.FromString(message[start:]).calls
    return sum(call.id + len(call.request) for call in calls)


def echo(programs: Sequence[Program], batches: Sequence[bytes], read_batch: ReadBatch) -> float:
    """Returns the seconds of batches through several echo processes at once."""
    messages = [_FIELD_BATCH + _varint(len(batch)) + batch for batch in batches]

    async def exchange(channel: Any, count: int) -> None:
        await _echo_one(channel, messages[:count], read_batch)

    with _sockets(programs) as sockets, contextlib.ExitStack() as stack:
        for program, socket in zip(programs, sockets, strict=True):
            stack.enter_context(program.started("echo", str(socket)))
        return asyncio.run(_all_at_once(sockets, exchange, len(messages)))


def execute(programs: Sequence[Program], batches: Sequence[bytes]) -> float:
    """Returns the seconds of batches through the runners, with answers parsed and counted."""
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
            await exchange(channel, 1)  # Wait for the connection.
        started = time.perf_counter()
        await asyncio.gather(*(exchange(channel, count) for channel in channels))
        return time.perf_counter() - started


async def _wait_for(socket: Path) -> None:
    """Waits until a process listens, because gRPC retries a failed connection only after 1 s."""
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


async def _echo_one(channel: Any, messages: Sequence[bytes], read_batch: ReadBatch) -> None:
    """Sends batches to an echo, with as many in flight as in the harness."""
    stream = channel.stream_stream(_ECHO)()
    for number, message in enumerate(messages):
        if number >= _BATCHES_IN_FLIGHT:
            read_batch(await _read(stream))
        await stream.write(message)
    await stream.done_writing()
    for _ in messages[:_BATCHES_IN_FLIGHT]:
        read_batch(await _read(stream))
    if await stream.read() is not grpc.aio.EOF:
        raise BenchError("an echo sent more messages than it received")


async def _execute_one(channel: Any, batches: Sequence[tuple[bytes, int]]) -> None:
    """Sends batches to a runner; counts calls in flight, since answers have their own batches."""
    stream = channel.stream_stream(_EXECUTE)()
    in_flight = 0
    for batch, calls in batches:
        while in_flight > BATCH * (_BATCHES_IN_FLIGHT - 1):
            in_flight -= await _read_answers(stream)
        await stream.write(batch)
        in_flight += calls
    await stream.done_writing()
    while in_flight:
        in_flight -= await _read_answers(stream)


async def _read_answers(stream: Any) -> int:
    observations = ExecuteResponse.FromString(await _read(stream)).observations
    if not all(observation.HasField("response") for observation in observations):
        raise BenchError("a runner did not answer with a response")
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

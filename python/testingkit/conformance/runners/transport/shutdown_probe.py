"""For `doctor`: lists the services of a runner, and ends it in one way at a time.

A run ends its runners in all ways at once. Here each way is used alone, and its effect returned.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.runners.processes import StartError
from testingkit.conformance.runners.transport.core import aio
from testingkit.conformance.runners.transport.reflection import TooMuchError, fetch_services
from testingkit.conformance.runners.transport.session import RunnerSession
from testingkit.conformance.v1.runner_pb2 import ShutdownRequest, ShutdownResponse
from testingkit.conformance.v1.runner_pb2_grpc import RunnerServiceStub

_ORPHAN_SECONDS = 0.5  # for its child processes to end after it


@dataclass(frozen=True, slots=True)
class ShutdownResult:
    """How a process ended, or that it had to be killed."""

    seconds: float  # until it ended, or was killed
    status: int | None  # exit status, negative for a signal; None if it had to be killed
    text: str  # the same as text
    left_behind: Sequence[str] = ()  # names of processes of its group that still run
    refusal: str = ""  # why Shutdown was not answered


async def reflected_services(session: RunnerSession, seconds: float) -> Sequence[str] | None:
    """Returns the subjects that a runner's reflection lists; None without reflection.

    Raises:
        StartError: There are too many.
    """
    try:
        return await fetch_services(session.channel, seconds)
    except TooMuchError as error:
        raise StartError(str(error)) from error


async def shut_down(session: RunnerSession, seconds: float) -> ShutdownResult:
    """Ends a runner only by ``Shutdown``."""
    started = time.monotonic()
    refusal = ""
    try:
        answer: ShutdownResponse | None = await RunnerServiceStub(session.channel).Shutdown(
            ShutdownRequest(), timeout=seconds
        )
        if answer is None:  # grpcio returns None for bytes that do not parse.
            refusal = "it answers with bytes that are not a ShutdownResponse"
    except aio.AioRpcError as error:
        refusal = f"{error.code().name}: {error.details()}"
    return await _watch_end(session, started, seconds, refusal)


async def terminate(session: RunnerSession, seconds: float) -> ShutdownResult:
    """Ends a runner only by SIGTERM."""
    started = time.monotonic()
    session.process.terminate()
    return await _watch_end(session, started, seconds)


async def end_lease(session: RunnerSession, seconds: float) -> ShutdownResult:
    """Ends a runner only by closing its standard input."""
    started = time.monotonic()
    session.process.end_lease()
    return await _watch_end(session, started, seconds)


async def _watch_end(
    session: RunnerSession, started: float, seconds: float, refusal: str = ""
) -> ShutdownResult:
    await session.channel.close()  # A server may wait for its connections to close.
    process = session.process
    await process.wait_exit(seconds)
    ending = ShutdownResult(
        seconds=time.monotonic() - started,
        status=process.exit_status,
        text=process.describe_end(),
        left_behind=await process.left_behind(_ORPHAN_SECONDS),
        refusal=refusal,
    )
    await session.kill()
    return ending

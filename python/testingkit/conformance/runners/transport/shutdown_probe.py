"""What an examination asks of a runner beside calls: what it lists, and how it ends.

A run ends its runners by everything that may end them at once. Here each way stands alone, and
what came of it is told.
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

_ORPHAN_SECONDS = 0.5  # that the processes of a runner may end after it


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended, or that it did not."""

    seconds: float  # until it ended, or was killed
    status: int | None  # of its exit, negative for a signal; None where it had to be killed
    words: str  # the same for people
    left_behind: Sequence[str] = ()  # names of processes of its group that still ran
    refusal: str = ""  # why Shutdown was not answered


async def reflected_services(session: RunnerSession, seconds: float) -> Sequence[str] | None:
    """Returns the subjects that a runner's reflection lists; None where it has no reflection.

    Raises:
        StartError: They are too many.
    """
    try:
        return await fetch_services(session.channel, seconds)
    except TooMuchError as error:
        raise StartError(str(error)) from error


async def shut_down(session: RunnerSession, seconds: float) -> Ending:
    """Asks a runner to end by ``Shutdown`` alone."""
    started = time.monotonic()
    refusal = ""
    try:
        answer: ShutdownResponse | None = await RunnerServiceStub(session.channel).Shutdown(
            ShutdownRequest(), timeout=seconds
        )
        if answer is None:  # What grpcio gives for bytes that do not parse.
            refusal = "it answers with bytes that are no ShutdownResponse"
    except aio.AioRpcError as error:
        refusal = f"{error.code().name}: {error.details()}"
    return await _watch_end(session, started, seconds, refusal)


async def terminate(session: RunnerSession, seconds: float) -> Ending:
    """Ends a runner by SIGTERM alone."""
    started = time.monotonic()
    session.process.terminate()
    return await _watch_end(session, started, seconds)


async def end_lease(session: RunnerSession, seconds: float) -> Ending:
    """Ends a runner's standard input and nothing else."""
    started = time.monotonic()
    session.process.end_lease()
    return await _watch_end(session, started, seconds)


async def _watch_end(
    session: RunnerSession, started: float, seconds: float, refusal: str = ""
) -> Ending:
    await session.channel.close()  # A server may wait for its connections.
    process = session.process
    await process.wait_exit(seconds)
    ending = Ending(
        seconds=time.monotonic() - started,
        status=process.exit_status,
        words=process.describe_end(),
        left_behind=await process.left_behind(_ORPHAN_SECONDS),
        refusal=refusal,
    )
    await session.kill()
    return ending

"""The `RunnerService`, which the coordinator calls."""

import asyncio
import os
import secrets
import sys
from dataclasses import dataclass
from typing import Any

import grpc
from grpc import aio

from testingkit import __version__
from testingkit.conformance.v1 import runner_pb2, runner_pb2_grpc
from testingkit.runner import limits
from testingkit.runner.batches import Batch
from testingkit.runner.registry import Registry
from testingkit.runner.workers import Workers

_STDERR = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """The name and version of the implementation."""

    name: str
    version: str


class RunnerServicer(runner_pb2_grpc.RunnerServiceServicer):
    """Serves `Describe`, `Execute` and `Shutdown`."""

    def __init__(
        self, identity: Identity, registry: Registry, workers: Workers, stop: asyncio.Event
    ) -> None:
        self._identity = identity
        self._registry = registry
        self._workers = workers
        self._stop = stop
        # Not seeded: every start has another one.
        self._instance_id = secrets.token_bytes(limits.INSTANCE_ID_BYTES)

    async def Describe(
        self, request: runner_pb2.DescribeRequest, context: Any
    ) -> runner_pb2.DescribeResponse:
        """Returns the description of the runner."""
        return runner_pb2.DescribeResponse(
            protocol_versions=[limits.PROTOCOL_VERSION],
            name=self._identity.name,
            version=self._identity.version,
            language="python",
            runtime=f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}",
            sdk_version=__version__,
            methods=sorted(self._registry.methods),
            limits=runner_pb2.Limits(),
            instance_id=self._instance_id,
        )

    async def Execute(  # type: ignore[override]
        self, request_iterator: Any, context: Any
    ) -> None:
        """Answers batches one after the other until the client half-closes the stream.

        It reads one batch ahead. The last answers of a batch are sent while the next one runs, if
        that has already arrived.
        """
        try:
            await self._execute(context)
        except MemoryError:
            # The process has no memory for answers. It ends, so that the cause can be seen.
            os.write(_STDERR, b"MemoryError: the runner has no memory for its answers\n")
            os.abort()

    async def _execute(self, context: Any) -> None:
        held: list[runner_pb2.ExecuteResponse] = []
        reading = _read(context)
        try:
            while True:
                if not reading.done():
                    await _write(context, held)
                request = await self._next(reading, context)
                if request is None:
                    return await _write(context, held)
                reading = _read(context)
                with Batch(self._registry.methods, self._workers, request.calls) as batch:
                    batch.start()
                    await _write(context, held)
                    async for response in batch.responses():
                        held.append(response)
                        if not batch.finished:
                            await _write(context, held)
        finally:
            reading.cancel()

    async def Shutdown(
        self, request: runner_pb2.ShutdownRequest, context: Any
    ) -> runner_pb2.ShutdownResponse:
        """Ends the runner. The server stops gracefully, so this answer is still sent."""
        self._stop.set()
        return runner_pb2.ShutdownResponse()

    async def _next(
        self, reading: "asyncio.Task[Any]", context: aio.ServicerContext[Any, Any]
    ) -> runner_pb2.ExecuteRequest | None:
        """Returns the next batch, or None after the last. Ends the stream when the runner ends."""
        if not reading.done():
            stopping = asyncio.create_task(self._stop.wait())
            try:
                await asyncio.wait({reading, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
        if self._stop.is_set():
            await context.abort(grpc.StatusCode.UNAVAILABLE, "the runner is shutting down")
        request = await reading
        return None if request is aio.EOF else request


def _read(context: aio.ServicerContext[Any, Any]) -> "asyncio.Task[Any]":
    return asyncio.create_task(context.read())


async def _write(
    context: aio.ServicerContext[Any, Any], held: list[runner_pb2.ExecuteResponse]
) -> None:
    """Writes the held responses and clears the list."""
    for response in held:
        await context.write(response)
    held.clear()

"""The `RunnerService`: what the coordinator asks of a runner beside the subjects themselves."""

import asyncio
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


@dataclass(frozen=True, slots=True)
class Identity:
    """What the runner says it is."""

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

    async def Describe(
        self, request: runner_pb2.DescribeRequest, context: Any
    ) -> runner_pb2.DescribeResponse:
        """Says what the runner is and serves."""
        return runner_pb2.DescribeResponse(
            protocol_versions=[limits.PROTOCOL_VERSION],
            name=self._identity.name,
            version=self._identity.version,
            language="python",
            runtime=f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}",
            sdk_version=__version__,
            methods=sorted(self._registry.methods),
            limits=runner_pb2.Limits(),
        )

    async def Execute(  # type: ignore[override]
        self, request_iterator: Any, context: Any
    ) -> None:
        """Answers batches one after the other, reading one ahead, until the client half-closes.

        The last answers of a batch go out while the next one runs, where that is there already.
        """
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
                    batch.begin()
                    await _write(context, held)
                    async for response in batch.responses():
                        held.append(response)
                        if not batch.over:
                            await _write(context, held)
        finally:
            reading.cancel()

    async def Shutdown(
        self, request: runner_pb2.ShutdownRequest, context: Any
    ) -> runner_pb2.ShutdownResponse:
        """Ends the runner; the server's graceful stop lets this very answer out."""
        self._stop.set()
        return runner_pb2.ShutdownResponse()

    async def _next(
        self, reading: "asyncio.Task[Any]", context: aio.ServicerContext[Any, Any]
    ) -> runner_pb2.ExecuteRequest | None:
        """The next batch; none after the last. Ends the stream when the runner ends."""
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
    """Writes what is held, which then is so no more."""
    for response in held:
        await context.write(response)
    held.clear()

"""The link to plain gRPC servers: one unary call a case, raw bytes, bounded concurrency."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import grpc
from grpc import aio

from testingkit.conformance.model import Call
from testingkit.conformance.stream.link import BrokenError, HangError, Work
from testingkit.conformance.v1.observation_pb2 import Observation

_CONCURRENCY = 32
_ANY_METHOD = "testingkit.conformance.v1.RunnerService/Describe"
_DETAILS_KEY = "grpc-status-details-bin"


class UnaryLink:
    """Calls the subjects' own methods."""

    def __init__(self, channel: aio.Channel, grace: float) -> None:
        self._channel = channel
        self._grace = grace
        self._methods: dict[str, Any] = {}

    async def run(self, work: Work) -> bool:
        """Keeps some calls under way until none is left."""
        await self._run(work, _CONCURRENCY)
        return True

    async def run_alone(self, work: Work) -> None:
        """Makes one call at a time."""
        await self._run(work, 1)

    async def _run(self, work: Work, concurrency: int) -> None:
        workers = [asyncio.create_task(self._work(work)) for _ in range(concurrency)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, work: Work) -> None:
        while work.waiting:
            call = work.take()
            work.answer(await self._call(call))

    async def _call(self, call: Call) -> Observation:
        observation = Observation(call_id=call.id)
        started = time.monotonic_ns()
        try:
            method = self._method(call.case.method.name)
            observation.response = await method(call.case.request, timeout=call.timeout)
        except aio.AioRpcError as error:
            await self._failed(call, observation, error, time.monotonic_ns() - started)
        observation.elapsed_nanos = time.monotonic_ns() - started
        return observation

    async def _failed(
        self, call: Call, observation: Observation, error: aio.AioRpcError, elapsed: int
    ) -> None:
        """Tells a handler's error from a server that is gone or does not answer."""
        code = error.code()
        if code is grpc.StatusCode.DEADLINE_EXCEEDED and elapsed >= call.timeout * 1e9:
            raise HangError from error
        if code is grpc.StatusCode.UNAVAILABLE and not await self._answers():
            raise BrokenError(error.details() or "unavailable") from error
        if code is grpc.StatusCode.RESOURCE_EXHAUSTED and _is_ours(error.details() or ""):
            observation.protocol_error.text = error.details() or ""
            return
        number: int = code.value[0]
        observation.error.code = number
        observation.error.message = error.details() or ""
        for key, value in error.trailing_metadata() or ():
            if key == _DETAILS_KEY and isinstance(value, bytes):
                observation.error.details = value

    async def _answers(self) -> bool:
        """Whether the server still answers anything, be it that it does not know the method.

        A connection would prove nothing: a process that is just about to be gone accepts them.
        """
        try:
            await self._method(_ANY_METHOD)(b"", timeout=self._grace)
        except aio.AioRpcError as error:
            return error.code() is not grpc.StatusCode.UNAVAILABLE
        return True

    def _method(self, name: str) -> Any:
        if name not in self._methods:
            self._methods[name] = self._channel.unary_unary(f"/{name}")
        return self._methods[name]


def _is_ours(details: str) -> bool:
    """Whether the client's own limit on messages was hit, which is no answer of the server."""
    return details.startswith("Received message larger than max")

"""The link to plain gRPC servers: one unary call per case, some at the same time."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.core import aio, grpc
from testingkit.conformance.runners.transport.link import BrokenError, HangError, Work
from testingkit.conformance.v1.observation_pb2 import Observation

_DETAILS_KEY = "grpc-status-details-bin"
# grpcio reports transport errors with the status codes that handlers use too. Only its messages
# differ: they begin with one of these, from grpcio 1.8x on after "Stream removed (".
_CONNECTION = re.compile(
    r"(Stream removed \()?(Socket closed|recvmsg|sendmsg|Broken pipe|Connection reset|GOAWAY|"
    r"failed to connect|Failed parsing HTTP/2|Endpoint)"
)
_STREAM = re.compile(
    r"(Stream removed \()?(RST_STREAM|Received RST_STREAM|Received http2 header with status|"
    r"CLIENT: |Received message larger|Sent message larger|Data frame with END_STREAM|"
    r"Compression bit set)"
)
# The statuses that grpcio gives a lost connection. Any other status is an answer.
_LOST = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.CANCELLED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)
_STALLS = 3  # repeats of a call because of stalls of the coordinator
_AWAKE = 0.9  # the share of a deadline in which the coordinator must have been awake


class UnaryLink:
    """Calls the subjects' own methods."""

    def __init__(self, channel: aio.Channel, concurrency: int) -> None:
        self._channel = channel
        self._concurrency = concurrency
        self._methods: dict[str, Any] = {}

    async def run(self, work: Work) -> None:
        """Makes all calls, as many at the same time as allowed."""
        await self._run(work, self._concurrency)

    async def run_alone(self, work: Work) -> None:
        """Makes one call at a time."""
        await self._run(work, 1)

    async def _run(self, work: Work, concurrency: int) -> None:
        workers = [asyncio.create_task(self._work(work)) for _ in range(concurrency)]
        try:
            # Not `gather`, which lets the error of a worker hide that this task was cancelled.
            done, _ = await asyncio.wait(workers, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        for worker in workers:
            if worker in done:
                worker.result()

    async def _work(self, work: Work) -> None:
        while await work.has_next():
            call = work.take()
            work.settle(call, await self._call_in_time(call, work.queue.now))

    async def _call_in_time(self, call: Call, now: Callable[[], float]) -> Observation:
        """Makes a call; makes it again if it timed out because the coordinator was stalled.

        gRPC only knows wall-clock time, and drops an answer that came in time but was read late.
        """
        for _ in range(_STALLS):
            began = now()
            try:
                return await self._call(call)
            except HangError:
                if now() - began > call.timeout * _AWAKE:
                    raise
        return await self._call(call)

    async def _call(self, call: Call) -> Observation:
        observation = Observation(call_id=call.id)
        started = time.monotonic_ns()
        try:
            method = self._method(call.method)
            response = await method(call.request, timeout=call.timeout)
        except aio.AioRpcError as error:
            self._failed(call, observation, error, time.monotonic_ns() - started)
        else:
            if response is None:  # grpcio returns None for OK without a whole message.
                observation.protocol_error.text = "ended with OK and without a whole message"
            else:
                observation.response = response
        observation.elapsed_nanos = time.monotonic_ns() - started
        return observation

    def _failed(
        self, call: Call, observation: Observation, error: aio.AioRpcError, elapsed: int
    ) -> None:
        """Distinguishes the error of a handler from a server that ended or does not answer."""
        code, details = error.code(), error.details() or ""
        if code is grpc.StatusCode.DEADLINE_EXCEEDED and elapsed >= call.timeout * 1e9:
            raise HangError from error
        if _CONNECTION.match(details) or self._is_lost(error):
            raise BrokenError(f"{code.name}: {details}") from error
        if _STREAM.match(details):
            observation.protocol_error.text = f"{code.name}: {details}"
            return
        number: int = code.value[0]
        observation.error.code = number
        observation.error.message = details
        for key, value in error.trailing_metadata() or ():
            if key == _DETAILS_KEY and isinstance(value, bytes):
                observation.error.details = value

    def _is_lost(self, error: aio.AioRpcError) -> bool:
        """Returns whether a call failed because the connection was lost.

        An error with trailers is an answer. So is one on a connection that the server closed in
        order: it answers the calls that it has begun, and the channel is idle then.
        """
        if error.code() not in _LOST or error.trailing_metadata():
            return False
        return self._channel.get_state() is not grpc.ChannelConnectivity.READY

    def _method(self, name: str) -> Any:
        if name not in self._methods:
            self._methods[name] = self._channel.unary_unary(f"/{name}")
        return self._methods[name]

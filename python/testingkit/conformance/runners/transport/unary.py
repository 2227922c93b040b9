"""The link to plain gRPC servers: one unary call per case, some at the same time."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Collection
from typing import Any

from google.rpc import code_pb2

from testingkit import __version__
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.grpc_reply import (
    ENCODINGS,
    MAX_BODY_BYTES,
    BreachError,
    ResetError,
    read_reply,
)
from testingkit.conformance.runners.transport.http2 import (
    Fields,
    Http2Connection,
    Reply,
    UnprocessedError,
    open_connection,
)
from testingkit.conformance.runners.transport.link import HangError, LinkError, Work
from testingkit.conformance.runners.transport.refusals import Refusals
from testingkit.conformance.v1.observation_pb2 import Error, Observation

_ATTEMPTS = 5  # to send a call that the server does not take
_STALLS = 3  # repeats of a call because of stalls of the coordinator
_AWAKE = 0.9  # the share of a deadline in which the coordinator must have been awake
_PROBE_SECONDS = 5.0
# What the library of a server answers when it gives a call up at its deadline.
_GIVEN_UP = frozenset({code_pb2.DEADLINE_EXCEEDED, code_pb2.CANCELLED})
_FIELDS: Fields = [
    (b"te", b"trailers"),
    (b"content-type", b"application/grpc"),
    (b"user-agent", f"testingkit/{__version__}".encode()),
    (b"grpc-accept-encoding", ENCODINGS),
]


class UnaryLink:
    """Calls the subjects' own methods."""

    def __init__(self, address: str, concurrency: int, declared: Collection[str] = ()) -> None:
        """Prepares; the first call connects.

        Args:
            address: The address of the server, ``unix:/path`` or ``host:port``.
            concurrency: How many calls it gets at the same time.
            declared: The methods that its reflection lists.
        """
        self._address = address
        self._concurrency = concurrency
        self._declared = declared
        self._refusals = Refusals(self._probe)
        self._connections: list[Http2Connection] = []  # the last one takes calls
        self._connecting = asyncio.Lock()

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
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        for worker in workers:
            if worker in done:
                worker.result()

    async def _work(self, work: Work) -> None:
        while await work.has_next():
            call = work.take()
            work.settle(call, await self._call_in_time(call, work))

    async def _call_in_time(self, call: Call, work: Work) -> Observation:
        """Makes a call; makes it again if it timed out because the coordinator was stalled.

        A server only knows wall-clock time, and gives a call up that it got late.
        """
        now = work.queue.now
        for _ in range(_STALLS):
            began = now()
            try:
                return await self._call(call, work)
            except HangError:
                if now() - began > call.timeout * _AWAKE:
                    raise
        return await self._call(call, work)

    async def _call(self, call: Call, work: Work) -> Observation:
        observation = Observation(call_id=call.id)
        started = time.monotonic_ns()
        try:
            async with _Deadline(call.timeout, work.queue.now):
                reply = await self._exchange(call.method, call.request, call.timeout)
            answer: bytes | Error | Exception = read_reply(reply)
        except (BreachError, UnprocessedError) as error:
            answer = error
        observation.elapsed_nanos = time.monotonic_ns() - started
        if _is_given_up(answer) and observation.elapsed_nanos >= call.timeout * 1e9:
            raise HangError
        if isinstance(answer, bytes):
            observation.response = answer
        elif isinstance(answer, Exception):
            observation.protocol_error.text = str(answer)
        elif await self._is_refusal(call.method, answer):
            observation.unsupported.SetInParent()
        else:
            observation.error.CopyFrom(answer)
        return observation

    async def _exchange(self, method: str, request: bytes, seconds: float) -> Reply:
        """Sends a call until the server takes it, and returns what arrived."""
        fields = [(b":path", f"/{method}".encode()), *_FIELDS, _timeout(seconds)]
        body = b"\0" + len(request).to_bytes(4, "big") + request
        for attempt in range(1, _ATTEMPTS + 1):
            connection = await self._connection()
            try:
                return await connection.exchange(fields, body, MAX_BODY_BYTES)
            except UnprocessedError as error:
                if attempt == _ATTEMPTS:
                    raise UnprocessedError(f"{error}, {_ATTEMPTS} times") from error
        raise AssertionError("a call is sent at least once")

    async def _connection(self) -> Http2Connection:
        """Returns the open connection; connects if there is none."""
        async with self._connecting:
            if not self._connections or not self._connections[-1].is_open:
                self._connections.append(await open_connection(self._address))
            return self._connections[-1]

    async def _is_refusal(self, method: str, answer: Error) -> bool:
        if answer.code != code_pb2.UNIMPLEMENTED:
            return False
        is_listed = method in self._declared
        return await self._refusals.is_refusal(method, answer, is_listed=is_listed)

    async def _probe(self, method: str) -> Error | None:
        """Calls a method that does not exist; returns the error, or None if that fails."""
        link = UnaryLink(self._address, 1)  # A connection of its own, so that no call is affected.
        try:
            async with asyncio.timeout(_PROBE_SECONDS):
                answer = read_reply(await link._exchange(method, b"", _PROBE_SECONDS))
        except (LinkError, UnprocessedError, BreachError, TimeoutError):
            raise_if_cancelled()
            return None
        finally:
            for connection in link._connections:
                connection.close()
        return answer if isinstance(answer, Error) else Error()


class _Deadline:
    """Raises HangError if the block takes longer than some seconds of a clock."""

    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        self._now = now
        self._end = now() + seconds
        self._limit = asyncio.timeout(None)
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        await self._limit.__aenter__()
        self._check()

    async def __aexit__(self, *raised: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
        try:
            await self._limit.__aexit__(*raised)
        except TimeoutError as error:
            raise HangError from error

    def _check(self) -> None:
        """Ends the block if the time is over; else looks again later: the clock may stop."""
        loop, left = asyncio.get_running_loop(), self._end - self._now()
        if left > 0:
            self._timer = loop.call_later(left, self._check)
        else:
            self._limit.reschedule(loop.time())


def _is_given_up(answer: bytes | Error | Exception) -> bool:
    """Returns whether a server may have given a call up at its deadline."""
    if isinstance(answer, Error):
        return answer.code in _GIVEN_UP
    return isinstance(answer, ResetError)


def _timeout(seconds: float) -> tuple[bytes, bytes]:
    """Returns the header with the deadline, not earlier than given."""
    return b"grpc-timeout", b"%dm" % math.ceil(seconds * 1000)

"""The link to runners with an SDK: batches of calls over one stream, several in flight."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from google.protobuf.message import DecodeError

from testingkit.conformance.runners.transport.core import aio, grpc
from testingkit.conformance.runners.transport.handshake import answers
from testingkit.conformance.runners.transport.incidents import IncidentKind
from testingkit.conformance.runners.transport.link import BrokenError, EndedError, HangError, Work
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import ExecuteResponse, Limits

_EXECUTE = "/testingkit.conformance.v1.RunnerService/Execute"
_BATCHES_IN_FLIGHT = 4
_FIRST_BATCH = 16
_LARGEST_BATCH = 256
_BATCH_BYTES = 1 << 20
# Batches grow while a runner is quick to answer, and shrink when it is slow.
_QUICK_SECONDS = 0.05
_SLOW_SECONDS = 0.5


class BatchedLink:
    """Runs calls through ``RunnerService.Execute``."""

    def __init__(self, channel: aio.Channel, limits: Limits, grace: float) -> None:
        self._channel = channel
        self._open: Any = channel.stream_stream(_EXECUTE)  # bytes in and out
        self._grace = grace
        self._largest = min(limits.batch_calls or _LARGEST_BATCH, _LARGEST_BATCH)
        self._bytes = min(limits.batch_bytes or _BATCH_BYTES, _BATCH_BYTES)

    async def run(self, work: Work) -> None:
        """Sends batches and reads answers until the runner ends the stream."""
        await self._run(work, _Writer(self._open(), work, self._largest, self._bytes))

    async def run_alone(self, work: Work) -> None:
        """Sends every call over a new stream, so that only this call can break it."""
        while work.waiting:
            writer = _Writer(self._open(), work, 1, self._bytes, alone=True)
            try:
                await self._run(work, writer)
            except EndedError as error:
                if not await answers(self._channel, self._grace):
                    raise BrokenError("the runner ended its Execute stream") from error
                _settle_unanswered(work)

    async def _run(self, work: Work, writer: _Writer) -> None:
        work.progress = work.queue.now()
        writing = asyncio.create_task(writer.run())
        try:
            await self._read(writer.stream, work, writer)
        except BrokenError as error:
            # If a runner ends the stream during a write, grpcio reports the failed write as the
            # status of the stream.
            if writer.was_cut and await answers(self._channel, self._grace):
                raise EndedError from error
            raise
        finally:
            writing.add_done_callback(_forget)
            writing.cancel()
            writer.stream.cancel()
            # Not `await writing`: its cancellation would look like that of this task.
            await asyncio.wait({writing})
        if work.outstanding or not writer.is_done:
            raise EndedError

    async def _read(self, stream: Any, work: Work, writer: _Writer) -> None:
        while True:
            try:
                data = await self._next(stream, work, writer)
            except aio.AioRpcError as error:
                raise BrokenError(f"{error.code().name}: {error.details()}") from error
            if data is None:
                cause = "did not end its Execute stream after the last answer"
                work.queue.incidents.note(IncidentKind.BREACH, cause)
                return
            if data is aio.EOF:
                await _check_status(stream)
                return
            self._accept(data, work)
            writer.wake()

    async def _next(self, stream: Any, work: Work, writer: _Writer) -> Any:
        """Reads once; returns None if no call is outstanding and the stream does not end.

        Cancelling a read cancels the stream. So the read goes on while its deadline is computed
        again: calls that are sent meanwhile extend it.
        """
        reading = asyncio.ensure_future(stream.read())
        reading.add_done_callback(_forget)
        while not reading.done():
            left = self._patience(work)
            # The time only counts if an answer or the end of the stream is due.
            if work.outstanding or writer.is_done:
                left += work.progress - work.queue.now()
            if left > 0:
                await asyncio.wait({reading}, timeout=left)
                continue
            reading.cancel()
            if work.outstanding:
                raise HangError
            return None
        return reading.result()

    def _patience(self, work: Work) -> float:
        """Returns the longest time between answers: calls of a batch run one after the other."""
        call = work.oldest  # the others have the same deadline
        return self._grace + (call.timeout if call is not None else 0.0)

    def _accept(self, data: bytes, work: Work) -> None:
        try:
            response = ExecuteResponse.FromString(data)
        except DecodeError as error:
            raise BrokenError("sent bytes that are not an ExecuteResponse") from error
        work.answer(response.observations)


class _Writer:
    """Sends batches of calls while the window of outstanding calls has room."""

    def __init__(
        self, stream: Any, work: Work, largest: int, most_bytes: int, *, alone: bool = False
    ) -> None:
        self.stream = stream
        self._work = work
        self._size = min(_FIRST_BATCH, largest)
        self._largest = largest
        self._bytes = most_bytes
        self._alone = alone  # send one call only
        self._room = asyncio.Event()
        self.was_cut = False  # a write failed
        self.is_done = False  # everything was sent

    def wake(self) -> None:
        """Checks for room in the window again, because answers came."""
        self._room.set()

    async def run(self) -> None:
        while await self._work.has_next():
            await self._wait_for_room()
            # Meanwhile another process may have taken the remaining calls.
            if batch := self._take_batch():
                await self._write(b"".join(batch))
            if self._alone:
                break
        self.is_done = True
        self._work.progress = self._work.queue.now()  # the end of the stream is due from now on
        await self.stream.done_writing()

    async def _write(self, data: bytes) -> None:
        try:
            await self.stream.write(data)
        except aio.AioRpcError:
            self.was_cut = True
            raise

    async def _wait_for_room(self) -> None:
        started = time.monotonic()
        while self._is_full():
            self._room.clear()
            await self._room.wait()
        waited = time.monotonic() - started
        if waited < _QUICK_SECONDS:
            self._size = min(self._size * 2, self._largest)
        elif waited > _SLOW_SECONDS:
            self._size = max(self._size // 2, 1)

    def _is_full(self) -> bool:
        """Returns whether the next call has to wait.

        Only calls with the same deadline are outstanding together. Otherwise a call that hangs
        would get the longest deadline among them.
        """
        oldest, waiting = self._work.oldest, self._work.waiting
        if len(self._work.outstanding) > self._size * (_BATCHES_IN_FLIGHT - 1):
            return True
        return bool(waiting) and oldest is not None and oldest.timeout != waiting[0].timeout

    def _take_batch(self) -> list[bytes]:
        """Takes waiting calls and returns them as entries of an ``ExecuteRequest``."""
        batch: list[bytes] = []
        size = 0
        waiting = self._work.waiting
        timeout = waiting[0].timeout if waiting else 0.0
        most = self._size
        if self._work.queue.sharers > 1:
            # At most half of an even share, so that no process is idle while another has a queue.
            most = min(most, len(waiting) // (2 * self._work.queue.sharers) + 1)
        while waiting and len(batch) < most:
            size += len(waiting[0].framed)
            if batch and (size > self._bytes or waiting[0].timeout != timeout):
                break
            batch.append(self._work.take().framed)
        return batch


def _forget(task: asyncio.Future[Any]) -> None:
    """Marks the error of a read or a writer that nothing awaits as seen."""
    if not task.cancelled():
        task.exception()


async def _check_status(stream: Any) -> None:
    code = await stream.code()
    if code is not grpc.StatusCode.OK:
        raise BrokenError(f"{code.name}: {await stream.details()}")


def _settle_unanswered(work: Work) -> None:
    """Settles the call of a stream that the runner ended with OK, but without an answer."""
    for call in list(work.outstanding.values()):
        observation = Observation(call_id=call.id)
        observation.no_result.text = "the runner ended its Execute stream without an answer"
        work.settle(call, observation)
        work.unanswered += 1

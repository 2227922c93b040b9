"""A run that is cancelled ends at once, at any wait: no cancellation is lost."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Coroutine, Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from testingkit.conformance.config import RunLimits, RunnerConfig
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.runners.processes import RunnerProcess
from testingkit.conformance.runners.transport import handshake, worker
from testingkit.conformance.runners.transport.batched import BatchedLink
from testingkit.conformance.runners.transport.core import aio, grpc
from testingkit.conformance.runners.transport.incidents import Incidents
from testingkit.conformance.runners.transport.link import BrokenError, Link, Work
from testingkit.conformance.runners.transport.unary import UnaryLink
from testingkit.conformance.v1 import runner_pb2
from tests.conformance.support import make_case, queue_of, says, suite_of

_CASES = 100  # more than are sent at a time
_MOMENTS = 60  # a process that breaks and starts again has about 20
_PATIENCE = 30.0  # seconds; far more than needed


class _Cancelled:
    """Runs a coroutine in the task that awaits this, and cancels the task at its n-th wait."""

    def __init__(self, work: Coroutine[Any, Any, None], moment: int, *, is_over: bool) -> None:
        """Sets the number of the wait; ``is_over`` cancels just after the wait is over."""
        self._work = work
        self._left = moment
        self._is_over = is_over

    def __await__(self) -> Generator[Any, Any, None]:
        task = asyncio.current_task()
        assert task is not None
        send: Callable[[], Any] = lambda: self._work.send(None)  # noqa: E731
        while True:
            try:
                waited_for = send()
            except StopIteration:
                return
            self._left -= 1
            if not self._left and self._is_over and waited_for is not None:
                waited_for.add_done_callback(lambda _: task.cancel())
            elif not self._left:
                task.cancel()
            try:
                yield waited_for
            except BaseException as error:  # noqa: BLE001 - passed on to the coroutine
                send = self._thrower(error)
            else:
                send = lambda: self._work.send(None)  # noqa: E731

    def _thrower(self, error: BaseException) -> Callable[[], Any]:
        return lambda: self._work.throw(error)


class _Stream:
    """An Execute stream that breaks as soon as it has a call."""

    def __init__(self) -> None:
        self._has_call = asyncio.Event()

    async def write(self, data: bytes) -> None:
        await asyncio.sleep(0)
        self._has_call.set()

    async def done_writing(self) -> None:
        await asyncio.sleep(0)

    async def read(self) -> bytes:
        await self._has_call.wait()
        raise _lost()

    def cancel(self) -> None:
        """Does nothing: no call is outstanding."""


def _lost() -> aio.AioRpcError:
    empty = aio.Metadata()
    return aio.AioRpcError(grpc.StatusCode.UNAVAILABLE, empty, empty, "Socket closed")


class _Channel:
    """A connection to a process that dies at every call."""

    def stream_stream(self, method: str) -> Callable[[], _Stream]:
        return _Stream

    def unary_unary(self, method: str, **_: Any) -> Callable[..., Awaitable[Any]]:
        if method.endswith("Describe"):
            return self._describe
        return self._break

    def get_state(self) -> grpc.ChannelConnectivity:
        return grpc.ChannelConnectivity.TRANSIENT_FAILURE

    async def close(self) -> None:
        await asyncio.sleep(0)

    async def _describe(self, *_: Any, **__: Any) -> runner_pb2.DescribeResponse:
        await asyncio.sleep(0)
        versions = [handshake.PROTOCOL_VERSION]
        return runner_pb2.DescribeResponse(protocol_versions=versions)

    async def _break(self, *_: Any, **__: Any) -> bytes:
        await asyncio.sleep(0)
        raise _lost()


class _Process:
    """A process that can be restarted without limit."""

    address, is_remote, stderr, crash_reason, exit_status = "unix:nowhere", False, "", "", 3
    has_exited = False

    async def start(self, *_: Any) -> None:
        await asyncio.sleep(0)

    async def wait_exit(self, seconds: float) -> bool:
        await asyncio.sleep(0)
        return True

    async def kill(self) -> None:
        await asyncio.sleep(0)

    def describe_end(self) -> str:
        return "exited with status 3"


def _batched(channel: Any, _address: str) -> Link:
    return BatchedLink(channel, runner_pb2.Limits(), 0.01)


def _unary(_channel: Any, address: str) -> Link:
    return UnaryLink(address, 2)


class _DroppingLink:
    """A link that drops every cancellation, as grpcio does at the moment in which a call ends."""

    def __init__(self, _channel: Any, _address: str) -> None:
        """Takes the same arguments as the other links."""

    async def run(self, work: Work) -> None:
        work.take()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            raise BrokenError("Socket closed") from None
        raise BrokenError("Socket closed")

    run_alone = run


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every process die at every call."""
    monkeypatch.setattr(worker.Worker, "_new_process", lambda _: _Process())
    monkeypatch.setattr(worker, "open_channel", lambda _: _Channel())


async def _run(open_link: worker.OpenLink) -> None:
    """Makes calls again and again."""
    cases = [make_case(says("x"), name=f"s/c{number}") for number in range(_CASES)]
    for _ in itertools.count():
        plan = make_plan([suite_of(*cases)], ["r"], "", 10.0, filtered=False)
        queue = queue_of(plan, lambda *_: None, lambda: 0.0)
        guardian: Any = None
        limits = RunLimits(call_grace=0.01, stop_timeout=0.01)
        shared = worker.Shared(
            RunnerConfig("r"), Path(), limits, guardian, "", 1_000_000, Incidents()
        )
        process = worker.Worker(shared, Path())
        await process.start()
        process.connect_by(open_link)
        await process.run(Work(queue, queue.waiting))


@pytest.mark.usefixtures("fragile")
@pytest.mark.parametrize("is_over", [False, True], ids=["while it waits", "when it has waited"])
@pytest.mark.parametrize("open_link", [_batched, _unary, _DroppingLink])
def test_worker_that_is_cancelled_at_any_wait_ends(
    open_link: worker.OpenLink, is_over: bool
) -> None:
    async def cancelled_at(moment: int) -> None:
        async def work() -> None:
            await _Cancelled(_run(open_link), moment, is_over=is_over)

        task = asyncio.create_task(work())
        await asyncio.wait([task], timeout=_PATIENCE)
        assert task.cancelled(), moment

    async def all_moments() -> None:
        for moment in range(1, _MOMENTS + 1):
            await cancelled_at(moment)

    asyncio.run(all_moments())


def test_wait_exit_that_is_cancelled_just_after_the_end_is_cancelled(
    tmp_path: Path,
) -> None:
    async def wait() -> None:
        ended = asyncio.Event()
        process = RunnerProcess(RunnerConfig("r"), tmp_path, RunLimits(), tmp_path / "log")
        stub: Any = SimpleNamespace(wait=ended.wait, returncode=0)
        process._process = stub
        for turns in range(5):
            ended.clear()
            waiting = asyncio.create_task(process.wait_exit(_PATIENCE))
            await asyncio.sleep(0.001)
            ended.set()
            for _ in range(turns):
                await asyncio.sleep(0)
            if waiting.cancel():
                await asyncio.wait([waiting])
                assert waiting.cancelled(), turns

    asyncio.run(wait())

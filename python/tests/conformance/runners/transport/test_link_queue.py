"""The queue of a runner: calls come in as a stream, with a bound on those pending."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

import pytest

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.runners.transport import link
from testingkit.conformance.runners.transport.batched import _Writer
from testingkit.conformance.runners.transport.incidents import Incidents
from testingkit.conformance.runners.transport.link import Queue, Work
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import make_case, says, suite_of


@pytest.fixture
def calls() -> Sequence[Call]:
    cases = [make_case(says("x"), name=f"s/c{number}") for number in range(1, 7)]
    return list(make_plan([suite_of(*cases)], ["r"], "", 10.0, filtered=False).calls)


def _queue() -> Queue:
    return Queue(lambda *_: None, lambda _: None, 6, Incidents(), 1.0, lambda: 0.0)


def _answer(queue: Queue, call: Call) -> None:
    queue.deliver(call, Observation(call_id=call.id, response=b"x"))


async def _is_blocked(task: asyncio.Task[object]) -> bool:
    done, _ = await asyncio.wait([task], timeout=0.05)
    return not done


@pytest.mark.parametrize("bound", ["MOST_PENDING", "MOST_PENDING_BYTES"])
def test_queue_has_room_until_too_much_is_pending(
    calls: Sequence[Call], monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    size = sum(len(call.framed) for call in calls[:3])
    monkeypatch.setattr(link, bound, 3 if bound == "MOST_PENDING" else size)

    async def fill() -> None:
        queue = _queue()
        queue.put(calls[:2])
        await queue.wait_for_room()
        queue.put(calls[2:4])
        waiting = asyncio.create_task(queue.wait_for_room())
        assert await _is_blocked(waiting)
        _answer(queue, calls[1])  # three are pending
        assert await _is_blocked(waiting)
        _answer(queue, calls[0])
        await asyncio.wait_for(waiting, 5)

    asyncio.run(fill())


def test_waiting_process_gets_later_calls_until_the_queue_is_closed(calls: Sequence[Call]) -> None:
    async def wait() -> None:
        queue = _queue()
        work = Work(queue, queue.waiting)
        first = asyncio.create_task(work.has_next())
        assert await _is_blocked(first)
        queue.put(calls[:1])
        assert await first
        call = work.take()
        idle = asyncio.create_task(queue.has_more())
        end = asyncio.create_task(work.has_next())
        with queue.at_work():
            queue.close()
            assert not await end
            assert await _is_blocked(idle)  # the busy process may put its call back
            queue.put_back([call])
            assert await idle

    asyncio.run(wait())


def test_isolated_calls_end_without_waiting_for_the_queue(calls: Sequence[Call]) -> None:
    async def look() -> None:
        queue = _queue()
        queue.put(calls)
        isolated = Work(queue, deque(calls[:1]), is_isolated=True)
        assert await isolated.has_next()
        isolated.take()
        assert not await isolated.has_next()

    asyncio.run(look())


class _Stream:
    """Takes all writes."""

    async def write(self, data: bytes) -> None:
        pass

    async def done_writing(self) -> None:
        pass


def test_end_of_the_stream_is_due_from_when_all_calls_were_answered(calls: Sequence[Call]) -> None:
    """The time in which a stream was idle does not count."""
    now = 0.0

    async def run() -> Work:
        nonlocal now
        queue = Queue(lambda *_: None, lambda _: None, 6, Incidents(), 1.0, lambda: now)
        work = Work(queue, queue.waiting)
        queue.put(calls[:1])
        writing = asyncio.create_task(_Writer(_Stream(), work, 256, 1 << 20).run())
        await asyncio.sleep(0.01)
        work.answer([Observation(call_id=1, response=b"x")])
        now = 100.0
        queue.close()
        await writing
        return work

    assert asyncio.run(run()).progress == 100.0

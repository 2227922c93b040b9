"""The ways of a run's calls to its runners, which are given the same calls side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from testingkit.conformance.engine.runner_pool import hand_out, not_started
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport import Deliver, Queue, RunnerSession


class Dispatch(Protocol):
    """The way of calls to one runner; every call that it takes gets one observation."""

    async def run(self) -> None:
        """Makes the calls, until the lane is closed and all of them are observed."""

    async def room(self) -> None:
        """Waits until there is room for more calls."""

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls."""

    def close(self) -> None:
        """Says that no more calls come."""

    @property
    def done(self) -> int:
        """Number of calls that are observed."""

    @property
    def oldest(self) -> int | None:
        """Id of the first call that is not observed yet, if there is one."""


class RunnerDispatch:
    """The way to a runner that has started."""

    def __init__(
        self, session: RunnerSession, queue: Queue, served: frozenset[str], observe: Deliver
    ) -> None:
        """``served`` are the methods that it says it serves."""
        self._session = session
        self._queue = queue
        self._served = served
        self._observe = observe
        self._taken = 0  # calls

    async def run(self) -> None:
        """Makes the calls."""
        await self._session.run(self._queue)

    async def room(self) -> None:
        """Waits until there is room for more calls."""
        await self._queue.room()

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls."""
        self._taken += len(calls)
        hand_out(calls, self._queue, self._served, self._observe)

    def close(self) -> None:
        """Says that no more calls come."""
        self._queue.close()

    @property
    def done(self) -> int:
        """Number of calls that are observed."""
        return self._taken - len(self._queue.pending)

    @property
    def oldest(self) -> int | None:
        """Id of the first call that is not observed yet, if there is one."""
        return min(self._queue.pending, default=None)


class AbsentDispatch:
    """The way to a runner that did not start."""

    def __init__(self, observe: Deliver) -> None:
        self._observe = observe
        self.done = 0  # calls
        self.oldest = None

    async def run(self) -> None:
        """Makes no calls: what became of each is known when it is taken."""

    async def room(self) -> None:
        """There is always room."""

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls."""
        for call in calls:
            self._observe(call, not_started(call))
        self.done += len(calls)

    def close(self) -> None:
        """Says that no more calls come."""

"""A dispatch for each runner: takes its calls, and ensures one observation of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport import Deliver, Queue, RunnerSession
from testingkit.conformance.v1.observation_pb2 import Observation


class Dispatch(Protocol):
    """Takes calls for one runner; every call gets one observation."""

    async def run(self) -> None:
        """Makes the calls, until the dispatch is closed and all of them are observed."""

    async def room(self) -> None:
        """Waits until there is room for more calls."""

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls."""

    def close(self) -> None:
        """Ends the stream of calls."""

    @property
    def done(self) -> int:
        """Number of calls that are observed."""

    @property
    def oldest(self) -> int | None:
        """Id of the first call that is not observed yet; None if there is none."""


class RunnerDispatch:
    """Sends calls to a runner that has started."""

    def __init__(
        self,
        session: RunnerSession,
        queue: Queue,
        served: Collection[str] | None,
        observe: Deliver,
    ) -> None:
        """``served`` are the methods that the runner serves; None sends every call."""
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
        await self._queue.wait_for_room()

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls; those of methods that are not served are `unsupported`."""
        self._taken += len(calls)
        served = self._served
        if served is None:
            self._queue.put(calls)
            return
        self._queue.put(call for call in calls if call.method in served)
        for call in calls:
            if call.method not in served:
                self._observe(call, _unsupported(call))

    def close(self) -> None:
        """Ends the stream of calls."""
        self._queue.close()

    @property
    def done(self) -> int:
        """Number of calls that are observed."""
        return self._taken - len(self._queue.pending)

    @property
    def oldest(self) -> int | None:
        """Id of the first call that is not observed yet; None if there is none."""
        return min(self._queue.pending, default=None)


class AbsentDispatch:
    """Observes every call to a runner that did not start as not run."""

    def __init__(self, observe: Deliver) -> None:
        self._observe = observe
        self.done = 0  # calls
        self.oldest = None

    async def run(self) -> None:
        """Makes no calls: each is observed when it is taken."""

    async def room(self) -> None:
        """Returns at once: there is always room."""

    def take(self, calls: Sequence[Call]) -> None:
        """Takes the next calls."""
        for call in calls:
            self._observe(call, _not_run(call))
        self.done += len(calls)

    def close(self) -> None:
        """Ends the stream of calls."""


def _unsupported(call: Call) -> Observation:
    observation = Observation(call_id=call.id)
    observation.unsupported.SetInParent()
    return observation


def _not_run(call: Call) -> Observation:
    observation = Observation(call_id=call.id)
    observation.not_run.text = "the runner did not start"
    return observation

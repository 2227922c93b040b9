"""Sends calls to runners: the one driver of calls, for runs, `accept`, `doctor` and other features.

`Asking` streams the calls of a plan to all runners at once, and passes on every observation as it
arrives. `ask` is the short form for a few calls: it returns the observations.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.engine.dispatch import AbsentDispatch, Dispatch, RunnerDispatch
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.runners.transport import Deliver, RunnerSession
from testingkit.conformance.v1.observation_pb2 import Observation

Observe = Callable[[int, Call, Observation], None]  # takes the index of the target first

_CHUNK = 128  # calls that every runner gets at a time
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Target:
    """A runner that gets calls.

    Attributes:
        session: The runner; None if it did not start: then every call is observed as not run.
        served: The methods that it serves; calls of other methods are observed as unsupported.
            None sends every call.
    """

    session: RunnerSession | None
    served: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls to send.

    Attributes:
        stream: Yields them once, in order.
        highest: The highest id among them.
        find: Returns a call by its id, even before the stream has yielded it.
    """

    stream: Iterator[Call]
    highest: int
    find: Callable[[int], Call | None]

    @classmethod
    def of_plan(cls, plan: Plan) -> Calls:
        """Returns the calls of a plan, which are read when they are needed."""
        return cls(plan.calls, plan.call_count, plan.find)

    @classmethod
    def of(cls, calls: Sequence[Call]) -> Calls:
        """Returns the given calls."""
        by_id = {call.id: call for call in calls}
        return cls(iter(calls), max(by_id, default=0), by_id.get)


class Asking:
    """Sends calls to several runners."""

    def __init__(
        self,
        targets: Sequence[Target],
        calls: Calls,
        observe: Observe,
        begin: Callable[[Call], None] = lambda _call: None,
    ) -> None:
        """Prepares to send.

        Args:
            targets: The runners.
            calls: The calls, the same for every runner.
            observe: Takes the one observation of every call and target, as it arrives.
            begin: Takes every call before any target gets it.
        """
        self._stream = calls.stream
        self._begin = begin
        self.dispatches: Sequence[Dispatch] = [
            _dispatch(target, calls, functools.partial(observe, index))
            for index, target in enumerate(targets)
        ]

    async def run(self) -> None:
        """Sends all calls; returns when there is an observation of every call and target."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for dispatch in self.dispatches:
                    tasks.create_task(dispatch.run())
                await self._feed()
        except ExceptionGroup as group:
            # The first error ended all tasks; the others only follow from it.
            raise group.exceptions[0] from group

    async def _feed(self) -> None:
        """Gives every runner the same calls, as far ahead as the slowest runner allows."""
        while True:
            for dispatch in self.dispatches:
                await dispatch.room()
            chunk = _next_chunk(self._stream)
            if not chunk:
                break
            for call in chunk:
                self._begin(call)
            for dispatch in self.dispatches:
                dispatch.take(chunk)
            await asyncio.sleep(0)  # lets the runners' tasks send what they have
        for dispatch in self.dispatches:
            dispatch.close()


async def ask(
    targets: Sequence[Target], calls: Sequence[Call]
) -> Sequence[Mapping[int, Observation]]:
    """Sends every call to every target.

    Returns:
        For each target the observations, by the id of the call.
    """
    observed: list[dict[int, Observation]] = [{} for _ in targets]

    def observe(index: int, call: Call, observation: Observation) -> None:
        observed[index][call.id] = observation

    await Asking(targets, Calls.of(calls), observe).run()
    return observed


def _dispatch(target: Target, calls: Calls, observe: Deliver) -> Dispatch:
    if target.session is None:
        return AbsentDispatch(observe)
    queue = target.session.queue(calls.highest, calls.find, observe)
    return RunnerDispatch(target.session, queue, target.served, observe)


def _next_chunk(calls: Iterator[Call]) -> Sequence[Call]:
    """Returns the next calls, limited in number and bytes; empty at the end."""
    chunk: list[Call] = []
    size = 0
    for call in calls:
        chunk.append(call)
        size += len(call.framed)
        if len(chunk) == _CHUNK or size > _CHUNK_BYTES:
            break
    return chunk

"""What a session asks of a link, and what a link can report."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from testingkit.conformance.model import Call
from testingkit.conformance.stream.incidents import Incidents, Kind
from testingkit.conformance.v1.observation_pb2 import Observation

Deliver = Callable[[Observation], None]


class LinkError(Exception):
    """Calls were left without an answer, or the process cannot be given any more."""


class BrokenError(LinkError):
    """The connection broke before everything was answered; the message is the transport's."""


class HangError(LinkError):
    """No answer came in time."""


class EndedError(LinkError):
    """The runner ended its stream in good order, and too early."""


@dataclass(slots=True)
class Queue:
    """All calls of one runner, which its processes share."""

    waiting: deque[Call]
    calls: Mapping[int, Call]  # all that it is sent in this run, by their ids
    take_in: Deliver
    incidents: Incidents
    grace: float  # seconds that an answer may come after its deadline
    now: Callable[[], float]  # the time that counts against a runner
    sharers: int = 1  # processes that take from `waiting`
    delivered: set[int] = field(default_factory=set)
    busy: int = 0  # processes that are at work, and may yet put calls back
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def put_back(self, calls: Sequence[Call]) -> None:
        """Puts calls that were taken before all others that wait."""
        self.waiting.extendleft(reversed(calls))
        self.changed.set()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Counts a process as busy."""
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1
            self.changed.set()

    async def has_more(self) -> bool:
        """Waits for a call, and tells whether there will be one."""
        while not self.waiting and self.busy:
            self.changed.clear()
            await self.changed.wait()
        return bool(self.waiting)

    def deliver(self, observation: Observation) -> None:
        """Hands an observation on; every call has exactly one."""
        if observation.call_id in self.delivered:
            raise AssertionError(f"call {observation.call_id} would get a second observation")
        self.delivered.add(observation.call_id)
        self.take_in(observation)


@dataclass(slots=True)
class Work:
    """Calls on their way: waiting, and sent to one process but not answered."""

    queue: Queue
    waiting: deque[Call]
    outstanding: dict[int, Call] = field(default_factory=dict)  # in the order they were sent
    settled: Call | None = None  # the last one that was
    unanswered: int = 0  # calls that the runner let go by
    progress: float = 0.0  # when an answer last got us further
    overtaken: dict[int, float] = field(default_factory=dict)  # when a later call was answered

    def __post_init__(self) -> None:
        self.progress = self.queue.now()

    def take(self) -> Call:
        """Moves the next waiting call to the outstanding ones."""
        if not self.outstanding:
            self.progress = self.queue.now()
        call = self.waiting.popleft()
        self.outstanding[call.id] = call
        return call

    def answer(self, observation: Observation) -> None:
        """Accepts what a runner says, or notes why it cannot be an answer."""
        call = self.outstanding.get(observation.call_id)
        if call is None:
            self._reject(observation.call_id)
            return
        self.progress = self.queue.now()
        kind = observation.WhichOneof("kind")
        if self._is_late(call):
            observation = Observation(call_id=call.id)
            observation.timeout.deadline_millis = round(call.timeout * 1000)
        elif kind not in _RUNNER_KINDS:
            text = f"answered with {kind or 'nothing'}, which a runner may not send"
            observation = Observation(call_id=call.id)
            observation.protocol_error.text = text
        self.settle(observation)

    def settle(self, observation: Observation) -> None:
        """Takes in what became of an outstanding call."""
        self.settled = self.outstanding.pop(observation.call_id)
        self.queue.deliver(observation)

    def _is_late(self, call: Call) -> bool:
        """Whether a call that had begun for certain took longer than it may.

        Calls are begun in their order: those that were sent before an answered one have been.
        """
        for other in self.outstanding:
            if other == call.id:
                break
            self.overtaken.setdefault(other, self.progress)
        begun = self.overtaken.pop(call.id, self.progress)
        return self.progress - begun > call.timeout + self.queue.grace

    def _reject(self, number: int) -> None:
        call = self.queue.calls.get(number)
        if call is None:
            cause, subject = "answered calls that there are not", str(number)
        elif number in self.queue.delivered:
            cause, subject = "answered again what had its answer", call.case.id
        else:
            cause, subject = "answered calls that it had not been sent", call.case.id
        self.queue.incidents.note(Kind.BREACH, cause, subject)


_RUNNER_KINDS = frozenset({"response", "error", "panic"})


class Link(Protocol):
    """A connection to one process of a runner."""

    async def run(self, work: Work) -> None:
        """Sends everything that waits and returns when everything sent is answered.

        Raises:
            LinkError: Something is left without an answer, or cannot be sent.
        """

    async def run_alone(self, work: Work) -> None:
        """Does the same one call at a time. Only the call that broke it is then outstanding."""

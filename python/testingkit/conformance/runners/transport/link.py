"""The queue that the processes of a runner share, the calls sent to one of them, and links."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.incidents import IncidentKind, Incidents
from testingkit.conformance.v1.observation_pb2 import Observation

Deliver = Callable[[Call, Observation], None]

# How many calls of a runner may be pending before it gets no more: they are kept in memory.
MOST_PENDING = 4096  # calls
MOST_PENDING_BYTES = 64 << 20


class LinkError(Exception):
    """Calls were left without an answer, or the process can take no more calls."""


class BrokenError(LinkError):
    """The connection broke before all calls were answered; the message is that of gRPC."""


class HangError(LinkError):
    """No answer came in time."""


class EndedError(LinkError):
    """The runner ended its stream with OK, but too early."""


@dataclass(slots=True)
class Queue:
    """The calls of one runner, which come in as a stream and are shared by its processes."""

    take_in: Deliver
    find: Callable[[int], Call | None]  # any call of the run, by its id
    total: int  # calls of the run
    incidents: Incidents
    grace: float  # seconds after its deadline in which an answer still counts
    now: Callable[[], float]  # the time that counts against a runner
    sharers: int = 1  # processes that take from `waiting`
    waiting: deque[Call] = field(default_factory=deque)
    pending: set[int] = field(default_factory=set)  # ids of calls without an observation
    pending_bytes: int = 0
    last: int = 0  # id of the last call that came in
    closed: bool = False  # no more calls come in
    busy: int = 0  # processes at work, which may put calls back
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    has_room: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, calls: Iterable[Call]) -> None:
        """Adds the next calls."""
        for call in calls:
            self.last = call.id
            self.pending.add(call.id)
            self.pending_bytes += len(call.framed)
            self.waiting.append(call)
        self.changed.set()

    def close(self) -> None:
        """Ends the stream of calls: no more come in."""
        self.closed = True
        self.changed.set()

    async def wait_for_room(self) -> None:
        """Waits until there is room for more calls."""
        while self._is_full():
            self.has_room.clear()
            await self.has_room.wait()

    def put_back(self, calls: Sequence[Call]) -> None:
        """Puts calls that were taken back, before all others that wait."""
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
        """Waits for a call for an idle process; returns whether there is one."""
        raise_if_cancelled()
        while not self.waiting and (self.busy or not self.closed):
            self.changed.clear()
            await self.changed.wait()
        return bool(self.waiting)

    async def has_next(self) -> bool:
        """Waits for a call; returns whether there is one. After `close` it does not wait."""
        while not self.waiting and not self.closed:
            self.changed.clear()
            await self.changed.wait()
        return bool(self.waiting)

    def deliver(self, call: Call, observation: Observation) -> None:
        """Passes an observation on; every call has exactly one."""
        if call.id not in self.pending:
            raise AssertionError(f"call {call.id} would get a second observation")
        self.pending.remove(call.id)
        self.pending_bytes -= len(call.framed)
        if not self.has_room.is_set() and not self._is_full():
            self.has_room.set()
        self.take_in(call, observation)

    def _is_full(self) -> bool:
        return len(self.pending) >= MOST_PENDING or self.pending_bytes >= MOST_PENDING_BYTES


@dataclass(slots=True)
class Work:
    """The calls of one process: those that wait to be sent, and those sent but not answered.

    ``waiting`` is that of the queue, to which calls are added, or has a few isolated calls.
    """

    queue: Queue
    waiting: deque[Call]
    is_isolated: bool = False  # `waiting` is not that of the queue, and no calls are added
    outstanding: dict[int, Call] = field(default_factory=dict)  # by id
    settled: Call | None = None  # the last call that got its observation
    unanswered: int = 0  # calls that the runner skipped
    progress: float = 0.0  # when the last answer came, or the first call was sent
    _sent: deque[Call] = field(default_factory=deque)  # in order; the first is outstanding
    _overtaken: dict[int, float] = field(
        default_factory=dict
    )  # when a later call was answered, by id

    def __post_init__(self) -> None:
        self.progress = self.queue.now()

    async def has_next(self) -> bool:
        """Waits for a call that can be sent; returns whether there is one."""
        raise_if_cancelled()
        if self.is_isolated:
            return bool(self.waiting)
        return await self.queue.has_next()

    @property
    def oldest(self) -> Call | None:
        """The outstanding call that was sent first."""
        return self._sent[0] if self._sent else None

    def take(self) -> Call:
        """Moves the next waiting call to the outstanding ones."""
        if not self.outstanding:
            self.progress = self.queue.now()
        call = self.waiting.popleft()
        self.outstanding[call.id] = call
        self._sent.append(call)
        return call

    def take_outstanding(self) -> Sequence[Call]:
        """Removes the outstanding calls and returns them in the order in which they were sent."""
        calls = [call for call in self._sent if call.id in self.outstanding]
        self.outstanding.clear()
        self._sent.clear()
        self._overtaken.clear()
        return calls

    def answer(self, observations: Iterable[Observation]) -> None:
        """Takes observations that arrived together; notes an incident for each unexpected one."""
        now = self.queue.now()
        for observation in observations:
            call = self.outstanding.get(observation.call_id)
            if call is None:
                self._reject(observation.call_id)
                continue
            self.progress = now
            if (call is not self._sent[0] or self._overtaken) and self._is_late(call):
                self.settle(call, _late(call))
            # An empty response is valid too; only without bytes the kind has to be read.
            elif observation.response or observation.WhichOneof("kind") in _RUNNER_KINDS:
                self.settle(call, observation)
            else:
                self.settle(call, _forbidden(observation))

    def settle(self, call: Call, observation: Observation) -> None:
        """Gives an outstanding call its observation."""
        self.settled = call
        outstanding, sent = self.outstanding, self._sent
        del outstanding[call.id]
        while sent and sent[0].id not in outstanding:
            sent.popleft()
        self.queue.deliver(call, observation)

    def _is_late(self, call: Call) -> bool:
        """Returns whether a call took longer than it may since it certainly ran.

        A runner starts calls in order, so a call runs at the latest when a later one is answered.
        """
        for other in self._sent:
            if other is call:
                break
            if other.id in self.outstanding:
                self._overtaken.setdefault(other.id, self.progress)
        begun = self._overtaken.pop(call.id, self.progress)
        return self.progress - begun > call.timeout + self.queue.grace

    def _reject(self, number: int) -> None:
        queue = self.queue
        if not 1 <= number <= queue.total:
            cause = "answered calls that do not exist"
        elif number in queue.pending or number > queue.last:
            cause = "answered calls that were not sent to it"
        else:
            cause = "answered calls more than once"
        queue.incidents.note_call(IncidentKind.BREACH, cause, lambda: _name(queue, number))


def _name(queue: Queue, number: int) -> str:
    call = queue.find(number)
    return str(number) if call is None else call.case_id


def _late(call: Call) -> Observation:
    observation = Observation(call_id=call.id)
    observation.timeout.deadline_millis = round(call.timeout * 1000)
    return observation


def _forbidden(observation: Observation) -> Observation:
    kind = observation.WhichOneof("kind") or "nothing"
    instead = Observation(call_id=observation.call_id)
    instead.protocol_error.text = f"answered with {kind}, which a runner may not send"
    return instead


_RUNNER_KINDS = frozenset({"response", "error", "panic", "protocol_error"})


class Link(Protocol):
    """A connection to one process of a runner."""

    async def run(self, work: Work) -> None:
        """Sends the waiting calls until no more come, and returns when all are answered.

        Raises:
            LinkError: A call is left without an answer, or cannot be sent.
        """

    async def run_alone(self, work: Work) -> None:
        """Does the same one call at a time, so that only the call that breaks it is outstanding."""
